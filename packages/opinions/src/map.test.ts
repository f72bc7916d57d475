import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begin, map, nothing, update } from './index.ts';
import type { Options, StatementInfo, Vote } from './index.ts';

const cell = fc.record({
  person: fc.integer({ min: 0, max: 24 }).map(String),
  statement: fc.integer({ min: 0, max: 9 }).map(String),
  vote: fc.constantFrom(1, 1, 0, -1),
});
/** Some hundred votes of up to 25 people on up to 10 statements, each at a time of its own. */
const conversation = fc
  .array(cell, { maxLength: 220 })
  .map((cells): Vote[] => cells.map((one, time) => ({ ...one, time })));
const moderated: fc.Arbitrary<StatementInfo[]> = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 0, max: 12 }).map(String),
    moderation: fc.constantFrom('in' as const, 'waiting' as const, 'out' as const),
    meta: fc.boolean(),
  }),
  { selector: ({ id }) => id, maxLength: 6 },
);
const shuffled = <T>(items: readonly T[]) =>
  fc.array(fc.nat(), { minLength: items.length, maxLength: items.length }).map((keys) =>
    items
      .map((item, at) => ({ item, key: keys[at]! }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item),
  );

/** Every number in a value, however deep. */
function* numbers(value: unknown): Generator<number> {
  if (typeof value === 'number') yield value;
  else if (value && typeof value === 'object') for (const part of Object.values(value)) yield* numbers(part);
}

describe('a map', () => {
  it('does not depend on the order in which votes and statements are given', () => {
    fc.assert(
      fc.property(
        conversation.chain((votes) => fc.tuple(fc.constant(votes), shuffled(votes))),
        moderated,
        ([votes, other], statements) => {
          expect(map(other, { statements: statements.toReversed() })).toEqual(map(votes, { statements }));
        },
      ),
    );
  });

  it('does not depend on what people are called, but for order and what is drawn by it', () => {
    fc.assert(
      fc.property(conversation, (votes) => {
        const renamed = votes.map((vote) => ({ ...vote, person: String(99 - Number(vote.person)) }));
        const [left, right] = [map(votes), map(renamed)];
        expect(right.totals.people).toBe(left.totals.people);
        expect(right.consensus).toEqual(left.consensus);
        left.components.eigenvalues.forEach((value, at) => {
          expect(right.components.eigenvalues[at]).toBeCloseTo(value, 10);
        });
        const [first, second] = left.components.eigenvalues;
        if (first < second * 1.01) return;
        const found = new Map(right.people.map((row) => [row.id, row]));
        for (const row of left.people)
          expect(found.get(String(99 - Number(row.id)))!.x).toBeCloseTo(row.x, 7);
      }),
    );
  });

  it('is the same from votes of the other sign convention', () => {
    fc.assert(
      fc.property(conversation, moderated, (votes, statements) => {
        const flipped = votes.map((vote) => ({ ...vote, vote: 0 - vote.vote }));
        expect(map(flipped, { statements, agree: -1 })).toEqual(map(votes, { statements }));
      }),
    );
  });

  it('does not change for votes older than those it has', () => {
    fc.assert(
      fc.property(conversation, (votes) => {
        const stale = votes.map((vote) => ({ ...vote, vote: 0 - vote.vote, time: vote.time! - 1_000 }));
        expect(map([...votes, ...stale])).toEqual(map(votes));
      }),
    );
  });

  it('holds only finite numbers, probabilities between 0 and 1 and everybody counted once', () => {
    fc.assert(
      fc.property(conversation, moderated, (votes, statements) => {
        const made = map(votes, { statements });
        for (const number of numbers(made)) expect(Number.isFinite(number)).toBe(true);
        for (const row of made.statements) {
          expect(row.agrees + row.disagrees + row.passes).toBe(row.seen);
          expect(row.consensus).toBeGreaterThan(0);
          expect(row.consensus).toBeLessThanOrEqual(1);
        }
        expect(made.people.reduce((sum, row) => sum + row.votes, 0)).toBe(made.totals.votes);
        expect(made.groups.flatMap(({ members }) => members).sort()).toEqual(
          made.people
            .filter(({ placed }) => placed)
            .map(({ id }) => id)
            .sort(),
        );
        expect(structuredClone(made)).toEqual(made);
      }),
    );
  });

  it('takes a statement moderated out or meta as 0 from everybody', () => {
    const ten = Array.from({ length: 10 }, (_, at) => String(at));
    const base = ten.flatMap((person) =>
      ['a', 'b', 'c'].map((statement, at) => ({
        person,
        statement,
        vote: (Number(person) >> at) & 1 ? 1 : -1,
      })),
    );
    const out = map(base, { statements: [{ id: 'c', moderation: 'out' }] });
    const passed = map([
      ...base.filter(({ statement }) => statement !== 'c'),
      ...ten.map((person) => ({ person, statement: 'c', vote: 0 })),
    ]);
    expect(out.people.map(({ x, y }) => [x, y])).toEqual(passed.people.map(({ x, y }) => [x, y]));
    expect(out.statements.at(-1)).toMatchObject({ id: 'c', seen: 10, mean: 0, extremity: 0 });
  });

  it('is told apart by its seed in grouping alone', () => {
    fc.assert(
      fc.property(conversation, fc.integer(), (votes, seed) => {
        const [one, other] = [map(votes), map(votes, { seed })];
        expect(map(votes, { seed })).toEqual(other);
        expect(other.consensus).toEqual(one.consensus);
        expect(other.people.map(({ x, y }) => [x, y])).toEqual(one.people.map(({ x, y }) => [x, y]));
      }),
      { numRuns: 30 },
    );
  });
});

describe('updating', () => {
  const cuts = fc.array(fc.nat(220), { maxLength: 5 }).map((at) => at.sort((a, b) => a - b));
  const pieces = (votes: readonly Vote[], at: readonly number[]) =>
    [0, ...at].map((from, index) => votes.slice(from, at[index] ?? votes.length));

  it('without memory gives the map from nothing, to the last bit', () => {
    fc.assert(
      fc.property(conversation, cuts, moderated, (votes, at, statements) => {
        let state = update(nothing, [], { statements });
        for (const piece of pieces(votes, at)) state = update(state, piece, { history: null });
        expect(state.map).toEqual(map(votes, { statements }));
      }),
    );
  });

  it('with memory gives the map from nothing with that memory, to the last bit', () => {
    fc.assert(
      fc.property(conversation, cuts, (votes, at) => {
        let state = begin();
        let seen = 0;
        for (const piece of pieces(votes, at)) {
          seen += piece.length;
          const options: Options = state.history ? { history: state.history } : {};
          state = update(state, piece);
          expect(state.map).toEqual(map(votes.slice(0, seen), options));
        }
        const [plain, kept] = [map(votes), state.map];
        expect(kept.consensus).toEqual(plain.consensus);
        expect(kept.people.map(({ x, y }) => [x, y])).toEqual(plain.people.map(({ x, y }) => [x, y]));
      }),
    );
  });

  it('leaves the old state as it was, and a copied state will do as well', () => {
    fc.assert(
      fc.property(conversation, fc.nat(220), (votes, cut) => {
        const state = begin(votes.slice(0, cut));
        const copy = structuredClone(state);
        const next = update(state, votes.slice(cut));
        expect(state).toEqual(copy);
        expect(update(copy, votes.slice(cut))).toEqual(next);
      }),
    );
  });

  it('never takes a placed person off the map', () => {
    fc.assert(
      fc.property(conversation, cuts, (votes, at) => {
        let state = begin();
        let placed: string[] = [];
        for (const piece of pieces(votes, at)) {
          state = update(state, piece);
          const now = state.map.people.filter((person) => person.placed).map(({ id }) => id);
          expect(now).toEqual(expect.arrayContaining(placed));
          placed = now;
        }
      }),
    );
  });

  it('keeps on the map who came early, unless told to forget', () => {
    const cast = (people: number, from: number, to: number) =>
      Array.from({ length: people * (to - from) }, (_, at) => ({
        person: String(at % people),
        statement: String(from + Math.floor(at / people)),
        vote: at % 3 ? 1 : -1,
      }));
    const early = begin(cast(20, 0, 3));
    expect(early.map.totals.placed).toBe(20);
    const later = cast(16, 3, 12);
    expect(update(early, later).map.totals.placed).toBe(20);
    expect(update(early, later, { history: null }).map.totals.placed).toBe(16);
    expect(map([...cast(20, 0, 3), ...later]).totals.placed).toBe(16);
  });

  it('moderates a statement with no new vote', () => {
    const votes = Array.from({ length: 40 }, (_, at) => ({
      person: String(at % 10),
      statement: String(Math.floor(at / 10)),
      vote: at % 3 ? 1 : -1,
    }));
    const statements = [{ id: '2', moderation: 'out' as const }];
    const state = update(begin(votes), [], { statements, history: null });
    expect(state.map).toEqual(map(votes, { statements }));
    expect(state.options.statements).toBe(statements);
  });
});
