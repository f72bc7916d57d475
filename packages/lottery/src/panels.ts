import type { Job } from './job.ts';
import type { Pricer } from './pricing.ts';
import type { Composition, PanelProblem } from './problem.ts';

/** The different panels known so far, and which types are on at least one of them. */
export class PanelSet {
  readonly list: Composition[] = [];
  readonly covered: Uint8Array;
  readonly #seen = new Set<string>();

  constructor(types: number) {
    this.covered = new Uint8Array(types);
  }

  /** True when the panel was not known yet. */
  add(panel: Composition): boolean {
    const key = panel.join();
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    this.list.push(panel);
    for (let t = 0; t < panel.length; t++) if (panel[t]! > 0) this.covered[t] = 1;
    return true;
  }
}

/** A lottery over compositions: probability `weights[j]` for `panels[j]`, and the expected number of each type. */
export interface TypeLottery {
  readonly panels: readonly Composition[];
  readonly weights: readonly number[];
}

export type Covering = 'covered' | 'impossible' | 'stopped';

/**
 * Finds a first panel, then panels until each type is on one or proven to be on none: the weight is on all types
 * not seen yet, so that one panel takes as many of them as it can.
 */
export async function coverTypes(
  problem: PanelProblem,
  pricer: Pricer,
  panels: PanelSet,
  job: Job,
): Promise<Covering> {
  const types = problem.people.length;
  job.report('feasibility', 'Looking for a first panel');
  await job.breathe();
  const first = pricer.price(new Float64Array(types), { exact: true, ...job.left });
  if (!first.panel) return first.bound === -Infinity ? 'impossible' : 'stopped';
  panels.add(first.panel);
  for (;;) {
    const weights = Float64Array.from(panels.covered, (seen) => (seen ? 0 : 1));
    const missing = weights.reduce((total, w) => total + w, 0);
    if (missing === 0) return 'covered';
    const share = 1 - missing / types;
    job.report('coverage', `${missing} types on no panel yet`, { panels: panels.list.length, share });
    await job.breathe();
    if (job.stoppedBy()) return 'stopped';
    // A good panel will do to cover types; only that none is left to cover needs proof.
    const rough = pricer.price(weights, { exact: false, ...job.left });
    const priced = rough.value > 0.5 ? rough : pricer.price(weights, { exact: true, ...job.left });
    if (priced.value > 0.5) panels.add(priced.panel!);
    else return priced.bound < 1 - 1e-6 ? 'covered' : 'stopped';
  }
}

/** The expected number of each type on a panel drawn by the lottery. */
export function expectedCounts(lottery: TypeLottery, types: number): Float64Array {
  const counts = new Float64Array(types);
  lottery.panels.forEach((panel, j) => {
    const x = lottery.weights[j]!;
    if (x !== 0) for (let t = 0; t < types; t++) counts[t]! += x * panel[t]!;
  });
  return counts;
}

/** Drops what has next to no probability and makes the rest add up to 1. */
export function tidyLottery(lottery: TypeLottery): TypeLottery {
  const kept = [...lottery.weights.keys()].filter((j) => lottery.weights[j]! >= 1e-8);
  const total = kept.reduce((sum, j) => sum + lottery.weights[j]!, 0);
  return {
    panels: kept.map((j) => lottery.panels[j]!),
    weights: kept.map((j) => lottery.weights[j]! / total),
  };
}
