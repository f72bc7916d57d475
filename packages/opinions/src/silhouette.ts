import type { Partition } from './kmeans.ts';
import type { Points } from './positions.ts';
import { evenSample } from './sample.ts';

/** Above this many points the silhouette is the mean over an even sample of this size. */
export const SILHOUETTE_LIMIT = 1_250;

/**
 * Mean silhouette width (Rousseeuw 1987) of several partitions of the same points: (b − a) / max(a, b), with
 * a the mean distance to one's own group and b to the nearest other; 0 for a group of one. Distances are to
 * all points; above the limit they are taken from an even sample of points. O(sample · points).
 */
export function silhouettes(points: Points, partitions: readonly Partition[], limit = SILHOUETTE_LIMIT) {
  const cells = intersect(points, partitions);
  const totals = new Float64Array(partitions.length);
  const sums = new Float64Array(cells.start.length - 1);
  const sample = evenSample(points.x.length, limit);
  const measured = sample.length;
  for (const at of sample) {
    sumDistances(cells, points.x[at]!, points.y[at]!, sums);
    partitions.forEach(({ label }, index) => {
      totals[index]! += width(cells.groups[index]!, sums, label[at]!);
    });
  }
  return { means: Array.from(totals, (total) => (measured === 0 ? 0 : total / measured)), measured };
}

/**
 * Points sorted by the combination of their groups in all partitions: distances are summed once a
 * combination instead of once a partition.
 */
interface Cells {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly start: Int32Array;
  /** For each partition: the group of each cell, and the size of each group. */
  readonly groups: readonly { readonly of: Uint8Array; readonly size: Int32Array }[];
}

function intersect(points: Points, partitions: readonly Partition[]): Cells {
  let cellOf = new Int32Array(points.x.length);
  for (const { label, k } of partitions) {
    // Numbered anew at each partition, so that the product of many counts does not outgrow a number.
    const known = new Map<number, number>();
    cellOf = cellOf.map((cell, at) => {
      const key = cell * k + label[at]!;
      const found = known.get(key) ?? known.size;
      known.set(key, found);
      return found;
    });
  }
  const cells: number[][] = [];
  cellOf.forEach((cell, at) => (cells[cell] ??= []).push(at));
  const order = cells.flat();
  const start = new Int32Array(cells.length + 1);
  cells.forEach((cell, index) => (start[index + 1] = start[index]! + cell.length));
  return {
    x: Float64Array.from(order, (at) => points.x[at]!),
    y: Float64Array.from(order, (at) => points.y[at]!),
    start,
    groups: partitions.map(({ label, k }) => {
      const size = new Int32Array(k);
      for (const group of label) size[group]!++;
      return { of: Uint8Array.from(cells, (cell) => label[cell[0]!]!), size };
    }),
  };
}

function sumDistances(cells: Cells, px: number, py: number, sums: Float64Array): void {
  const { x, y, start } = cells;
  for (let cell = 0; cell < sums.length; cell++) {
    let sum = 0;
    for (let at = start[cell]!; at < start[cell + 1]!; at++) {
      const dx = px - x[at]!;
      const dy = py - y[at]!;
      sum += Math.sqrt(dx * dx + dy * dy);
    }
    sums[cell] = sum;
  }
}

function width(groups: { of: Uint8Array; size: Int32Array }, cellSums: Float64Array, own: number): number {
  const { of, size } = groups;
  if (size[own]! < 2) return 0;
  const sum = new Float64Array(size.length);
  for (let cell = 0; cell < cellSums.length; cell++) sum[of[cell]!]! += cellSums[cell]!;
  const within = sum[own]! / (size[own]! - 1);
  let between = Infinity;
  for (let group = 0; group < size.length; group++) {
    if (group !== own && size[group]! > 0) between = Math.min(between, sum[group]! / size[group]!);
  }
  const larger = Math.max(within, between);
  return larger === 0 || !Number.isFinite(between) ? 0 : (between - within) / larger;
}
