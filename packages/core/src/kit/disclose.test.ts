import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disclose, discloseCount, discloseShare, LEAST_BASE } from './disclose.ts';

const count = fc.integer({ min: 0, max: 2_000_000 });

describe('A count that could point at somebody', () => {
  it.each([
    [0, 0],
    [1, 'c'],
    [7, 'c'],
    [8, 10],
    [12, 10],
    [13, 15],
    [214, 215],
  ] as const)('%i is shown as %s', (counted, shown) => {
    expect(discloseCount(counted)).toBe(shown);
  });

  it('never shows one to seven, nor anything that is no multiple of five', () => {
    fc.assert(
      fc.property(count, (n) => {
        const shown = discloseCount(n);
        if (n >= 1 && n <= 7) expect(shown).toBe('c');
        else {
          expect(Number(shown) % 5).toBe(0);
          expect(Math.abs(Number(shown) - n)).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it('says the same of all counts it holds back, so that none can be told from another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), (a, b) => {
        expect(discloseCount(a)).toEqual(discloseCount(b));
      }),
    );
  });

  it('breaks on what is no count', () => {
    for (const wrong of [-1, 1.5, NaN, Infinity]) expect(() => discloseCount(wrong)).toThrow(RangeError);
  });
});

describe('A table of people by ward', () => {
  const cells = fc.array(fc.record({ area: fc.string({ minLength: 1, maxLength: 4 }), count }), {
    maxLength: 40,
  });

  it('keeps its groups, in their order', () => {
    fc.assert(
      fc.property(cells, (rows) => {
        expect(disclose(rows).cells.map(({ area }) => area)).toEqual(rows.map(({ area }) => area));
      }),
    );
  });

  it('sums what is shown: whatever hides behind a held-back cell, the total stays the same', () => {
    fc.assert(
      fc.property(cells, fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 10 }), (rows, small) => {
        const hidden = small.map((n) => ({ area: 'x', count: n }));
        const others = small.map((n) => ({ area: 'x', count: 8 - n }));
        expect(disclose([...rows, ...hidden])).toEqual(disclose([...rows, ...others]));
        expect(disclose([...rows, ...hidden]).total % 5).toBe(0);
      }),
    );
  });
});

describe('A share', () => {
  it('is said of thirty and more, from the rounded numbers, and of nothing held back', () => {
    expect(discloseShare(20, 25)).toBeNull();
    expect(discloseShare('c', 100)).toBeNull();
    expect(discloseShare(15, LEAST_BASE)).toBe(50);
    fc.assert(
      fc.property(count, count, (part, more) => {
        const share = discloseShare(discloseCount(part), discloseCount(part + more));
        if (share !== null) expect(share >= 0 && share <= 100).toBe(true);
      }),
    );
  });
});
