import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Points } from './positions.ts';
import { evenSample } from './sample.ts';

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
const NONE = 255;
const COMPETE_LIMIT = 1_500;
/** Of the variance: runs on a sample stop there, as is usual, for the best one then runs to its end on all. */
const TOLERANCE = 1e-4;

/**
 * Lloyd's k-means (1957) from k-means++ starts (Arthur and Vassilvitskii 2007): the lowest inertia of
 * `restarts` runs, then on until no point changes group. Above `limit` points the runs compete on an even
 * sample of that size, and the winner goes on with all. The stream of random numbers depends on seed and k
 * alone. Needs k distinct points at least. O(restarts · rounds · min(points, limit) · k).
 */
export function kMeans(
  points: Points,
  k: number,
  seed: number,
  restarts: number,
  limit = COMPETE_LIMIT,
): Partition {
  const random = xoroshiro128plus((Math.imul(seed | 0, 31) + k) | 0);
  const chosen = evenSample(points.x.length, limit);
  const sample = {
    x: Float64Array.from(chosen, (at) => points.x[at]!),
    y: Float64Array.from(chosen, (at) => points.y[at]!),
  };
  const tolerance = chosen.length < points.x.length ? TOLERANCE * variance(sample) : 0;
  const run = emptyRun(sample, k);
  let least = Infinity;
  let best = { x: run.x, y: run.y };
  for (let at = 0; at < Math.max(1, restarts); at++) {
    plusPlus(run, random);
    const inertia = lloyd(run, tolerance);
    // Equal to rounding is no better: which of two equal runs wins must not hang on the last bit.
    if (inertia >= least * (1 - 1e-12)) continue;
    least = inertia;
    best = { x: run.x.slice(), y: run.y.slice() };
  }
  const last = { ...emptyRun(points, k), ...best };
  const inertia = lloyd(last, 0);
  return bySize({ k, label: last.label, x: last.x, y: last.y, inertia });
}

function emptyRun(points: Points, k: number): Run {
  const count = points.x.length;
  return {
    points,
    x: new Float64Array(k),
    y: new Float64Array(k),
    label: new Uint8Array(count),
    near: new Float64Array(count),
    size: new Int32Array(k),
    sumX: new Float64Array(k),
    sumY: new Float64Array(k),
  };
}

/** Mean squared distance of the points from their middle. */
function variance({ x, y }: Points): number {
  const mean = (along: Float64Array) => along.reduce((sum, value) => sum + value, 0) / along.length;
  const [mx, my] = [mean(x), mean(y)];
  return x.reduce((sum, value, at) => sum + (value - mx) ** 2 + (y[at]! - my) ** 2, 0) / x.length;
}

/** Draws first centres, each with probability ∝ its squared distance to those already there. */
function plusPlus({ points, x, y, near }: Run, random: RandomGenerator): void {
  const count = near.length;
  near.fill(Infinity);
  let chosen = Math.floor(uniformFloat64(random) * count);
  for (let centre = 0; centre < x.length; centre++) {
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

/** Work of one run: centres, group of each point, and size and coordinate sums of each group. */
interface Run {
  readonly points: Points;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly label: Uint8Array;
  /** Squared distance of each point to its centre. */
  readonly near: Float64Array;
  readonly size: Int32Array;
  readonly sumX: Float64Array;
  readonly sumY: Float64Array;
}

/**
 * Starts a run from its centres and moves them until they rest: no point changes group, or their squared
 * moves sum to `tolerance` at most. Returns the inertia.
 */
function lloyd(run: Run, tolerance: number): number {
  run.label.fill(NONE);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (!assign(run) || moveCentres(run) <= tolerance) break;
  }
  assign(run);
  let inertia = 0;
  for (let at = 0; at < run.near.length; at++) inertia += run.near[at]!;
  return inertia;
}

/**
 * Gives every point to its nearest centre, the first where equal, and sums each group; false where no point
 * changed. Bounds that spare distances (Hamerly 2010) were tried: with two coordinates they are slower.
 */
function assign({ points, x, y, label, near, size, sumX, sumY }: Run): boolean {
  for (const sums of [size, sumX, sumY]) sums.fill(0);
  const k = x.length;
  let changes = 0;
  for (let at = 0; at < label.length; at++) {
    const px = points.x[at]!;
    const py = points.y[at]!;
    let nearest = 0;
    let least = Infinity;
    for (let group = 0; group < k; group++) {
      const dx = px - x[group]!;
      const dy = py - y[group]!;
      const squared = dx * dx + dy * dy;
      if (squared < least) {
        least = squared;
        nearest = group;
      }
    }
    if (label[at] !== nearest) changes++;
    label[at] = nearest;
    near[at] = least;
    size[nearest]!++;
    sumX[nearest]! += px;
    sumY[nearest]! += py;
  }
  return changes > 0;
}

/** Centres to the means of their points; returns the sum of their squared moves. */
function moveCentres(run: Run): number {
  const { points, x, y, size, sumX, sumY, near } = run;
  let moved = 0;
  for (let group = 0; group < x.length; group++) {
    const [oldX, oldY] = [x[group]!, y[group]!];
    // A group that lost everybody begins again at the point that fits worst.
    const worst = size[group] === 0 ? near.indexOf(near.reduce((most, one) => Math.max(most, one), 0)) : -1;
    x[group] = worst < 0 ? sumX[group]! / size[group]! : points.x[worst]!;
    y[group] = worst < 0 ? sumY[group]! / size[group]! : points.y[worst]!;
    moved += (x[group]! - oldX) ** 2 + (y[group]! - oldY) ** 2;
  }
  return moved;
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
