/** The part of the privacy notice that is made from the register of personal data, so that it cannot fall behind. */
import type { Kept, PersonalColumn } from '@folkmoot/core/kit/personal';
import type { Lang } from '@folkmoot/core/kit/plain';
import { personalData } from '@folkmoot/core/personal';
import { m } from '@folkmoot/words';

type Story = { why: string; basis: PersonalColumn['basis']; kept: PersonalColumn['kept'] };

const daysOf = (kept: Story['kept']): number =>
  kept === 'permanent' ? Infinity : kept === 'with_account' ? 1e6 : kept.days;

function keptInWords(kept: Story['kept'], locale: Lang): string {
  if (kept === 'permanent') return m.content_kept_permanent({}, { locale });
  if (kept === 'with_account') return m.content_kept_account({}, { locale });
  const { days }: Kept = kept;
  if (days < 1) return m.content_kept_used({}, { locale });
  if (days % 365 === 0) return m.content_kept_years({ count: days / 365 }, { locale });
  return m.content_kept_days({ count: days }, { locale });
}

/** What is held for the same end on the same basis, once, with the longest that any of it is kept. */
function stories(locale: Lang): Story[] {
  const known = new Map<string, Story>();
  for (const { why, basis, kept } of personalData.flatMap(({ holds }) => holds)) {
    const key = `${basis} ${why[locale]}`;
    const before = known.get(key);
    if (!before || daysOf(kept) > daysOf(before.kept)) known.set(key, { why: why[locale], basis, kept });
  }
  return [...known.values()];
}

/** A Markdown table: what for, on what basis, how long at most. */
export function heldInWords(locale: Lang): string {
  const cell = (text: string) => text.replaceAll('|', '/');
  const rows = stories(locale).map(
    ({ why, basis, kept }) =>
      `| ${cell(why)} | ${m.content_basis({ basis }, { locale })} | ${keptInWords(kept, locale)} |`,
  );
  const head = `| ${m.content_held_why({}, { locale })} | ${m.content_held_basis({}, { locale })} | ${m.content_held_kept({}, { locale })} |`;
  return [head, '| --- | --- | --- |', ...rows].join('\n');
}
