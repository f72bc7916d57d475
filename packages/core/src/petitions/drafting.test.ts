import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holderOf, joined, LOCK_SECONDS, maySave, paragraphsOf, problemOf, takeLock } from './drafting.ts';

const NOW = new Date('2026-10-16T09:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
const free = { lockedBy: null, lockedUntil: null, version: 3 };
const byMair = { lockedBy: 'mair', lockedUntil: later(10), version: 3 };

describe('a paragraph that several people write', () => {
  it('is held by one at a time, and renewed by the same', () => {
    expect(takeLock(free, 'grace', NOW)).toEqual({ ok: true, until: later(LOCK_SECONDS) });
    expect(takeLock(byMair, 'mair', NOW)).toEqual({ ok: true, until: later(LOCK_SECONDS) });
    expect(takeLock(byMair, 'grace', NOW)).toEqual({ ok: false, refused: 'locked' });
  });

  it('is free again when its holder is no longer heard of', () => {
    expect(holderOf(byMair, later(9))).toBe('mair');
    expect(holderOf(byMair, later(10))).toBeNull();
    expect(takeLock(byMair, 'grace', later(11)).ok).toBe(true);
  });

  it.each([
    { what: 'of somebody else', paragraph: byMair, drafter: 'grace', seen: 3, refused: 'locked' },
    { what: 'that changed since', paragraph: free, drafter: 'grace', seen: 2, refused: 'changed_since' },
    { what: 'of their own, seen as it stands', paragraph: byMair, drafter: 'mair', seen: 3, refused: null },
    { what: 'that nobody holds', paragraph: free, drafter: 'grace', seen: 3, refused: null },
  ])('is saved by who has seen it: one $what', ({ paragraph, drafter, seen, refused }) => {
    const said = maySave(paragraph, { drafter, seen, now: NOW });
    expect(said.ok ? null : said.refused).toBe(refused);
  });

  it('keeps within the letters of its field', () => {
    expect(problemOf('title', '')).toBe('required');
    expect(problemOf('why', '')).toBeNull();
    expect(problemOf('why', 'x'.repeat(301))).toBe('too_long');
    expect(problemOf('details', 'x'.repeat(800))).toBeNull();
  });

  it('comes back as it was written, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 20 })), (texts) => {
        const once = joined(texts.flatMap((one) => paragraphsOf(one)));
        expect(joined(paragraphsOf(once))).toBe(once);
      }),
    );
  });
});
