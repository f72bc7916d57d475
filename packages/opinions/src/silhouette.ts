import type { Partition } from './kmeans.ts';
import type { Points } from './positions.ts';

/** Above this many points the silhouette is the mean over an even sample of this size. */
export const SILHOUETTE_LIMIT = 1_500;

/**
 * Mean silhouette width (Rousseeuw 1987) of several partitions of the same points: (b − a) / max(a, b), with
 * a the mean distance to one's own group and b to the nearest other; 0 for a group of one. Distances are to
 * all points; above the limit they are taken from an even sample of points. O(sample · points).
 */
export function silhouettes(points: Points, partitions: readonly Partition[], limit = SILHOUETTE_LIMIT) {
  const count = points.x.length;
  const measured = Math.min(count, limit);
  const totals = new Float64Array(partitions.length);
  const sizes = partitions.map((partition) => {
    const size = new Int32Array(partition.k);
    for (const group of partition.label) size[group]!++;
    return size;
  });
  const distance = new Float64Array(count);
  for (let sample = 0; sample < measured; sample++) {
    const at = Math.floor((sample * count) / measured);
    const [px, py] = [points.x[at]!, points.y[at]!];
    for (let other = 0; other < count; other++) {
      const dx = px - points.x[other]!;
      const dy = py - points.y[other]!;
      distance[other] = Math.sqrt(dx * dx + dy * dy);
    }
    partitions.forEach((partition, index) => {
      totals[index]! += width(partition, sizes[index]!, distance, at);
    });
  }
  return { means: Array.from(totals, (total) => (measured === 0 ? 0 : total / measured)), measured };
}

function width(partition: Partition, size: Int32Array, distance: Float64Array, at: number): number {
  const own = partition.label[at]!;
  if (size[own]! < 2) return 0;
  const sum = new Float64Array(partition.k);
  const label = partition.label;
  for (let other = 0; other < distance.length; other++) sum[label[other]!]! += distance[other]!;
  const within = sum[own]! / (size[own]! - 1);
  let between = Infinity;
  for (let group = 0; group < partition.k; group++) {
    if (group !== own && size[group]! > 0) between = Math.min(between, sum[group]! / size[group]!);
  }
  const larger = Math.max(within, between);
  return larger === 0 || !Number.isFinite(between) ? 0 : (between - within) / larger;
}
