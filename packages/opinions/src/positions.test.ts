import { describe, expect, it } from 'vitest';
import { describeColumns } from './columns.ts';
import type { Components } from './components.ts';
import { placePeople, placeStatements } from './positions.ts';
import { tabulate } from './votes.ts';

/** Three statements: μ = ½ (one agrees, one passes), −1 and 0; the fourth is moderated out. */
const table = tabulate([
  { person: 'Ann', statement: 'a', vote: 1 },
  { person: 'Bob', statement: 'a', vote: 0 },
  { person: 'Bob', statement: 'b', vote: -1 },
  { person: 'Ann', statement: 'c', vote: 1 },
  { person: 'Cei', statement: 'c', vote: -1 },
  { person: 'Cei', statement: 'd', vote: 1 },
]);
const columns = describeColumns(table, [{ id: 'd', moderation: 'out' }]);
const components: Components = {
  first: Float64Array.of(0.6, 0.8, 0, 0),
  second: Float64Array.of(0, 0, 1, 0),
  eigenvalues: [1, 1],
  explained: [0.5, 0.5],
  residual: 0,
};

describe('columns', () => {
  it('have the mean of the votes there are, a pass being 0, and 0 where zeroed', () => {
    expect([...columns.mean]).toEqual([0.5, -1, 0, 0]);
    expect([...columns.seen]).toEqual([2, 1, 2, 1]);
    expect(columns.zeroedCount).toBe(1);
  });
});

describe('places on the map, by hand', () => {
  it('of people make up for votes not cast, zeroed statements counting as cast', () => {
    const { x, y } = placePeople(table, columns, components);
    // Ann: a and c of four statements, and d counts as voted: √(4/3).
    expect(x[0]).toBeCloseTo(0.5 * 0.6 * Math.sqrt(4 / 3), 14);
    expect(y[0]).toBeCloseTo(Math.sqrt(4 / 3), 14);
    expect(x[1]).toBeCloseTo(-0.5 * 0.6 * Math.sqrt(4 / 3), 14);
    // Cei voted on c and on d, which counts once.
    expect([x[2], y[2]]).toEqual([0, -Math.sqrt(4 / 2)]);
  });

  it('of statements are those of one who only agrees with them', () => {
    const { x, y, extremity } = placeStatements(columns, components);
    expect(x[0]).toBeCloseTo(2 * 0.5 * 0.6, 14);
    expect(x[1]).toBeCloseTo(2 * 2 * 0.8, 14);
    expect([...y]).toEqual([0, 0, 2, 0]);
    expect(extremity[1]).toBeCloseTo(3.2, 14);
    expect(extremity[3]).toBe(0);
  });
});
