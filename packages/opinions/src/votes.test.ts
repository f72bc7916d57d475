import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareIds } from './ids.ts';
import type { Vote } from './types.ts';
import { merge, tabulate } from './votes.ts';
import type { VoteTable } from './votes.ts';

/** The table as text: one "person statement vote" a final vote, in order. */
function written(table: VoteTable): string[] {
  return table.people.flatMap((person, row) =>
    Array.from({ length: table.start[row + 1]! - table.start[row]! }, (_, index) => {
      const at = table.start[row]! + index;
      return `${person} ${table.statements[table.statement[at]!]!} ${table.value[at]!}`;
    }),
  );
}

const id = fc.constantFrom('0', '1', '2', '10', 'b', 'a,b', 'constructor', '__proto__', 'é');
const vote = fc.constantFrom(1, 0, -1);
const untimed = fc.array(fc.record({ person: id, statement: id, vote }), { maxLength: 60 });
const timed = fc.array(fc.record({ person: id, statement: id, vote, time: fc.integer({ min: 0, max: 5 }) }), {
  maxLength: 60,
});

/** What the table must hold, said the slow way. */
function final(votes: readonly Vote[]): string[] {
  const cells = new Map<string, Vote>();
  for (const one of votes) {
    const key = JSON.stringify([one.person, one.statement]);
    const known = cells.get(key);
    if (!known || (one.time ?? 0) >= (known.time ?? 0)) cells.set(key, one);
  }
  return [...cells.values()]
    .sort((a, b) => compareIds(a.person, b.person) || compareIds(a.statement, b.statement))
    .map((one) => `${one.person} ${one.statement} ${one.vote}`);
}

describe('laying out votes', () => {
  it('orders numbers by size before words, whatever order they came in', () => {
    const votes = ['10', 'b', '2', 'a', '-1', '007'].map((person) => ({ person, statement: '1', vote: 1 }));
    expect(tabulate(votes).people).toEqual(['-1', '2', '10', '007', 'a', 'b']);
  });

  it('keeps the latest of several votes by time, not the last one written', () => {
    const votes = [
      { person: 'Ann', statement: 's', vote: 1, time: 20 },
      { person: 'Ann', statement: 's', vote: -1, time: 10 },
    ];
    expect(written(tabulate(votes))).toEqual(['Ann s 1']);
  });

  it('keeps the last one written where times are equal or absent', () => {
    const [first, second] = [
      { person: 'Ann', statement: 's', vote: 1 },
      { person: 'Ann', statement: 's', vote: 0 },
    ];
    expect(written(tabulate([first, second]))).toEqual(['Ann s 0']);
    expect(
      written(
        tabulate([
          { ...first, time: 5 },
          { ...second, time: 5 },
        ]),
      ),
    ).toEqual(['Ann s 0']);
  });

  it('reads the other sign convention', () => {
    const votes = [
      { person: 'Ann', statement: 'a', vote: -1 },
      { person: 'Ann', statement: 'b', vote: 0 },
    ];
    expect(written(tabulate(votes, -1))).toEqual(['Ann a 1', 'Ann b 0']);
  });

  it.each([
    [{ person: 'Ann', statement: 's', vote: 2 }, RangeError],
    [{ person: 'Ann', statement: 's', vote: NaN }, RangeError],
    [{ person: '', statement: 's', vote: 1 }, TypeError],
    [{ person: 'Ann', statement: '', vote: 1 }, TypeError],
    [{ person: 'Ann', statement: 's', vote: 1, time: Infinity }, TypeError],
  ])('refuses %o', (bad, error) => {
    expect(() => tabulate([bad])).toThrow(error);
  });

  it('refuses times on some votes only, at once and over updates', () => {
    const without = { person: 'Ann', statement: 's', vote: 1 };
    expect(() => tabulate([without, { ...without, time: 1 }])).toThrow(TypeError);
    expect(() => merge(tabulate([without]), tabulate([{ ...without, time: 1 }]))).toThrow(TypeError);
  });

  it('holds each final vote once, in id order', () => {
    fc.assert(
      fc.property(fc.oneof(untimed, timed), (votes) => {
        expect(written(tabulate(votes))).toEqual(final(votes));
      }),
    );
  });

  it('merges two tables to the same bits as all votes at once', () => {
    fc.assert(
      fc.property(fc.oneof(untimed, timed), fc.nat(60), (votes, cut) => {
        const merged = merge(tabulate(votes.slice(0, cut)), tabulate(votes.slice(cut)));
        expect(merged).toEqual(tabulate(votes));
      }),
    );
  });
});
