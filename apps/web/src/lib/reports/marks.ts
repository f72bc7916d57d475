/** Marks of the API as the map draws them: numbers match the list, words say what the shape says. */
import type { ReportBrief, ReportMark } from '@folkmoot/core/reports/contract';
import type { Mark } from '@folkmoot/ui/map';
import { localizeHref, m } from '@folkmoot/words';
import { type Around, type Box, hrefOf } from './around.ts';
import { LOOKS, lookWord } from './looks.ts';
import { widened } from './picture.ts';

export type Listed = Pick<ReportBrief, 'id'>;
/** What a row of the list shows. */
export type Row = Pick<
  ReportBrief,
  'id' | 'title' | 'lang' | 'look' | 'place' | 'ward' | 'supports' | 'at' | 'overdue'
>;

/** The look that most of a cluster have. */
const most = (looks: readonly number[]) => LOOKS[looks.indexOf(Math.max(...looks))] ?? 'new';

/**
 * @param items the list beside the map, in its order
 * @param fresh numbers of reports that came or changed just now
 */
export function toMarks(
  marks: readonly ReportMark[],
  items: readonly Listed[],
  around: Around,
  fresh: readonly number[] = [],
): Mark[] {
  const numbers = new Map(items.map(({ id }, i) => [id, i + 1]));
  return marks.map((one): Mark => {
    if ('count' in one) {
      const shares = Object.fromEntries(
        LOOKS.map((look, i) => [look, one.looks[i] ?? 0]).filter(([, n]) => n),
      );
      const bounds = widened(one.bbox as Box);
      return {
        id: `many ${one.bbox.join(' ')}`,
        lon: one.lon,
        lat: one.lat,
        group: most(one.looks),
        count: one.count,
        shares,
        bounds,
        label: m.reports_around_cluster({ count: one.count }),
        href: hrefOf(around, { box: bounds, near: '' }),
      };
    }
    const number = numbers.get(one.id);
    const words = { title: one.title, look: lookWord(one.look) };
    return {
      id: one.id,
      lon: one.lon,
      lat: one.lat,
      group: one.look,
      label: number ? m.reports_around_mark({ number, ...words }) : m.reports_around_mark_plain(words),
      href: number ? `#r${one.id}` : localizeHref(`/reports/${one.id}`),
      ...(number && { number }),
      ...(fresh.includes(one.id) && { fresh: true }),
    };
  });
}

/** The ward that most of a list lie in, when it is at least half of them: what to call the part of the map shown. */
export function wardOf(items: ReadonlyArray<Pick<ReportBrief, 'ward'>>): ReportBrief['ward'] {
  const counts = new Map<string, number>();
  for (const { ward } of items) if (ward) counts.set(ward.slug, (counts.get(ward.slug) ?? 0) + 1);
  const [slug, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  if (count * 2 < items.length || count === 0) return null;
  return items.find(({ ward }) => ward?.slug === slug)?.ward ?? null;
}
