import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainOf, FIRST_CHAIN, leadsTo, levelsOf, pathIn, rootOf } from './tree.ts';

const sha = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const leaf = (n: number): string => createHash('sha256').update(`leaf ${n}`).digest('hex');
const leaves = (count: number): string[] => Array.from({ length: count }, (_, n) => leaf(n));

describe('The hourly tree', () => {
  it('leads from every leaf to its root, whatever its size, and from no other leaf', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 130 }), fc.nat(), (count, seed) => {
        const all = leaves(count);
        const index = seed % count;
        const root = rootOf(all, sha);
        const path = pathIn(levelsOf(all, sha), index);
        expect(leadsTo(all[index]!, path, root, sha)).toBe(true);
        expect(leadsTo(leaf(9_999), path, root, sha)).toBe(false);
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(count)));
      }),
    );
  });

  it('has another root when a leaf is swapped, added or left out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(), (count, seed) => {
        const all = leaves(count);
        const root = rootOf(all, sha);
        const at = seed % count;
        expect(rootOf(all.with(at, leaf(9_999)), sha)).not.toBe(root);
        expect(rootOf([...all, leaf(9_999)], sha)).not.toBe(root);
        expect(rootOf(all.toSpliced(at, 1), sha)).not.toBe(root);
      }),
    );
  });

  it('is the tree of RFC 6962: the hash of one leaf is that of a zero byte and the leaf', () => {
    const one = createHash('sha256')
      .update(Uint8Array.of(0))
      .update(Buffer.from(leaf(1), 'hex'))
      .digest('hex');
    expect(rootOf([leaf(1)], sha)).toBe(one);
    expect(() => rootOf([], sha)).toThrow(RangeError);
  });

  it('is chained to the last: an old tree that is swapped changes every link after it', () => {
    const link = (roots: string[]) => roots.reduce((last, root) => chainOf(last, root, sha), FIRST_CHAIN);
    expect(link([leaf(1), leaf(2), leaf(3)])).not.toBe(link([leaf(4), leaf(2), leaf(3)]));
  });
});
