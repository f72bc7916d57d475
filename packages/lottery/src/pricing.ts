import type { Model } from 'highs';
import { dot } from './problem.ts';
import type { Composition, PanelProblem } from './problem.ts';
import { makeModel, outcomeOf, solveInteger } from './solver.ts';
import type { RowModel, Solver, SparseRow } from './solver.ts';

/** The best panel found for some weights, and a proven upper bound on the best there is. */
export interface Priced {
  readonly panel: Composition | undefined;
  readonly value: number;
  readonly bound: number;
}

export interface PricingSettings {
  /** Prove the best panel (true), or take a good one and the bound of the linear relaxation. */
  readonly exact: boolean;
  /** Seconds; a time limit makes a run unrepeatable only when it is reached. */
  readonly timeLimit?: number;
}

/** Free variables of the first, restricted integer programme, as a multiple of the rows (2: half as fast). */
const FREE_PER_ROW = 1.3;
const TOLERANCE = 1e-9;

/**
 * Finds the panel with the largest Σ weights[t]·c[t]. First the linear relaxation, warm from the last basis,
 * whose value is a bound. Then an integer programme over the few types whose reduced cost is near zero, the
 * others held where the relaxation put them: mostly a few dozen variables in place of a thousand. Reduced
 * costs then say which types cannot move in any better panel; only if they do not settle it are more types
 * freed (the textbook's reduced-cost fixing, e.g. Wolsey, Integer Programming, section 7).
 */
export class Pricer {
  readonly #solver: Solver;
  readonly #problem: PanelProblem;
  readonly #base: RowModel;
  readonly #relaxation: Model;
  readonly #rowsOf: number[][];
  /** Counters for the report. */
  readonly count = { relaxations: 0, integer: 0, full: 0 };

  constructor(solver: Solver, problem: PanelProblem) {
    this.#solver = solver;
    this.#problem = problem;
    const types = problem.people.length;
    this.#base = {
      cost: new Array<number>(types).fill(0),
      lower: new Array<number>(types).fill(0),
      upper: [...problem.most],
      rows: problem.rows.map((row) => rowOf(row.types, row.min, row.max)),
      maximise: true,
    };
    this.#rowsOf = problem.people.map(() => []);
    problem.rows.forEach((row, r) => row.types.forEach((t) => this.#rowsOf[t]!.push(r)));
    // A change of costs keeps a basis primal feasible: primal simplex (4) goes on from there.
    this.#relaxation = makeModel(solver, this.#base, { solver: 'simplex', simplex_strategy: 4 });
  }

  price(weights: ArrayLike<number>, settings: PricingSettings): Priced {
    const relaxed = this.#relax(weights);
    if (!relaxed) return this.#wholly(weights, settings);
    const { values, reduced, bound } = relaxed;
    if (values.every((c) => Math.abs(c - Math.round(c)) < 1e-7)) {
      const panel = Int32Array.from(values, Math.round);
      return { panel, value: dot(weights, panel), bound };
    }
    const order = [...reduced.keys()].sort((a, b) => Math.abs(reduced[a]!) - Math.abs(reduced[b]!) || a - b);
    let free = Math.min(order.length, Math.max(40, Math.ceil(FREE_PER_ROW * this.#problem.rows.length)));
    while (free < order.length) {
      const found = this.#restricted(weights, values, order.slice(0, free), settings);
      if (found) {
        const value = dot(weights, found);
        const margin = bound - value + TOLERANCE;
        const needed = order.findIndex((t) => Math.abs(reduced[t]!) > margin);
        const open = needed === -1 ? order.length : needed;
        if (open <= free) return { panel: found, value, bound: value };
        if (!settings.exact) return { panel: found, value, bound };
        return this.#settled(weights, values, order.slice(0, open), { panel: found, value, bound }, settings);
      }
      free = Math.min(order.length, free * 3);
    }
    return this.#wholly(weights, settings);
  }

  dispose(): void {
    this.#relaxation.dispose();
  }

  /** The linear relaxation: its point, reduced costs and value; undefined when the solver did not finish. */
  #relax(weights: ArrayLike<number>) {
    this.count.relaxations++;
    const costs = Float64Array.from(weights);
    this.#relaxation.changeColsCost({ kind: 'range', from: 0, to: costs.length - 1 }, costs);
    if (outcomeOf(this.#relaxation.run().modelStatus) !== 'optimal') return undefined;
    const solution = this.#relaxation.getSolution();
    return {
      values: solution.colValue,
      reduced: solution.colDual,
      bound: this.#relaxation.getObjectiveValue() + TOLERANCE,
    };
  }

  /** Over the free types alone, the others held at their rounded value; undefined if no panel is there. */
  #restricted(
    weights: ArrayLike<number>,
    values: ArrayLike<number>,
    free: readonly number[],
    settings: PricingSettings,
  ): Composition | undefined {
    this.count.integer++;
    const small = { ...limits(settings), plain: true };
    const result = solveInteger(this.#solver, this.#submodel(weights, values, free), small);
    if (!result.values) return undefined;
    return this.#whole(values, free, result.values);
  }

  /** Over all types that reduced costs leave open: its optimum is the optimum of all. */
  #settled(
    weights: ArrayLike<number>,
    values: ArrayLike<number>,
    open: readonly number[],
    known: Priced,
    settings: PricingSettings,
  ): Priced {
    this.count.full++;
    const model = this.#submodel(weights, values, open);
    const result = solveInteger(this.#solver, model, limits(settings));
    if (!result.values) return known;
    const panel = this.#whole(values, open, result.values);
    const value = dot(weights, panel);
    const best = value > known.value ? { panel, value } : { panel: known.panel, value: known.value };
    const held = value - result.objective;
    const bound = result.outcome === 'optimal' ? best.value : result.bound + held;
    return { ...best, bound: Math.max(best.value, Math.min(known.bound, bound)) };
  }

  /** The whole integer programme, when the relaxation is of no help. */
  #wholly(weights: ArrayLike<number>, settings: PricingSettings): Priced {
    this.count.full++;
    const types = this.#problem.people.length;
    const all = Array.from({ length: types }, (_, t) => t);
    const zero = new Float64Array(types);
    const result = solveInteger(this.#solver, this.#submodel(weights, zero, all), limits(settings));
    if (!result.values) {
      return {
        panel: undefined,
        value: -Infinity,
        bound: result.outcome === 'infeasible' ? -Infinity : Infinity,
      };
    }
    const panel = this.#whole(zero, all, result.values);
    const value = dot(weights, panel);
    return { panel, value, bound: result.outcome === 'optimal' ? value : Math.max(value, result.bound) };
  }

  #submodel(weights: ArrayLike<number>, values: ArrayLike<number>, free: readonly number[]): RowModel {
    const isFree = new Set(free);
    const held = new Float64Array(this.#problem.rows.length);
    for (let t = 0; t < values.length; t++) {
      if (isFree.has(t)) continue;
      const c = Math.round(values[t]!);
      if (c !== 0) for (const r of this.#rowsOf[t]!) held[r]! += c;
    }
    const columns: number[][] = this.#problem.rows.map(() => []);
    free.forEach((t, j) => this.#rowsOf[t]!.forEach((r) => columns[r]!.push(j)));
    return {
      cost: free.map((t) => weights[t]!),
      lower: free.map(() => 0),
      upper: free.map((t) => this.#problem.most[t]!),
      rows: this.#problem.rows.map((row, r) => rowOf(columns[r]!, row.min - held[r]!, row.max - held[r]!)),
      integer: free.map(() => true),
      maximise: true,
    };
  }

  #whole(values: ArrayLike<number>, free: readonly number[], found: ArrayLike<number>): Composition {
    const panel = Int32Array.from(values, Math.round);
    free.forEach((t, j) => (panel[t] = Math.round(found[j]!)));
    return panel;
  }
}

function limits(settings: PricingSettings) {
  return settings.timeLimit === undefined ? {} : { timeLimit: settings.timeLimit };
}

function rowOf(types: readonly number[], lower: number, upper: number): SparseRow {
  return { indices: types, values: types.map(() => 1), lower, upper };
}
