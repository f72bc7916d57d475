import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mannWhitney } from './ranks.ts';

describe('Two samples', () => {
  it.each([
    [[1, 2, 3], [1, 2, 3], 0.5],
    [[4, 5, 6], [1, 2, 3], 1],
    [[1, 2, 3], [4, 5, 6], 0],
    [[1, 4], [2, 3], 0.5],
    [[7, 7], [7, 7, 7], 0.5],
    [[2, 3], [1, 2], 0.875],
  ])('%j and %j: one of the first is the larger %d times', (a, b, share) => {
    expect(mannWhitney(a, b).share).toBeCloseTo(share, 12);
  });

  it('are told apart as well the other way round', () => {
    const sample = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const [one, other] = [mannWhitney(a, b), mannWhitney(b, a)];
        expect(one.share + other.share).toBeCloseTo(1, 9);
        expect(one.score).toBeCloseTo(-other.score, 9);
        const pairs = a.flatMap((x) => b.map((y): number => (x > y ? 1 : x === y ? 0.5 : 0)));
        expect(one.share).toBeCloseTo(pairs.reduce((sum, it) => sum + it, 0) / pairs.length, 9);
      }),
    );
  });
});
