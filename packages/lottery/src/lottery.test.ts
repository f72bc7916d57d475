import { describe, expect, it } from 'vitest';
import type { Drawn, LotteryInput, LotteryOptions } from './contract.ts';
import { drawLottery } from './lottery.ts';
import { hasData, published, tinyExamples, withoutData } from './testing.ts';

async function drawn(input: LotteryInput, options: LotteryOptions = {}): Promise<Drawn> {
  const outcome = await drawLottery(input, { seed: 1, ...options });
  if (outcome.kind !== 'drawn') throw new Error(JSON.stringify(outcome));
  return outcome;
}

const chancesOf = (lottery: Drawn) =>
  Object.fromEntries(lottery.chances.map(({ id, chance }) => [id, chance]));

function expectChances(lottery: Drawn, exact: Readonly<Record<string, number>>): void {
  const chances = chancesOf(lottery);
  expect(Object.keys(chances).sort()).toEqual(Object.keys(exact).sort());
  for (const [id, chance] of Object.entries(exact)) expect(chances[id], id).toBeCloseTo(chance, 5);
}

type Tiny = readonly [
  quotas: Record<string, Record<string, [number, number]>>,
  people: Record<string, string[]>,
];

function inputOf(
  size: number,
  [quotas, people]: Tiny,
  households: Record<string, string[]> = {},
): LotteryInput {
  const features = Object.keys(quotas);
  return {
    size,
    quotas: features.flatMap((category) =>
      Object.entries(quotas[category]!).map(([value, [min, max]]) => ({ category, value, min, max })),
    ),
    people: Object.entries(people).map(([id, values]) => {
      const home = Object.keys(households).find((key) => households[key]!.includes(id));
      return {
        id,
        values: Object.fromEntries(features.map((category, f) => [category, values[f]!])),
        household: home ?? `alone ${id}`,
      };
    }),
  };
}

/** Two families of a comic strip: one of each age and each family, so four kinds of pairs. */
const families: Tiny = [
  { age: { child: [1, 2], adult: [1, 2] }, family: { mouse: [1, 2], duck: [1, 2] } },
  {
    ann: ['child', 'mouse'],
    bea: ['adult', 'mouse'],
    col: ['child', 'duck'],
    dov: ['child', 'duck'],
    eve: ['adult', 'duck'],
  },
];

describe('pools small enough to work out by hand', () => {
  it('gives Ann and Eve, Col and Dov their third each, and Bea two thirds', async () => {
    expectChances(await drawn(inputOf(2, families)), {
      ann: 1 / 3,
      eve: 1 / 3,
      col: 1 / 3,
      dov: 1 / 3,
      bea: 2 / 3,
    });
  });

  it('takes Bea always when Ann and Eve share a home', async () => {
    const lottery = await drawn(inputOf(2, families, { 'their home': ['ann', 'eve'] }));
    expectChances(lottery, { ann: 0, eve: 0, col: 0.5, dov: 0.5, bea: 1 });
    expect(lottery.uncoverable.map(({ id }) => id)).toEqual(['ann', 'eve']);
  });

  it('takes the one whom every panel needs, and shares the other place', async () => {
    const feature = (): Record<string, [number, number]> => ({ x: [1, 2], y: [0, 2] });
    const people = { a: ['x', 'x', 'x'], b: ['x', 'y', 'y'], c: ['y', 'x', 'y'], d: ['y', 'y', 'x'] };
    const lottery = await drawn(inputOf(2, [{ f: feature(), g: feature(), h: feature() }, people]));
    expectChances(lottery, { a: 1, b: 1 / 3, c: 1 / 3, d: 1 / 3 });
  });

  it('gives everyone the same chance where there are no real quotas', async () => {
    const people = Object.fromEntries(Array.from({ length: 7 }, (_, i) => [`p${i}`, ['x']]));
    const lottery = await drawn(inputOf(3, [{ f: { x: [0, 7] } }, people]));
    for (const { chance } of lottery.chances) expect(chance).toBeCloseTo(3 / 7, 9);
    expect(lottery.types).toBe(1);
  });

  it('names the person whose age has a maximum of 0, and one whom the quotas shut out', async () => {
    const quotas = { age: { old: [2, 2], young: [0, 0] }, sex: { f: [1, 1], m: [1, 1] } } satisfies Tiny[0];
    const people = { al: ['old', 'm'], bo: ['old', 'f'], cy: ['young', 'f'], di: ['old', 'f'] };
    const lottery = await drawn(inputOf(2, [quotas, people]));
    expectChances(lottery, { al: 1, bo: 0.5, cy: 0, di: 0.5 });
    expect(lottery.uncoverable).toEqual([{ id: 'cy', reason: 'The maximum of age young is 0.' }]);
  });

  it('draws again and again the same with a seed, and says where chance comes from', async () => {
    const once = await drawn(inputOf(2, families), { seed: 42 });
    const again = await drawn(inputOf(2, families), { seed: 42 });
    expect(again.panels).toEqual(once.panels);
    expect(once.randomness).toContain('seed');
    const real = await drawn(inputOf(2, families), { seed: undefined });
    expect(real.randomness).toContain('node:crypto');
    expectChances(real, chancesOf(once));
  });
});

describe.skipIf(!hasData)(`the tiny examples of the data folder${withoutData}`, () => {
  interface Example {
    readonly name: string;
    readonly instance: {
      readonly k: number;
      readonly quotas: Record<string, Record<string, [number, number]>>;
      readonly people: Record<string, string[]>;
      readonly features: string[];
      readonly households?: Record<string, string[]>;
    };
    readonly maximin_marginals?: Record<string, number>;
    readonly maximin_lower_bounds?: Record<string, number>;
  }
  const examples = hasData ? (JSON.parse(tinyExamples()) as Example[]) : [];

  it.each(examples.map((example) => [example.name, example] as const))('%s', async (_, example) => {
    const { k, quotas, people, features } = example.instance;
    const ordered = Object.fromEntries(features.map((feature) => [feature, quotas[feature]!]));
    const input = inputOf(k, [ordered, people]);
    for (const method of ['leximin', 'maximin'] as const) {
      const chances = chancesOf(await drawn(input, { method }));
      for (const [id, chance] of Object.entries(example.maximin_marginals ?? {})) {
        if (method === 'leximin') expect(chances[id], `${method} ${id}`).toBeCloseTo(chance, 5);
      }
      for (const [id, least] of Object.entries(example.maximin_lower_bounds ?? {})) {
        expect(chances[id], `${method} ${id}`).toBeGreaterThan(least - 2e-5);
      }
    }
  });
});

describe.skipIf(!hasData)(`published pools${withoutData}`, () => {
  it.each(['example_small_20', 'example_large_200'])('%s: everyone has one chance in ten', async (name) => {
    const lottery = await drawn(published(name).input);
    for (const { chance } of lottery.chances) expect(chance).toBeCloseTo(0.1, 6);
    expect(lottery.finished).toBe(true);
  });

  it('sf_demo_22: 1/11 at least, and the whole published vector', async () => {
    const { input, expected } = published('sf_demo_22');
    const lottery = await drawn(input);
    const chances = chancesOf(lottery);
    const rows = expected['leximin_per_row'] as number[];
    input.people.forEach(({ id }, i) => expect(Math.abs(chances[id]! - rows[i]!), id).toBeLessThan(5e-4));
    expect(lottery.lowest).toBeCloseTo(1 / 11, 5);
    expect(lottery.figures.gini).toBeCloseTo(0.1404, 3);
    expect(lottery.figures.geometricMean).toBeCloseTo(0.1412, 3);
    expect(lottery.figures.atMinimum).toBe(22);
  });

  it('israel_wide_60: 8/43 at least, one person on no panel, named with the reason', async () => {
    const { input, expected } = published('israel_wide_60');
    const lottery = await drawn(input);
    const chances = chancesOf(lottery);
    const rows = expected['leximin_per_row'] as number[];
    input.people.forEach(({ id }, i) => expect(Math.abs(chances[id]! - rows[i]!), id).toBeLessThan(5e-4));
    expect(lottery.lowest).toBeCloseTo(8 / 43, 5);
    expect(lottery.bound).toBeCloseTo(8 / 43, 6);
    expect(lottery.uncoverable).toHaveLength(1);
    expect(lottery.uncoverable[0]!.reason).toBe('The maximum of age 18-21 is 0.');
    expect(lottery.largestShift).toBeLessThan(60 / 1000);
  });

  it('israel_wide_60: nash has the largest geometric mean, within its proven bound', async () => {
    const { input } = published('israel_wide_60');
    const nash = await drawn(input, { method: 'nash' });
    const leximin = await drawn(input);
    expect(nash.figures.geometricMean).toBeGreaterThan(leximin.figures.geometricMean);
    expect(nash.geometricMeanBound).toBeGreaterThanOrEqual(nash.figures.geometricMean);
    expect(nash.geometricMeanBound! / nash.figures.geometricMean).toBeLessThan(1.0005);
    expect(nash.lowest).toBeLessThan(leximin.lowest);
  });
});
