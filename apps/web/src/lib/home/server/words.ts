/** Sentences of the front page, made from its numbers. Small numbers are words where the language likes it. */
import { inFew } from '@folkmoot/core/home/plain';
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import { localizeHref, m, sayNumber } from '@folkmoot/words';

export type Now = CallAnswer<Contracts['readTown']>;
/** `lang`: of the link's words, where they are somebody's own */
export type Line = { text: string; href: string; lang?: string };

const inWords = (count: number): string => m.home_number_words().split('|')[count] ?? sayNumber(count);
const atStart = (words: string): string => words[0]!.toLocaleUpperCase() + words.slice(1);

/** Where the map shows what is open, in a ward or everywhere. */
export const mapOf = (ward: string | null, more = ''): string =>
  localizeHref(
    `/reports${ward || more ? '?' : ''}${[ward && `ward=${ward}`, more].filter(Boolean).join('&')}`,
  );

/** The petition that needs the fewest more of us, where it is a number one can picture. */
function nearest({ petitions }: Now): Line[] {
  const [first] = petitions.nearly;
  const next = first?.thresholds.find(({ reachedAt }) => reachedAt === null);
  if (!first || !next) return [];
  const count = Math.max(1, next.at - first.signatures);
  return [
    {
      text: m.home_nearly_lead({ count, title: first.title }),
      href: localizeHref(`/petitions/${first.id}`),
      lang: first.lang,
    },
  ];
}

/** At most three sentences: what is being done, what has its day, what waits, which petition is nearly there. */
export function leadOf(now: Now, ward: string | null): Line[] {
  const { open } = now;
  const lines: Line[] = [];
  const say = (count: number) => ({ count, shown: atStart(inWords(count)) });
  const href = mapOf(ward);
  if (open.mending) lines.push({ text: m.home_mending(say(open.mending)), href });
  if (open.dated) lines.push({ text: m.home_dated(say(open.dated)), href });
  if (open.fresh) lines.push({ text: m.home_fresh(say(open.fresh)), href });
  const near = nearest(now);
  return [...lines.slice(0, 3 - near.length), ...near];
}

export type FactWords = { number: string; small?: string; then?: string; text: string };

export function waitFact({ wait: { days, yearAgo } }: Now): FactWords {
  if (days === null) return { number: m.home_wait_unknown_number(), text: m.home_wait_unknown() };
  const text =
    yearAgo === null
      ? m.home_wait_alone()
      : yearAgo === days
        ? m.home_wait_same()
        : m.home_wait({ before: yearAgo });
  return { number: sayNumber(days), small: m.home_day_unit({ count: days }), text };
}

export function putRightFact({ putRight }: Now): FactWords {
  if (!putRight) return { number: m.home_asking_number(), text: m.home_asking() };
  const { part, of } = inFew(putRight.yes, putRight.asked);
  if (part === of) return { number: m.home_put_right_all_number(), text: m.home_put_right_all() };
  return { number: sayNumber(part), small: m.home_in(), then: sayNumber(of), text: m.home_put_right() };
}

export function fixedFact({ fixed, told, open }: Now): FactWords {
  const overdue = open.overdue ? ` ${m.home_overdue({ count: open.overdue })}` : '';
  return { number: sayNumber(fixed), text: `${m.home_fixed({ count: fixed, told })}${overdue}` };
}
