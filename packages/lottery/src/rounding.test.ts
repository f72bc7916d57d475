import { describe, expect, it } from 'vitest';
import type { Composition } from './problem.ts';
import { roundLottery } from './rounding.ts';
import { seededRandom } from './random.ts';

const panels: Composition[] = [
  [1, 1, 0, 0],
  [0, 1, 1, 0],
  [0, 0, 1, 1],
  [1, 0, 0, 1],
].map((panel) => Int32Array.from(panel));
const lottery = { panels, weights: [0.1234, 0.3771, 0.2995, 0.2] };

describe('rounding to equal panels', () => {
  it('gives every panel its expectation, rounded down or up, and as many panels as asked', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const drawn = roundLottery(lottery, 100, seededRandom(seed));
      expect(drawn).toHaveLength(100);
      panels.forEach((panel, j) => {
        const copies = drawn.filter((other) => other === panel).length;
        expect(Math.abs(copies - 100 * lottery.weights[j]!)).toBeLessThan(1);
      });
    }
  });

  it('keeps the expectation over many roundings', () => {
    const runs = 4000;
    const totals = [0, 0, 0, 0];
    for (let seed = 1; seed <= runs; seed++) {
      for (const panel of roundLottery(lottery, 10, seededRandom(seed))) totals[panels.indexOf(panel)]!++;
    }
    // The standard error of a mean of `runs` halves-or-wholes is below 0.01.
    totals.forEach((total, j) =>
      expect(Math.abs(total / runs - 10 * lottery.weights[j]!)).toBeLessThan(0.035),
    );
  });

  it('draws the order of the panels, too', () => {
    const first = (seed: number) => roundLottery(lottery, 10, seededRandom(seed))[0]!.join();
    expect(new Set(Array.from({ length: 30 }, (_, seed) => first(seed))).size).toBeGreaterThan(2);
  });
});
