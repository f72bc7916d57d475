import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Points } from './positions.ts';

export interface Partition {
  readonly k: number;
  /** Group of each point; groups by size, largest first, then by their first point. */
  readonly label: Uint8Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Sum of squared distances to the centres. */
  readonly inertia: number;
}

const MOST_ROUNDS = 300;

/**
 * Lloyd's k-means (1957) from k-means++ starts (Arthur and Vassilvitskii 2007): the lowest inertia of
 * `restarts` runs. The stream of random numbers depends on seed and k alone. Needs k distinct points at
 * least. O(restarts · rounds · points · k).
 */
export function kMeans(points: Points, k: number, seed: number, restarts: number): Partition {
  const random = xoroshiro128plus((Math.imul(seed | 0, 31) + k) | 0);
  const label = new Uint8Array(points.x.length);
  let best: Partition | null = null;
  for (let run = 0; run < Math.max(1, restarts); run++) {
    const [x, y] = plusPlus(points, k, random);
    label.fill(255);
    const inertia = lloyd(points, x, y, label);
    // Equal to rounding is no better: which of two equal runs wins must not hang on the last bit.
    if (best && inertia >= best.inertia * (1 - 1e-12)) continue;
    best = { k, label: label.slice(), x, y, inertia };
  }
  return bySize(best!);
}

function plusPlus(points: Points, k: number, random: RandomGenerator): [Float64Array, Float64Array] {
  const count = points.x.length;
  const [x, y] = [new Float64Array(k), new Float64Array(k)];
  const near = new Float64Array(count).fill(Infinity);
  let chosen = Math.floor(uniformFloat64(random) * count);
  for (let centre = 0; centre < k; centre++) {
    const [cx, cy] = [points.x[chosen]!, points.y[chosen]!];
    x[centre] = cx;
    y[centre] = cy;
    let total = 0;
    for (let at = 0; at < count; at++) {
      const [dx, dy] = [points.x[at]! - cx, points.y[at]! - cy];
      const distance = dx * dx + dy * dy;
      if (distance < near[at]!) near[at] = distance;
      total += near[at]!;
    }
    chosen = draw(near, uniformFloat64(random) * total);
  }
  return [x, y];
}

/** The index at which the running sum of weights passes the mark; never one of weight 0 if any is heavier. */
function draw(weights: Float64Array, mark: number): number {
  let left = mark;
  let last = 0;
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at]!;
    if (weight === 0) continue;
    last = at;
    left -= weight;
    if (left < 0) return at;
  }
  return last;
}

/** Moves centres in place until no point changes group; returns the inertia. */
function lloyd(points: Points, x: Float64Array, y: Float64Array, label: Uint8Array): number {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (!assign(points, x, y, label)) break;
    centre(points, x, y, label);
  }
  let inertia = 0;
  for (let at = 0; at < label.length; at++) {
    const [dx, dy] = [points.x[at]! - x[label[at]!]!, points.y[at]! - y[label[at]!]!];
    inertia += dx * dx + dy * dy;
  }
  return inertia;
}

function assign(points: Points, x: Float64Array, y: Float64Array, label: Uint8Array): boolean {
  const k = x.length;
  let changed = false;
  for (let at = 0; at < label.length; at++) {
    const [px, py] = [points.x[at]!, points.y[at]!];
    let nearest = 0;
    let least = Infinity;
    for (let group = 0; group < k; group++) {
      const dx = px - x[group]!;
      const dy = py - y[group]!;
      const distance = dx * dx + dy * dy;
      if (distance < least) {
        least = distance;
        nearest = group;
      }
    }
    if (label[at] !== nearest) {
      label[at] = nearest;
      changed = true;
    }
  }
  return changed;
}

function centre(points: Points, x: Float64Array, y: Float64Array, label: Uint8Array): void {
  const k = x.length;
  const [sumX, sumY, size] = [new Float64Array(k), new Float64Array(k), new Int32Array(k)];
  for (let at = 0; at < label.length; at++) {
    const group = label[at]!;
    sumX[group]! += points.x[at]!;
    sumY[group]! += points.y[at]!;
    size[group]!++;
  }
  for (let group = 0; group < k; group++) {
    if (size[group] === 0) {
      // A group that lost everybody begins again at the point that fits worst.
      const worst = farthest(points, x, y, label);
      x[group] = points.x[worst]!;
      y[group] = points.y[worst]!;
      continue;
    }
    x[group] = sumX[group]! / size[group]!;
    y[group] = sumY[group]! / size[group]!;
  }
}

function farthest(points: Points, x: Float64Array, y: Float64Array, label: Uint8Array): number {
  let [worst, most] = [0, -1];
  for (let at = 0; at < label.length; at++) {
    const distance = Math.hypot(points.x[at]! - x[label[at]!]!, points.y[at]! - y[label[at]!]!);
    if (distance > most) [worst, most] = [at, distance];
  }
  return worst;
}

function bySize(partition: Partition): Partition {
  const size = new Int32Array(partition.k);
  for (const group of partition.label) size[group]!++;
  const first = Array.from(size, (_, group) => partition.label.indexOf(group));
  const order = Array.from(size, (_, group) => group).sort(
    (a, b) => size[b]! - size[a]! || first[a]! - first[b]!,
  );
  const rank = Uint8Array.from(size, (_, group) => order.indexOf(group));
  return {
    ...partition,
    label: partition.label.map((group) => rank[group]!),
    x: Float64Array.from(order, (group) => partition.x[group]!),
    y: Float64Array.from(order, (group) => partition.y[group]!),
  };
}
