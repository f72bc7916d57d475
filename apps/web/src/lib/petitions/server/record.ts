/** A council's record with petitions, in words; null for who takes none. */
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import { localizeHref, m, sayNumber } from '@folkmoot/words';

type Kept = CallAnswer<Contracts['readPetitionRecord']>;

export function recordOf(it: Kept, organisation: string) {
  if (!it.takes) return null;
  const facts: Array<{ number: string; small?: string; then?: string; text: string }> = [];
  if (it.averageDays !== null)
    facts.push({ number: sayNumber(it.averageDays), text: m.petitions_record_days() });
  if (it.inTime)
    facts.push({
      number: sayNumber(it.inTime.kept),
      small: m.petitions_record_in(),
      then: sayNumber(it.inTime.of),
      text: m.petitions_record_in_time(),
    });
  return {
    title: m.petitions_record_title(),
    facts,
    lines: [
      m.petitions_record_open({ count: it.open }),
      ...(it.waiting ? [m.petitions_record_waiting({ count: it.waiting })] : []),
      m.petitions_record_answered({ count: it.answered }),
    ],
    links: [
      { href: localizeHref(`/petitions?organisation=${organisation}`), text: m.petitions_record_all() },
      { href: localizeHref('/petitions/help'), text: m.petitions_record_rules() },
    ],
  };
}
export type RecordWords = NonNullable<ReturnType<typeof recordOf>>;
