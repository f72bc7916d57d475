/** The part of the privacy notice that is made from the register of personal data, so that it cannot fall behind. */
import type { Kept, PersonalColumn } from '@folkmoot/core/kit/personal';
import type { Lang } from '@folkmoot/core/kit/plain';
import { personalData } from '@folkmoot/core/personal';
import { m } from '@folkmoot/words';

const daysOf = (kept: Kept): number => kept.days;

function keptInWords(kept: PersonalColumn['kept'], locale: Lang): string {
  if (kept === 'permanent') return m.content_kept_permanent({}, { locale });
  if (kept === 'with_account') return m.content_kept_account({}, { locale });
  const days = daysOf(kept);
  if (days % 365 === 0) return m.content_kept_years({ count: days / 365 }, { locale });
  return m.content_kept_days({ count: days }, { locale });
}

/** A Markdown table: what for, on what basis, how long. Columns with the same story share a row. */
export function heldInWords(locale: Lang): string {
  const cell = (text: string) => text.replaceAll('|', '/');
  const rows = new Set(
    personalData.flatMap(({ holds }) =>
      holds.map(
        ({ why, basis, kept }) =>
          `| ${cell(why[locale])} | ${m.content_basis({ basis }, { locale })} | ${keptInWords(kept, locale)} |`,
      ),
    ),
  );
  const head = `| ${m.content_held_why({}, { locale })} | ${m.content_held_basis({}, { locale })} | ${m.content_held_kept({}, { locale })} |`;
  return [head, '| --- | --- | --- |', ...rows].join('\n');
}
