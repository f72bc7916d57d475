/**
 * The one door through which a breakdown of people by area or group goes out: page, chart, CSV, JSON and mail alike.
 * A small count can point at somebody, so counts 1 to 7 are held back, all others are rounded to 5, zeros are shown,
 * totals are summed from what is shown (never from what was counted, or a held-back cell could be worked out), and a
 * share needs a base of at least 30. The rules are those of English health statistics (NHS England, "suppression and
 * rounding": 1–7 shown as "c", others to the nearest 5).
 */

/** A count as it may be shown; `'c'` is one to seven, held back. */
export type Shown = number | 'c';

export const MOST_HELD_BACK = 7;
export const ROUNDED_TO = 5;
export const LEAST_BASE = 30;

/** One number. @throws RangeError for what is no count: a bug, never a choice of somebody's */
export function discloseCount(count: number): Shown {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`${count} is not a count`);
  if (count === 0) return 0;
  return count <= MOST_HELD_BACK ? 'c' : Math.round(count / ROUNDED_TO) * ROUNDED_TO;
}

/** Groups of at most two kinds beside an area: `{ area: 'AB02', by: ['18–24', 'women'], count: 12 }`. */
export type Cell = {
  area?: string | undefined;
  by?: readonly [] | readonly [string] | readonly [string, string] | undefined;
  count: number;
};
export type ShownCell<C extends Cell> = Omit<C, 'count'> & { count: Shown };

/** A whole table and its total, which is the sum of the cells that are shown. */
export function disclose<C extends Cell>(cells: readonly C[]): { cells: ShownCell<C>[]; total: number } {
  const shown = cells.map((cell): ShownCell<C> => ({ ...cell, count: discloseCount(cell.count) }));
  return { cells: shown, total: shown.reduce((sum, { count }) => sum + (count === 'c' ? 0 : count), 0) };
}

/** A share in whole per cent from two shown numbers; null where one is held back or the base is too small. */
export function discloseShare(part: Shown, base: Shown): number | null {
  if (part === 'c' || base === 'c' || base < LEAST_BASE) return null;
  return Math.min(100, Math.round((part / base) * 100));
}
