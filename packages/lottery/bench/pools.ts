import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LotteryInput } from '../src/contract.ts';
import { seededRandom } from '../src/random.ts';

/** Large pools made by a seed, with the shape of real ones: who answers is not who lives there. */

export interface BenchShape {
  readonly people: number;
  readonly types: number;
  readonly size: number;
  /** Values of each category. */
  readonly categories: readonly number[];
  /** Half the width of each quota: 0 makes every minimum equal to its maximum. */
  readonly slack: number;
  /** The share of people who live with somebody else of the pool. */
  readonly shared?: number;
}

/** 360 people in 279 types, every minimum equal to its maximum. */
export const TIGHT: BenchShape = {
  people: 360,
  types: 279,
  size: 40,
  categories: [2, 4, 4, 5, 3, 3],
  slack: 0,
};
/** 1,727 people in 1,228 types, 110 places. */
export const WIDE: BenchShape = {
  people: 1727,
  types: 1228,
  size: 110,
  categories: [2, 6, 9, 4, 5, 4],
  slack: 1,
};

/**
 * Draws people from shares that differ from the population's, up to the wanted number of types; the quotas are
 * those of one panel drawn with the population's shares, so that they can be met.
 */
export function makePool(shape: BenchShape, seed: number): LotteryInput {
  const random = seededRandom(seed);
  const population = shape.categories.map((n) => Array.from({ length: n }, () => 0.5 + random.unit()));
  const response = population.map((shares) => shares.map((share) => share * Math.exp(2 * random.unit() - 1)));
  const pick = (shares: readonly number[]) => {
    let mark = random.unit() * shares.reduce((sum, share) => sum + share, 0);
    const found = shares.findIndex((share) => (mark -= share) < 0);
    return found === -1 ? shares.length - 1 : found;
  };
  const people: number[][] = [];
  const seen = new Set<string>();
  while (people.length < shape.people) {
    const person = response.map(pick);
    const key = person.join();
    const wanted = shape.types - seen.size;
    if (seen.has(key) ? shape.people - people.length > wanted : wanted > 0) people.push(person);
    if (people.at(-1) === person) seen.add(key);
  }
  const homes = people.map((_, i) =>
    random.unit() < (shape.shared ?? 0) ? `shared ${random.below(Math.ceil(people.length / 6))}` : `own ${i}`,
  );
  const pull = (person: readonly number[]) =>
    person.reduce((w, v, c) => w * (population[c]![v]! / response[c]![v]!), 1);
  const order = people
    .map((person, i) => [Math.log(1 - random.unit()) / pull(person), i] as const)
    .sort(([a], [b]) => b - a)
    .map(([, i]) => i);
  const taken = new Set<string>();
  const panel = order.filter((i) => taken.size < shape.size && !taken.has(homes[i]!) && taken.add(homes[i]!));
  const quotas = shape.categories.flatMap((n, c) =>
    Array.from({ length: n }, (_, v) => {
      const there = panel.filter((i) => people[i]![c] === v).length;
      return {
        category: `category ${c}`,
        value: `value ${v}`,
        min: Math.max(0, there - shape.slack),
        max: there + shape.slack,
      };
    }),
  );
  return {
    size: shape.size,
    quotas,
    people: people.map((person, i) => ({
      id: `p${i}`,
      values: Object.fromEntries(person.map((v, c) => [`category ${c}`, `value ${v}`])),
      ...(shape.shared ? { household: homes[i]! } : {}),
    })),
  };
}

/** Writes a pool as the files that the command line takes. */
function writePool(folder: string, input: LotteryInput): void {
  mkdirSync(folder, { recursive: true });
  const quotas = input.quotas.map(({ category, value, min, max }) => [category, value, min, max].join(','));
  writeFileSync(join(folder, 'categories.csv'), `category,feature,min,max\n${quotas.join('\n')}\n`);
  const columns = Object.keys(input.people[0]!.values);
  const rows = input.people.map((person) =>
    [person.id, ...columns.map((name) => person.values[name])].join(','),
  );
  writeFileSync(join(folder, 'respondents.csv'), `id,${columns.join(',')}\n${rows.join('\n')}\n`);
}

if (import.meta.main) {
  const folder = resolve(process.env['INIT_CWD'] ?? '.', process.argv[2] ?? 'pools');
  writePool(join(folder, 'tight'), makePool(TIGHT, 1));
  writePool(join(folder, 'wide'), makePool(WIDE, 1));
  process.stdout.write(
    `Two pools are in ${folder}: tight (--size ${TIGHT.size}) and wide (--size ${WIDE.size}).\n`,
  );
}
