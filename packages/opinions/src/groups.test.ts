import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedRand } from './compare.ts';
import { group, letter } from './groups.ts';
import { kMeans } from './kmeans.ts';
import type { Partition } from './kmeans.ts';
import { choosePlaced } from './positions.ts';
import type { Points } from './positions.ts';
import { evenSample } from './sample.ts';
import { silhouettes } from './silhouette.ts';
import { tabulate } from './votes.ts';

const pointsOf = (pairs: readonly (readonly [number, number])[]): Points => ({
  x: Float64Array.from(pairs, ([x]) => x),
  y: Float64Array.from(pairs, ([, y]) => y),
});
const ids = (count: number) => Array.from({ length: count }, (_, at) => `p${at}`);
const point = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }));
const cloud = fc.uniqueArray(point, { minLength: 8, maxLength: 40, selector: String }).map(pointsOf);

/** Two clumps of 4 and 3, and one far away: what anyone would draw. */
const clumps = pointsOf([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
  [10, 10],
  [10, 11],
  [11, 10],
]);

/** The silhouette of a point exactly as Rousseeuw wrote it. */
function widthOf(points: Points, label: ArrayLike<number>, at: number): number {
  const k = Math.max(...Array.from(label)) + 1;
  const means = Array.from({ length: k }, (_, other) => {
    const rows = Array.from(label, (_x, row) => row).filter((row) => label[row] === other && row !== at);
    const sum = rows.reduce(
      (total, row) => total + Math.hypot(points.x[at]! - points.x[row]!, points.y[at]! - points.y[row]!),
      0,
    );
    return rows.length === 0 ? NaN : sum / rows.length;
  });
  const own = means[label[at]!]!;
  if (Number.isNaN(own)) return 0;
  const between = Math.min(...means.filter((mean, other) => other !== label[at] && !Number.isNaN(mean)));
  return (between - own) / Math.max(own, between);
}

describe('k-means', () => {
  it('finds the clumps anyone would draw, the largest first', () => {
    const found = kMeans(clumps, 2, 1, 20);
    expect([...found.label]).toEqual([0, 0, 0, 0, 1, 1, 1]);
    expect([found.x[0], found.y[0]]).toEqual([0.5, 0.5]);
    expect(found.inertia).toBeCloseTo(2 + 4 / 3, 12);
  });

  it('leaves every point with its nearest centre, every centre the mean of its points', () => {
    fc.assert(
      fc.property(cloud, fc.integer({ min: 2, max: 5 }), fc.integer(), (points, k, seed) => {
        const { label, x, y } = kMeans(points, k, seed, 5);
        const distance = (at: number, to: number) =>
          (points.x[at]! - x[to]!) ** 2 + (points.y[at]! - y[to]!) ** 2;
        label.forEach((own, at) => {
          for (let other = 0; other < k; other++)
            expect(distance(at, own)).toBeLessThanOrEqual(distance(at, other) + 1e-9);
        });
        for (let one = 0; one < k; one++) {
          const mine = Array.from(label.keys()).filter((at) => label[at] === one);
          expect(mine.length).toBeGreaterThan(0);
          expect(x[one]).toBeCloseTo(mine.reduce((sum, at) => sum + points.x[at]!, 0) / mine.length, 9);
        }
      }),
    );
  });

  it('says the inertia of the groups it gives, and never does better than the best partition', () => {
    fc.assert(
      fc.property(fc.uniqueArray(point, { minLength: 4, maxLength: 8, selector: String }), (pairs) => {
        const inertiaOf = (inFirst: (at: number) => boolean) =>
          [true, false].reduce((total, side) => {
            const mine = pairs.filter((_, at) => inFirst(at) === side);
            const [mx, my] = [0, 1].map(
              (axis) => mine.reduce((sum, one) => sum + one[axis]!, 0) / mine.length,
            );
            return total + mine.reduce((sum, [x, y]) => sum + (x - mx!) ** 2 + (y - my!) ** 2, 0);
          }, 0);
        const masks = Array.from({ length: 2 ** pairs.length - 2 }, (_, at) => at + 1);
        const best = Math.min(...masks.map((mask) => inertiaOf((at) => ((mask >> at) & 1) === 1)));
        const { inertia, label } = kMeans(pointsOf(pairs), 2, 1, 20);
        expect(inertia).toBeCloseTo(
          inertiaOf((at) => label[at] === 0),
          8,
        );
        expect(inertia).toBeGreaterThanOrEqual(best - 1e-9);
      }),
    );
  });

  it('takes the best run: more runs are never worse, and the first ones are the same', () => {
    let better = 0;
    fc.assert(
      fc.property(cloud, fc.integer({ min: 3, max: 5 }), (points, k) => {
        const [one, many] = [kMeans(points, k, 1, 1).inertia, kMeans(points, k, 1, 20).inertia];
        expect(many).toBeLessThanOrEqual(one * (1 + 1e-12) + 1e-9);
        if (many < one) better++;
      }),
      { seed: 1 },
    );
    expect(better).toBeGreaterThan(10);
  });

  it('gives the same groups when runs compete on a sample of clear clumps', () => {
    const many = pointsOf(
      Array.from(
        { length: 600 },
        (_, at) => [(at % 3) * 10 + Math.sin(at), (at % 3) * -7 + Math.cos(at * 2)] as const,
      ),
    );
    const whole = kMeans(many, 3, 1, 10);
    const sampled = kMeans(many, 3, 1, 10, 50);
    expect(adjustedRand([...whole.label], [...sampled.label])).toBe(1);
  });
});

describe('the silhouette', () => {
  it('is the mean that Rousseeuw defined, for several partitions at once', () => {
    fc.assert(
      fc.property(cloud, (points) => {
        const partitions = [2, 3, 4, 5, 6, 7].map((k) => kMeans(points, k, 1, 3));
        const { means, measured } = silhouettes(points, partitions);
        expect(measured).toBe(points.x.length);
        partitions.forEach(({ label }, at) => {
          const widths = Array.from(label, (_, row) => widthOf(points, label, row));
          expect(means[at]).toBeCloseTo(widths.reduce((sum, one) => sum + one, 0) / widths.length, 10);
        });
      }),
    );
  });

  it('measured on a sample is the mean over that sample', () => {
    const partition: Partition = kMeans(clumps, 2, 1, 5);
    const { means, measured } = silhouettes(clumps, [partition], 2);
    const [first, second] = evenSample(7, 2);
    const expected =
      (widthOf(clumps, partition.label, first!) + widthOf(clumps, partition.label, second!)) / 2;
    expect(measured).toBe(2);
    expect(means[0]).toBeCloseTo(expected, 12);
  });
});

describe('choosing groups', () => {
  it('takes the count with the best silhouette', () => {
    const { clustering, labels } = group(clumps, ids(7), {});
    expect(clustering.k).toBe(2);
    expect(labels).toEqual(['A', 'B']);
    expect(clustering.tried.map(({ k }) => k)).toEqual([2, 3, 4, 5]);
  });

  it('shows a new count only after it has won four updates running', () => {
    let history = { placed: [], k: 3, candidate: 3, wins: 0, groupOf: {} };
    const shown: number[] = [];
    for (let round = 0; round < 5; round++) {
      const { clustering } = group(clumps, ids(7), { history });
      shown.push(clustering.k);
      history = { ...history, ...clustering };
    }
    expect(shown).toEqual([3, 3, 3, 2, 2]);
  });

  it('starts counting again when another count wins in between', () => {
    const history = { placed: [], k: 3, candidate: 4, wins: 3, groupOf: {} };
    expect(group(clumps, ids(7), { history }).clustering).toMatchObject({ k: 3, candidate: 2, wins: 1 });
  });

  it('lets a group keep its number although another has outgrown it', () => {
    const groupOf = { p0: 1, p1: 1, p2: 1, p3: 1, p4: 0, p5: 0, p6: 0, gone: 0 };
    const { label } = group(clumps, ids(7), {
      history: { placed: [], k: 2, candidate: 2, wins: 0, groupOf },
    });
    expect([...label]).toEqual([1, 1, 1, 1, 0, 0, 0]);
  });

  it('refuses more groups than a byte can number', () => {
    expect(() => group(clumps, ids(7), { groups: { max: 300 } })).toThrow(RangeError);
  });

  it('names groups beyond Z like columns of a sheet', () => {
    expect([0, 25, 26, 27, 51, 52].map(letter)).toEqual(['A', 'Z', 'AA', 'AB', 'AZ', 'BA']);
  });
});

describe('an even sample', () => {
  it('takes one of each stretch, never twice the same, and everybody where it may', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 100 }), (count, limit) => {
        const sample = [...evenSample(count, limit)];
        expect(sample).toHaveLength(Math.min(count, limit));
        expect(new Set(sample).size).toBe(sample.length);
        for (const at of sample) expect(at).toBeLessThan(count);
      }),
    );
  });
});

describe('placing people', () => {
  const cast = (counts: readonly number[]) =>
    tabulate(
      counts.flatMap((count, person) =>
        Array.from({ length: count }, (_, at) => ({
          person: String(person),
          statement: String(at),
          vote: 1,
        })),
      ),
    );

  it('asks for seven votes, or all where there are fewer statements', () => {
    const many = Array.from({ length: 20 }, () => 9);
    expect(choosePlaced(cast([6, 7, ...many])).includes(0)).toBe(false);
    expect(choosePlaced(cast([6, 7, ...many])).includes(1)).toBe(true);
    expect([...choosePlaced(cast(Array.from({ length: 16 }, () => 3)))]).toHaveLength(16);
  });

  it('fills up to fifteen with the most active, earlier ids first', () => {
    const counts = [1, 2, ...Array.from({ length: 13 }, () => 8), 2, 2];
    expect([...choosePlaced(cast(counts))]).toEqual([
      1,
      ...Array.from({ length: 13 }, (_, at) => at + 2),
      15,
    ]);
  });

  it('keeps whoever was placed before', () => {
    const counts = [1, ...Array.from({ length: 20 }, () => 8)];
    expect(choosePlaced(cast(counts)).includes(0)).toBe(false);
    expect(choosePlaced(cast(counts), ['0', 'unknown']).includes(0)).toBe(true);
  });
});

describe('the adjusted Rand index', () => {
  it('is 1 for the same groups under other names, and known by hand otherwise', () => {
    expect(adjustedRand(['a', 'a', 'b'], [7, 7, 1])).toBe(1);
    expect(adjustedRand([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo(-0.5, 12);
    expect(adjustedRand([], [])).toBe(1);
    expect(() => adjustedRand([1], [])).toThrow(RangeError);
  });
});
