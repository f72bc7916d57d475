/**
 * How long the mail that asks "is this from you?" waits just now: as long as the one that has waited longest has
 * waited already. The same for everybody who asks, so it tells nothing of anybody.
 */
import { PRIORITY } from '@folkmoot/core/notifications/plain';
import { sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { sharedFor } from '../kit/shared.ts';

const SHARED_MS = 5_000;

/** Whole minutes, 0 while messages go out at once. */
export function mailWaits({ db, clock }: Pick<House, 'db' | 'clock'>): () => Promise<number> {
  const shared = sharedFor<number>(SHARED_MS);
  const read = async (): Promise<number> => {
    const now = clock();
    const { rows } = await db.execute<{ since: Date | string | null }>(sql`
      select least(
        (select min(next_at) from mails where state = 'queued' and priority = ${PRIORITY.confirm} and attempts = 0),
        (select min(mail_due_at) from signatures where mail_due_at is not null)) as since`);
    const since = rows[0]?.since;
    return since ? Math.max(0, Math.floor((now.getTime() - new Date(since).getTime()) / 60_000)) : 0;
  };
  return () => shared('minutes', read);
}
