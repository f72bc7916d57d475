import type { GroupRow, OpinionMap } from './types.ts';

/** Groups under this are not shown to the public, and counts under it are "c". */
export const SMALLEST = 8;
const ROUND_TO = 5;
const SMALLEST_BASE = 30;

/** A count as shown: a number, or "c" for one to seven. */
export type Shown = number | 'c';

/** What a reader may see. */
export interface Disclosure {
  readonly open: boolean;
  readonly count: (count: number) => Shown;
  /** A share of a base, between 0 and 1; null where the base is too small to say. */
  readonly share: (part: number, base: number) => number | null;
  readonly figure: (value: number, decimals: number) => number;
  readonly group: (group: GroupRow) => boolean;
}

/** Everything, for the analyst. Shares are the plain part of the base. */
export const full: Disclosure = {
  open: false,
  count: (count) => count,
  share: (part, base) => (base === 0 ? null : part / base),
  figure: (value) => value,
  group: () => true,
};

/**
 * For the public: counts of 1–7 are "c", others are rounded to 5, zeros stay; shares come from rounded numbers
 * with a base of 30 at least; groups under 8 are left out; other figures are rounded.
 */
export const open: Disclosure = {
  open: true,
  count: protect,
  share: (part, base) => {
    const [top, bottom] = [protect(part), protect(base)];
    if (top === 'c' || bottom === 'c' || bottom < SMALLEST_BASE) return null;
    return Math.min(1, top / bottom);
  },
  figure: (value, decimals) => Number(value.toFixed(decimals)) + 0,
  group: (group) => group.size >= SMALLEST,
};

function protect(count: number): Shown {
  if (count > 0 && count < SMALLEST) return 'c';
  return Math.round(count / ROUND_TO) * ROUND_TO;
}

/** Groups a reader may see, each with its place in the map's lists, and how many are left out. */
export function shownGroups(map: OpinionMap, disclosure: Disclosure) {
  const shown = map.groups.flatMap((group, at) => (disclosure.group(group) ? [{ group, at }] : []));
  return { shown, left: map.groups.length - shown.length };
}

/** People placed, as the reader may know: for the public the sum of the groups shown, from protected counts. */
export function placedShown(map: OpinionMap, disclosure: Disclosure): Shown {
  if (!disclosure.open) return map.totals.placed;
  return shownGroups(map, disclosure).shown.reduce((sum, { group }) => {
    const count = disclosure.count(group.size);
    return count === 'c' ? sum : sum + count;
  }, 0);
}
