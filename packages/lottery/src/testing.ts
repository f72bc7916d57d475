import { existsSync, readFileSync } from 'node:fs';
import type { LotteryInput, Quota } from './contract.ts';
import { readPeople, readQuotas } from './reading.ts';
import { seededRandom } from './random.ts';

/** What the tests and the bench share: pools made by a seed, and the published data where it is there. */

const DATA = new URL('../../../../shared/data/panels/', import.meta.url);

/** The published pools are not part of the product; tests on them run where the folder is. */
export const hasData = existsSync(DATA);
export const withoutData = hasData ? '' : ' (left out: ../shared/data/panels is not there)';

export interface Published {
  readonly input: LotteryInput;
  readonly expected: Readonly<Record<string, unknown>> & { readonly k: number };
}

/** A published pool with the figures it must give. */
export function published(name: string): Published {
  const folder = new URL(`${name}/`, DATA);
  const first = (...files: string[]) =>
    readFileSync(
      new URL(
        files.find((f) => existsSync(new URL(f, folder)))!,
        folder,
      ),
    );
  const { quotas } = readQuotas(first('categories.csv', 'features.csv'));
  const { people } = readPeople(first('respondents.csv', 'candidates.csv'), quotas);
  const expected = JSON.parse(first('expected.json').toString()) as Published['expected'];
  return { input: { size: expected.k, quotas, people }, expected };
}

/** The small pools with exact answers. */
export function tinyExamples(): string {
  return readFileSync(new URL('tiny_examples.json', DATA), 'utf8');
}

export interface PoolShape {
  readonly people: number;
  readonly size: number;
  /** Values of each category. */
  readonly categories: readonly number[];
  /** How far minimum and maximum lie from the planted panel. */
  readonly slack: number;
  /** The share of people who live with others of the pool. */
  readonly shared?: number;
}

/** A pool with a planted panel, so that its quotas can be met; undefined where households leave no panel. */
export function plantedPool(shape: PoolShape, seed: number): LotteryInput | undefined {
  const random = seededRandom(seed);
  const people = Array.from({ length: shape.people }, (_, i) => ({
    id: `p${i}`,
    values: Object.fromEntries(
      shape.categories.map((n, c) => [`c${c}`, `v${Math.floor(n * random.unit() ** 1.5)}`]),
    ),
    household:
      random.unit() < (shape.shared ?? 0) ? `h${random.below(Math.ceil(shape.people / 4))}` : `own${i}`,
  }));
  const homes = new Set<string>();
  const planted = people.filter(
    (person) => homes.size < shape.size && !homes.has(person.household) && homes.add(person.household),
  );
  if (planted.length < shape.size) return undefined;
  const quotas: Quota[] = shape.categories.flatMap((n, c) =>
    Array.from({ length: n }, (_, v) => {
      const there = planted.filter((person) => person.values[`c${c}`] === `v${v}`).length;
      return {
        category: `c${c}`,
        value: `v${v}`,
        min: Math.max(0, there - shape.slack),
        max: there + shape.slack,
      };
    }),
  );
  return { size: shape.size, quotas, people };
}

/** A small random pool of any make-up, by seed. */
export function smallPool(seed: number): LotteryInput | undefined {
  const random = seededRandom(seed * 7919 + 1);
  const people = 8 + random.below(25);
  return plantedPool(
    {
      people,
      size: 2 + random.below(Math.min(8, people - 2)),
      categories: Array.from({ length: 2 + random.below(4) }, () => 2 + random.below(3)),
      slack: random.below(2),
      shared: random.below(2) * 0.4,
    },
    seed,
  );
}
