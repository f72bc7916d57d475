import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { map } from './map.ts';
import type { Vote } from './types.ts';

const cross = (
  people: number,
  statements: number,
  vote: (person: number, statement: number) => number | null,
) =>
  Array.from({ length: people * statements }, (_, at): Vote[] => {
    const [person, statement] = [Math.floor(at / statements), at % statements];
    const cast = vote(person, statement);
    return cast === null ? [] : [{ person: String(person), statement: String(statement), vote: cast }];
  }).flat();

describe('degenerate conversations', () => {
  it('with no votes are an empty map', () => {
    expect(map([])).toEqual({
      totals: { people: 0, statements: 0, votes: 0, placed: 0 },
      components: { eigenvalues: [0, 0], explained: [0, 0], residual: 0 },
      people: [],
      statements: [],
      groups: [],
      clustering: { k: 0, candidate: 0, wins: 0, tried: [], measuredOn: 0 },
      representative: [],
      consensus: { agree: [], disagree: [] },
    });
  });

  it('with no votes but statements list those, each as likely to be asked', () => {
    const made = map([], { statements: [{ id: '2' }, { id: '1', text: 'One', meta: true }] });
    expect(
      made.statements.map(({ id, text, seen, priority, consensus }) => [id, text, seen, priority, consensus]),
    ).toEqual([
      ['1', 'One', 0, 49, 1],
      ['2', null, 0, 5.0625, 1],
    ]);
    expect(made.totals.statements).toBe(0);
  });

  it('with one person put them in the middle, in one group', () => {
    const made = map(cross(1, 8, (_, statement) => (statement % 3) - 1));
    expect(made.people).toMatchObject([{ x: 0, y: 0, placed: true, group: 0, votes: 8 }]);
    expect(made.groups).toMatchObject([{ label: 'A', size: 1, members: ['0'] }]);
    expect(made.clustering).toMatchObject({ k: 1, tried: [] });
  });

  it('with two people who differ do not call each a group', () => {
    const made = map(cross(2, 8, (person) => (person ? 1 : -1)));
    expect(made.groups).toHaveLength(1);
    expect(made.people[0]!.x).toBeCloseTo(-made.people[1]!.x, 12);
    expect(made.components.explained[0]).toBeCloseTo(1, 12);
  });

  it('with one statement lay everybody on a line', () => {
    const made = map(cross(30, 1, (person) => (person % 3) - 1));
    expect(made.components.eigenvalues[1]).toBe(0);
    expect(made.people.every(({ y }) => y === 0)).toBe(true);
    expect(made.clustering.k).toBe(3);
    expect(made.clustering.tried.map(({ k }) => k)).toEqual([2, 3]);
    expect(made.groups.map(({ size }) => size)).toEqual([10, 10, 10]);
  });

  it.each([1, 0, -1])('where everybody votes %i on everything are one point and one group', (vote) => {
    const made = map(cross(30, 9, () => vote));
    expect(made.people.every(({ x, y, placed }) => x === 0 && y === 0 && placed)).toBe(true);
    expect(made.groups).toMatchObject([{ size: 30, x: 0, y: 0 }]);
    expect(made.consensus.agree).toHaveLength(vote === 1 ? 5 : 0);
    expect(made.consensus.disagree).toHaveLength(vote === -1 ? 5 : 0);
    expect(made.representative[0]).toHaveLength(1);
  });

  it('with all votes missing but one are one person, one statement, one vote', () => {
    const made = map([{ person: 'p', statement: 's', vote: -1 }], { statements: [{ id: 't' }] });
    expect(made.totals).toEqual({ people: 1, statements: 1, votes: 1, placed: 1 });
    expect(made.statements.map(({ id, mean, seen }) => [id, mean, seen])).toEqual([
      ['s', -1, 1],
      ['t', 0, 0],
    ]);
    expect(made.groups[0]!.votes).toEqual([
      { agrees: 0, disagrees: 1, seen: 1 },
      { agrees: 0, disagrees: 0, seen: 0 },
    ]);
  });

  it('where every person votes on another statement find no difference between people', () => {
    const made = map(cross(20, 20, (person, statement) => (person === statement ? 1 : null)));
    expect(made.components.explained).toEqual([0, 0]);
    expect(made.totals.placed).toBe(15);
    expect(made.groups).toHaveLength(1);
  });

  it('with every statement moderated out keep counts and nothing else', () => {
    const statements = Array.from({ length: 8 }, (_, at) => ({ id: String(at), moderation: 'out' as const }));
    const made = map(
      cross(20, 8, (person) => (person % 2 ? 1 : -1)),
      { statements },
    );
    expect(made.statements[0]).toMatchObject({ agrees: 10, disagrees: 10, extremity: 0 });
    expect(made.people.every(({ x, y }) => x === 0 && y === 0)).toBe(true);
    expect(made.representative).toEqual([[]]);
  });

  it('with thousands of statements are mapped whole', () => {
    const statements = 4_000;
    const random = xoroshiro128plus(5);
    const made = map(
      cross(60, statements, (person, statement) =>
        uniformFloat64(random) < 0.1 ? (person % 2 === statement % 2 ? 1 : -1) : null,
      ),
    );
    expect(made.totals.statements).toBeGreaterThan(statements - 20);
    expect(made.components.residual).toBeLessThan(1e-12);
    expect(made.clustering.k).toBe(2);
    expect(made.groups.map(({ members }) => new Set(members.map((id) => Number(id) % 2)).size)).toEqual([
      1, 1,
    ]);
  });

  it('with ids of commas, quotes, line breaks and names of built-in things keep people apart', () => {
    const names = [
      'a,b',
      'a',
      'b',
      '"',
      '=1+1',
      'constructor',
      '__proto__',
      'toString',
      ' ',
      '\n',
      '0',
      '00',
      '1e3',
    ];
    const votes = names.flatMap((person, at) =>
      names.map((statement, column) => ({ person, statement, vote: (at + column) % 2 ? 1 : -1 })),
    );
    const made = map(votes);
    expect(new Set(made.people.map(({ id }) => id))).toEqual(new Set(names));
    expect(made.totals).toMatchObject({ people: 13, statements: 13, votes: 169 });
    const given = Object.fromEntries(names.map((name, at) => [name, at % 2 ? 'odd' : 'even']));
    expect(map(votes, { given }).groups.map(({ label, size }) => [label, size])).toEqual([
      ['even', 7],
      ['odd', 6],
    ]);
  });

  it('with groups given for nobody known have no groups', () => {
    const made = map(
      cross(5, 5, () => 1),
      { given: { stranger: 'x' } },
    );
    expect(made.groups).toEqual([]);
    expect(made.totals.placed).toBe(0);
    expect(made.statements[0]!.consensus).toBe(1);
  });
});
