import type { Workshop } from './methods.ts';
import type { TypeLottery } from './panels.ts';
import { isPanel } from './problem.ts';
import type { Composition, PanelProblem } from './problem.ts';
import type { Random } from './random.ts';

/** Draws whose frequencies estimate the chances, and how many failures in a row end the attempt. */
const DRAWS = 10_000;
const MOST_FAILURES = 20_000;

/**
 * The greedy method that many organisers used, for comparison: again and again take the value most in need (places
 * still owed, over people left who could fill them) and draw one of its people at random; start afresh when a quota
 * can no longer be kept. Chances are frequencies over 10,000 draws, the same for all people of a type.
 */
export async function drawLegacy(shop: Workshop): Promise<{
  lottery: TypeLottery;
  finished: boolean;
  draws: number;
  failures: number;
}> {
  const { problem, random, job, panels } = shop;
  const rowsOf = rowsByType(problem);
  const found = new Map<string, { panel: Composition; times: number }>();
  let draws = 0;
  let failures = 0;
  while (draws < DRAWS) {
    await job.breathe();
    if (job.stoppedBy() || failures > MOST_FAILURES + 10 * draws) break;
    const panel = drawOne(problem, rowsOf, random);
    if (!panel) {
      failures++;
      continue;
    }
    draws++;
    const key = panel.join();
    const known = found.get(key);
    if (known) known.times++;
    else found.set(key, { panel, times: 1 });
    if (draws % 100 === 0)
      job.report('panels', `${draws} greedy draws`, { panels: found.size, share: draws / DRAWS });
  }
  if (draws === 0) {
    return { lottery: { panels: [panels.list[0]!], weights: [1] }, finished: false, draws, failures };
  }
  const drawn = [...found.values()];
  const lottery = { panels: drawn.map((d) => d.panel), weights: drawn.map((d) => d.times / draws) };
  return { lottery, finished: draws === DRAWS, draws, failures };
}

function rowsByType(problem: PanelProblem): number[][] {
  const rowsOf: number[][] = problem.people.map(() => []);
  problem.rows.forEach((row, r) => row.types.forEach((t) => rowsOf[t]!.push(r)));
  return rowsOf;
}

/** One greedy draw, or undefined when it got stuck. */
function drawOne(
  problem: PanelProblem,
  rowsOf: readonly number[][],
  random: Random,
): Composition | undefined {
  const panel = new Int32Array(problem.people.length);
  // People left who may still be taken: a type that fills its households loses a household's share at a time.
  const left = Float64Array.from(problem.people);
  const taken = new Float64Array(problem.rows.length);
  for (const row of problem.rows) if (row.max <= 0) for (const t of row.types) left[t] = 0;
  for (let place = 0; place < problem.size; place++) {
    const type = pick(problem, left, taken, random);
    if (type === undefined) return undefined;
    panel[type]!++;
    const shared = rowsOf[type]!.find((r) => problem.rows[r]!.household);
    for (const t of shared === undefined ? [type] : problem.rows[shared]!.types) {
      left[t] = Math.max(0, left[t]! - problem.people[t]! / problem.most[t]!);
    }
    for (const r of rowsOf[type]!) {
      taken[r]!++;
      if (r > 0 && taken[r]! >= problem.rows[r]!.max) for (const t of problem.rows[r]!.types) left[t] = 0;
    }
  }
  return isPanel(problem, panel) ? panel : undefined;
}

/** A type, drawn in proportion to its people, from the neediest row; undefined when a row cannot be filled. */
function pick(
  problem: PanelProblem,
  left: Float64Array,
  taken: Float64Array,
  random: Random,
): number | undefined {
  let neediest = 0;
  let need = -1;
  for (let r = 0; r < problem.rows.length; r++) {
    const row = problem.rows[r]!;
    const owed = row.min - taken[r]!;
    if (owed <= 0) continue;
    let there = 0;
    for (const t of row.types) there += left[t]!;
    if (there < owed) return undefined;
    if (owed / there > need) {
      need = owed / there;
      neediest = r;
    }
  }
  const { types } = problem.rows[neediest]!;
  let total = 0;
  for (const t of types) total += left[t]!;
  let mark = random.unit() * total;
  let last: number | undefined;
  for (const t of types) {
    if (left[t]! <= 0) continue;
    last = t;
    mark -= left[t]!;
    if (mark < 0) return t;
  }
  return last;
}
