/** Things that would stand on each other on the screen stand together. Pure. */
import type { StateGroup } from '../icons.ts';

export type Spot = { id: string | number; x: number; y: number; group: StateGroup; count: number };
export type Cluster<T> = { x: number; y: number; members: T[]; count: number };

/**
 * Gathers spots that are less than `reach` pixels from the first of a group. Order decides: a spot joins the
 * first group it is near to. Uses a grid, so a thousand spots cost a thousand steps and not a million.
 */
export function gather<T extends Spot>(spots: T[], reach: number): Cluster<T>[] {
  const cells = new Map<string, Cluster<T>[]>();
  const out: Cluster<T>[] = [];
  for (const spot of spots) {
    const [column, row] = [Math.floor(spot.x / reach), Math.floor(spot.y / reach)];
    let found: Cluster<T> | undefined;
    for (let i = column - 1; i <= column + 1 && !found; i++)
      for (let j = row - 1; j <= row + 1 && !found; j++)
        found = cells.get(`${i},${j}`)?.find((one) => Math.hypot(one.x - spot.x, one.y - spot.y) < reach);
    if (found) {
      found.members.push(spot);
      found.count += spot.count;
    } else {
      const one = { x: spot.x, y: spot.y, members: [spot], count: spot.count };
      out.push(one);
      const key = `${column},${row}`;
      cells.set(key, [...(cells.get(key) ?? []), one]);
    }
  }
  return out;
}

/** The ring round a cluster as stops of a conic gradient: each state's share, in the order of the work. */
export function ringParts(shares: Partial<Record<StateGroup, number>>, order: readonly StateGroup[]): string {
  const total = Object.values(shares).reduce((sum, n) => sum + n, 0) || 1;
  let at = 0;
  const stops: string[] = [];
  for (const group of order) {
    const share = shares[group] ?? 0;
    if (share === 0) continue;
    const from = at;
    at += (share / total) * 100;
    const colour = group === 'passed' ? 'var(--st-closed)' : `var(--st-${group})`;
    stops.push(`${colour} ${Math.round(from)}% ${Math.round(at)}%`);
  }
  return stops.join(', ') || 'var(--st-closed) 0% 100%';
}
