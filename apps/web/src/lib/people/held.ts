/** How long something is kept, and where a thing stands that somebody looked at, in words and addresses. */
import { m } from '@folkmoot/words';

export type Kept = 'with_account' | 'permanent' | { days: number; after: string };

export function keptWords(kept: Kept): string {
  if (kept === 'with_account') return m.people_kept_account();
  if (kept === 'permanent') return m.people_kept_permanent();
  if (kept.days < 1) return m.people_kept_at_once();
  if (kept.days < 60) return m.people_kept_days({ count: kept.days });
  if (kept.days < 700) return m.people_kept_months({ count: Math.round(kept.days / 30.4) });
  return m.people_kept_years({ count: Math.round(kept.days / 365) });
}

/** `report:12` → `/reports/12`; null for what has no page of its own. */
export const topicPath = (topic: string | null): string | null => {
  const found = /^report:(\d+)$/.exec(topic ?? '');
  return found ? `/reports/${found[1]}` : null;
};
