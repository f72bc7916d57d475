import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Drawn, LotteryInput, LotteryOptions } from './contract.ts';
import { drawLottery } from './lottery.ts';
import { seededRandom, shuffle } from './random.ts';
import { loadSolver, makeModel } from './solver.ts';
import type { Solver } from './solver.ts';
import { smallPool } from './testing.ts';

/** The last ones have quotas whose fractional relaxation promises more than panels can keep. */
const SEEDS = [...Array.from({ length: 60 }, (_, i) => i + 1), 1129, 1148];

const settings = { seed: 20_261_121, numRuns: 16 };
const pools = fc
  .integer({ min: 1, max: 1_000_000 })
  .map((seed) => smallPool(seed))
  .filter((pool) => pool !== undefined);

async function drawn(input: LotteryInput, options: LotteryOptions = {}): Promise<Drawn> {
  const outcome = await drawLottery(input, { seed: 5, ...options });
  if (outcome.kind !== 'drawn') throw new Error(JSON.stringify(outcome));
  return outcome;
}

/** Counts by hand, from the input alone. */
function expectPanelsKept(input: LotteryInput, lottery: Drawn): void {
  const people = new Map(input.people.map((person) => [person.id, person]));
  expect(lottery.panels).toHaveLength(1000);
  for (const panel of lottery.panels) {
    expect(new Set(panel).size).toBe(input.size);
    const members = panel.map((id) => people.get(id)!);
    expect(new Set(members.map((member) => member.household)).size).toBe(input.size);
    for (const quota of input.quotas) {
      const there = members.filter((member) => member.values[quota.category] === quota.value).length;
      expect(there).toBeGreaterThanOrEqual(quota.min);
      expect(there).toBeLessThanOrEqual(quota.max);
    }
  }
}

describe('every lottery', () => {
  it('keeps every quota and every household on every panel, by each method', async () => {
    await fc.assert(
      fc.asyncProperty(
        pools,
        fc.constantFrom('leximin', 'maximin', 'nash', 'legacy'),
        async (pool, method) => {
          expectPanelsKept(pool, await drawn(pool, { method }));
        },
      ),
      settings,
    );
  });

  it('has chances that add up to the places, and shift by k/1000 at most when rounded', async () => {
    await fc.assert(
      fc.asyncProperty(pools, async (pool) => {
        const lottery = await drawn(pool);
        const total = lottery.chances.reduce((sum, { chance }) => sum + chance, 0);
        expect(total).toBeCloseTo(pool.size, 6);
        for (const { chance, count } of lottery.chances) {
          expect(Math.abs(chance - count / 1000)).toBeLessThanOrEqual(pool.size / 1000 + 1e-9);
        }
      }),
      settings,
    );
  });

  it('gives people of one type turns that differ by one at most', async () => {
    await fc.assert(
      fc.asyncProperty(pools, async (pool) => {
        const alone = { ...pool, people: pool.people.map(({ id, values }) => ({ id, values })) };
        const lottery = await drawn(alone);
        const counts = new Map(lottery.chances.map(({ id, count }) => [id, count]));
        const types = Map.groupBy(alone.people, ({ values }) => JSON.stringify(values));
        for (const people of types.values()) {
          const turns = people.map(({ id }) => counts.get(id)!);
          expect(Math.max(...turns) - Math.min(...turns)).toBeLessThanOrEqual(1);
        }
      }),
      settings,
    );
  });

  it('is fairest by leximin, then maximin, then the greedy draw, and never above the simple bound', async () => {
    await fc.assert(
      fc.asyncProperty(pools, async (pool) => {
        const leximin = await drawn(pool);
        const maximin = await drawn(pool, { method: 'maximin' });
        const legacy = await drawn(pool, { method: 'legacy' });
        expect(leximin.finished && maximin.finished).toBe(true);
        expect(leximin.lowest).toBeGreaterThanOrEqual(maximin.lowest - 2e-5);
        expect(maximin.lowest).toBeGreaterThanOrEqual(legacy.lowest - 0.03);
        expect(leximin.lowest).toBeLessThanOrEqual(simpleBound(pool, leximin) + 1e-6);
        expect(leximin.lowest).toBeLessThanOrEqual(leximin.bound + 1e-9);
      }),
      settings,
    );
  });

  it('changes nothing but names when people, columns or quotas change places', async () => {
    await fc.assert(
      fc.asyncProperty(pools, fc.integer({ min: 1, max: 1000 }), async (pool, seed) => {
        const random = seededRandom(seed);
        const turned = {
          size: pool.size,
          quotas: shuffle([...pool.quotas], random),
          people: shuffle(
            pool.people.map((person) => ({
              ...person,
              values: Object.fromEntries(shuffle(Object.entries(person.values), random)),
            })),
            random,
          ),
        };
        const [before, after] = [await drawn(pool), await drawn(turned)];
        expect(after.chances).toEqual(before.chances);
        expect(after.panels).toEqual(before.panels);
      }),
      settings,
    );
  });

  it('gives renamed people the chances they had', async () => {
    await fc.assert(
      fc.asyncProperty(pools, async (pool) => {
        const renamed = { ...pool, people: pool.people.map((p, i) => ({ ...p, id: `x${999 - i}` })) };
        const names = new Map(pool.people.map((p, i) => [p.id, `x${999 - i}`]));
        const after = new Map((await drawn(renamed)).chances.map(({ id, chance }) => [id, chance]));
        for (const { id, chance } of (await drawn(pool)).chances) {
          expect(Math.abs(after.get(names.get(id)!)! - chance)).toBeLessThan(3e-5);
        }
      }),
      { ...settings, numRuns: 8 },
    );
  });
});

/** min over values of min(max_v, k − Σ other values' minimums) / people of the value who can be drawn. */
function simpleBound(pool: LotteryInput, lottery: Drawn): number {
  const outside = new Set(lottery.uncoverable.map(({ id }) => id));
  return Math.min(
    ...pool.quotas.map((quota) => {
      const others = pool.quotas.filter((q) => q.category === quota.category && q.value !== quota.value);
      const most = Math.min(quota.max, pool.size - others.reduce((sum, q) => sum + q.min, 0));
      const there = pool.people.filter(
        (p) => p.values[quota.category] === quota.value && !outside.has(p.id),
      ).length;
      return there === 0 ? Infinity : most / there;
    }),
  );
}

/** All panels of a tiny pool, person by person. */
function allPanels(pool: LotteryInput): number[][] {
  const found: number[][] = [];
  const walk = (next: number, chosen: number[]): void => {
    if (chosen.length === pool.size) {
      const members = chosen.map((i) => pool.people[i]!);
      const homes = new Set(members.map((member) => member.household)).size === pool.size;
      const kept = pool.quotas.every(({ category, value, min, max }) => {
        const there = members.filter((member) => member.values[category] === value).length;
        return there >= min && there <= max;
      });
      if (homes && kept) found.push([...chosen]);
      return;
    }
    for (let i = next; i < pool.people.length; i++) walk(i + 1, [...chosen, i]);
  };
  walk(0, []);
  return found;
}

/**
 * Leximin by its definition, over all panels: raise the lowest open chance; then ask of each open person alone
 * whether their chance could be higher with nobody's lower, and fix those for whom it could not.
 */
function leximinOf(
  solver: Solver,
  panels: readonly number[][],
  people: readonly number[],
): Map<number, number> {
  const fixed = new Map<number, number>();
  const solve = (goal: number | undefined, level: number): number => {
    const rows = people.map((i) => {
      const there = panels.flatMap((panel, j) => (panel.includes(i) ? [j + 1] : []));
      const open = goal === undefined && !fixed.has(i);
      return {
        indices: open ? [0, ...there] : there,
        values: [...(open ? [-1] : []), ...there.map(() => 1)],
        lower: open ? 0 : (fixed.get(i) ?? level) - 1e-9,
        upper: Infinity,
      };
    });
    const all = panels.map((_, j) => j + 1);
    const model = makeModel(solver, {
      cost: [goal === undefined ? 1 : 0, ...panels.map((panel) => (panel.includes(goal ?? -1) ? 1 : 0))],
      lower: [0, ...panels.map(() => 0)],
      upper: [1, ...panels.map(() => 1)],
      rows: [...rows, { indices: all, values: all.map(() => 1), lower: 1, upper: 1 }],
      maximise: true,
    });
    model.run();
    const objective = model.getObjectiveValue();
    model.dispose();
    return objective;
  };
  while (fixed.size < people.length) {
    const level = solve(undefined, 0);
    const open = people.filter((i) => !fixed.has(i));
    for (const i of open.filter((person) => solve(person, level) <= level + 1e-6)) fixed.set(i, level);
  }
  return fixed;
}

describe('against all panels listed one by one', () => {
  it('finds the whole leximin, and just those people who are on some panel', async () => {
    const solver = await loadSolver();
    let compared = 0;
    for (const seed of SEEDS) {
      const pool = smallPool(seed);
      if (!pool || pool.people.length > 20) continue;
      const panels = allPanels(pool);
      if (panels.length > 400) continue;
      const on = [...new Set(panels.flat())];
      const exact = leximinOf(solver, panels, on);
      const lottery = await drawn(pool);
      const chances = new Map(lottery.chances.map(({ id, chance }) => [id, chance]));
      pool.people.forEach(({ id }, i) => {
        expect(Math.abs(chances.get(id)! - (exact.get(i) ?? 0)), `pool ${seed}, ${id}`).toBeLessThan(1e-4);
      });
      expect(lottery.uncoverable).toHaveLength(pool.people.length - on.length);
      compared++;
    }
    expect(compared).toBeGreaterThan(20);
  });
});
