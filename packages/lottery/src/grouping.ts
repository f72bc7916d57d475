import type { Pool, PoolPerson } from './checking.ts';
import type { PanelProblem, PanelRow } from './problem.ts';

/** Where a row of the problem comes from, for messages and for changes of quotas. */
export interface RowSource {
  readonly category: number;
  readonly value: number;
}

/** Households of the same make-up: for each household, its people of each of the class's types. */
export interface HouseholdClass {
  readonly types: readonly number[];
  readonly households: readonly (readonly (readonly number[])[])[];
}

export interface Grouped {
  readonly problem: PanelProblem;
  /** For rows 1, 2, … : the quota, or undefined for a kind of household. Row 0 is the size. */
  readonly sources: readonly (RowSource | undefined)[];
  /** Type of each person of the pool. */
  readonly typeOf: readonly number[];
  readonly classes: readonly HouseholdClass[];
}

/**
 * Groups people who are interchangeable. Two people are of one type when they have the same values, and live in
 * households of the same make-up. Swapping them (or their households) turns valid panels into valid panels, so a
 * fairest lottery gives both the same chance, and it is enough to say how many of each type a panel holds.
 * A value whose quota can never bind (minimum 0, maximum not below the panel or the pool) does not tell people
 * apart.
 */
export function groupPeople(pool: Pool): Grouped {
  const binding = bindingValues(pool);
  const keys = pool.people.map((person) => person.values.map((v, c) => (binding[c]![v] ? v : -1)).join(','));
  const classes = gatherClasses(pool.people, keys);
  const people: number[] = [];
  const most: number[] = [];
  const typeOf = new Array<number>(pool.people.length).fill(-1);
  const made: HouseholdClass[] = [];
  const householdRows: PanelRow[] = [];
  for (const { valueKeys, households } of classes) {
    const types = valueKeys.map((_, j) => {
      const t = people.length;
      people.push(households.reduce((total, members) => total + members[j]!.length, 0));
      most.push(households.length);
      households.forEach((members) => members[j]!.forEach((person) => (typeOf[person] = t)));
      return t;
    });
    made.push({ types, households });
    if (types.length > 1) householdRows.push({ min: 0, max: households.length, types, household: true });
  }
  const rows: PanelRow[] = [{ min: pool.size, max: pool.size, types: people.map((_, t) => t) }];
  const sources: (RowSource | undefined)[] = [undefined];
  const sample = new Array<number>(people.length).fill(-1);
  typeOf.forEach((t, person) => (sample[t] = person));
  pool.categories.forEach((category, c) => {
    category.values.forEach((value, v) => {
      if (!binding[c]![v]) return;
      const types = [...sample.keys()].filter((t) => pool.people[sample[t]!]!.values[c] === v);
      rows.push({ min: value.min, max: value.max, types });
      sources.push({ category: c, value: v });
    });
  });
  for (const row of householdRows) {
    rows.push(row);
    sources.push(undefined);
  }
  return { problem: { size: pool.size, people, most, rows }, sources, typeOf, classes: made };
}

function bindingValues(pool: Pool): boolean[][] {
  return pool.categories.map((category, c) =>
    category.values.map((value, v) => {
      const there = pool.people.filter((person) => person.values[c] === v).length;
      return value.min > 0 || value.max < Math.min(pool.size, there);
    }),
  );
}

interface Gathered {
  readonly valueKeys: string[];
  readonly households: number[][][];
}

/** Households by make-up, in an order that depends on the make-ups and the ids alone. */
function gatherClasses(people: readonly PoolPerson[], keys: readonly string[]): Gathered[] {
  const households = new Map<string, number[]>();
  people.forEach((person, i) => {
    const key = person.household === undefined ? `\u0000${i}` : `h${person.household}`;
    const members = households.get(key);
    if (members) members.push(i);
    else households.set(key, [i]);
  });
  const found = new Map<string, Gathered>();
  for (const members of households.values()) {
    const makeUp = members.map((i) => keys[i]!).sort();
    const valueKeys = [...new Set(makeUp)];
    const name = makeUp.join(';');
    const gathered = found.get(name) ?? { valueKeys, households: [] };
    gathered.households.push(valueKeys.map((key) => members.filter((i) => keys[i] === key)));
    found.set(name, gathered);
  }
  return [...found.entries()]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, gathered]) => gathered);
}
