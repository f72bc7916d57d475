import { describe, expect, it } from 'vitest';
import { checkInput } from './checking.ts';
import { groupPeople } from './grouping.ts';
import { Job } from './job.ts';
import { spread } from './methods.ts';
import { PanelSet, coverTypes, expectedCounts, tidyLottery } from './panels.ts';
import { Pricer } from './pricing.ts';
import { isPanel } from './problem.ts';
import { seededRandom } from './random.ts';
import { loadSolver, solveInteger } from './solver.ts';
import { Stages } from './staging.ts';
import { smallPool } from './testing.ts';

const solver = await loadSolver();

async function workshop(seed: number) {
  const pool = smallPool(seed);
  if (!pool) return undefined;
  const { problem } = groupPeople(checkInput(pool).pool!);
  const pricer = new Pricer(solver, problem);
  const panels = new PanelSet(problem.people.length);
  const job = new Job({});
  await coverTypes(problem, pricer, panels, job);
  return { solver, problem, pricer, panels, proven: true, random: seededRandom(1), job };
}

describe('two ways to leximin', () => {
  it('agree: towards the target of the relaxation, and stage by stage', async () => {
    let compared = 0;
    for (let seed = 100; seed < 125; seed++) {
      const [a, b] = [await workshop(seed), await workshop(seed)];
      if (!a || !b) continue;
      const types = a.problem.people.length;
      const near = await spread('leximin', a);
      const stages = new Stages(solver, b.problem, b.pricer, b.panels);
      const staged = await stages.run(true, 1, b.job);
      expect(near.finished && staged.finished).toBe(true);
      const one = expectedCounts(tidyLottery(near.lottery), types);
      const other = expectedCounts(tidyLottery(staged.lottery), types);
      a.problem.people.forEach((n, t) => {
        expect(Math.abs(one[t]! - other[t]!) / n, `pool ${seed}, type ${t}`).toBeLessThan(5e-4);
      });
      for (const shop of [a, b]) shop.pricer.dispose();
      stages.dispose();
      compared++;
    }
    expect(compared).toBeGreaterThan(15);
  });
});

describe('pricing', () => {
  it('finds the best panel, as the whole integer programme does', async () => {
    const random = seededRandom(3);
    for (let seed = 200; seed < 215; seed++) {
      const shop = await workshop(seed);
      if (!shop) continue;
      const { problem, pricer } = shop;
      const weights = problem.people.map(() => random.unit() - 0.3);
      const priced = pricer.price(weights, { exact: true });
      const whole = solveInteger(solver, {
        cost: weights,
        lower: weights.map(() => 0),
        upper: problem.most,
        rows: problem.rows.map((row) => ({
          indices: row.types,
          values: row.types.map(() => 1),
          lower: row.min,
          upper: row.max,
        })),
        integer: weights.map(() => true),
        maximise: true,
      });
      expect(priced.value).toBeCloseTo(whole.objective, 6);
      expect(priced.bound).toBeGreaterThanOrEqual(whole.objective - 1e-7);
      expect(isPanel(problem, priced.panel!)).toBe(true);
      pricer.dispose();
    }
  });
});
