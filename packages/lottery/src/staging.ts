import type { Model } from 'highs';
import type { Job } from './job.ts';
import type { PanelSet, TypeLottery } from './panels.ts';
import type { Pricer } from './pricing.ts';
import { dot } from './problem.ts';
import type { Composition, PanelProblem } from './problem.ts';
import { makeModel, outcomeOf } from './solver.ts';
import type { Solver } from './solver.ts';

/** A stage ends when no panel can raise its level by more than this. */
const EPSILON = 1e-5;
/** Types whose dual is above this are tight in every optimum. */
const POSITIVE = 1e-5;
const STEP_BACK = 1e-6;

export interface Staged {
  readonly lottery: TypeLottery;
  /** The first level reached and the proven bound on it. */
  readonly lowest: number;
  readonly bound: number;
  readonly finished: boolean;
  readonly levels: number;
}

interface Solved {
  readonly z: number;
  readonly duals: Float64Array;
  /** The most that a known panel earns under these duals. */
  readonly price: number;
}

/**
 * Column generation by stages (Flanigan and others, Nature 2021, supplementary information, algorithm 1), over
 * types: a linear programme spreads probability over the known panels so that the lowest open chance z is
 * highest; its duals price every panel there is; a panel that earns more than the known ones joins, and when none
 * does the stage is proven. Types with a positive dual are then fixed at z and the next stage begins.
 */
export class Stages {
  readonly #problem: PanelProblem;
  readonly #pricer: Pricer;
  readonly #panels: PanelSet;
  readonly #model: Model;
  readonly #rowOf: Int32Array;
  readonly #open: number[];
  readonly #fixed = new Map<number, number>();
  #columns = 0;
  /** z, then the probability of each panel, when a programme was last solved. */
  #values: ArrayLike<number> = [];

  constructor(solver: Solver, problem: PanelProblem, pricer: Pricer, panels: PanelSet) {
    this.#problem = problem;
    this.#pricer = pricer;
    this.#panels = panels;
    this.#open = [...problem.people.keys()].filter((t) => panels.covered[t]);
    this.#rowOf = new Int32Array(problem.people.length).fill(-1);
    this.#open.forEach((t, j) => (this.#rowOf[t] = j));
    const level = { indices: [0], values: [-1], lower: 0, upper: Infinity };
    const whole = { indices: [], values: [], lower: 1, upper: 1 };
    this.#model = makeModel(
      solver,
      {
        cost: [1],
        lower: [0],
        upper: [Infinity],
        rows: [...this.#open.map(() => level), whole],
        maximise: true,
      },
      { solver: 'simplex', primal_feasibility_tolerance: 1e-9, dual_feasibility_tolerance: 1e-9 },
    );
  }

  dispose(): void {
    this.#model.dispose();
  }

  /**
   * Goes through the stages: the first alone (maximin) or all (leximin).
   * @param bound a bound on the lowest chance that is known already
   */
  async run(all: boolean, bound: number, job: Job): Promise<Staged> {
    let lowest = 0;
    let levels = 0;
    let best = bound;
    for (;;) {
      this.#learn();
      const solved = this.#solve();
      if (!solved) return this.#result(lowest, best, false, levels);
      if (levels === 0) lowest = solved.z;
      const known = { panels: this.#columns, lowest, bound: best };
      job.report('proof', `Level ${levels + 1} at ${solved.z.toFixed(6)}`, known);
      await job.breathe();
      if (job.stoppedBy()) return this.#result(lowest, best, false, levels);
      if (!all && solved.z >= best - EPSILON) return this.#result(lowest, best, true, 1);
      const priced = this.#price(solved, job);
      if (levels === 0) best = Math.min(best, solved.z + Math.max(0, priced.bound - solved.price));
      if (priced.added) continue;
      if (priced.bound > solved.price + 2 * EPSILON) return this.#result(lowest, best, false, levels);
      levels++;
      if (!all || this.#fix(solved)) return this.#result(lowest, best, true, levels);
    }
  }

  #learn(): void {
    for (; this.#columns < this.#panels.list.length; this.#columns++) {
      const panel = this.#panels.list[this.#columns]!;
      const indices: number[] = [];
      const values: number[] = [];
      this.#open.forEach((t, j) => {
        if (panel[t] === 0) return;
        indices.push(j);
        values.push(panel[t]! / this.#problem.people[t]!);
      });
      this.#model.addCol(0, 0, Infinity, {
        indices: [...indices, this.#open.length],
        values: [...values, 1],
      });
    }
  }

  #solve(): Solved | undefined {
    for (let attempt = 0; attempt < 60; attempt++) {
      const outcome = outcomeOf(this.#model.run().modelStatus);
      if (outcome === 'optimal') {
        const solution = this.#model.getSolution();
        const z = solution.colValue[0]!;
        this.#values = solution.colValue;
        const duals = new Float64Array(this.#problem.people.length);
        this.#open.forEach((t, j) => (duals[t] = Math.abs(solution.rowDual[j]!)));
        let price = z;
        for (const [t, level] of this.#fixed) price += level * duals[t]!;
        return { z, duals, price };
      }
      if (outcome !== 'infeasible') return undefined;
      for (const [t, level] of this.#fixed) this.#hold(t, level - STEP_BACK);
    }
    return undefined;
  }

  /** Prices by the duals, roughly first, exactly before a stage may end. */
  #price(solved: Solved, job: Job): { added: boolean; bound: number } {
    const weights = solved.duals.map((y, t) => y / this.#problem.people[t]!);
    let priced = this.#pricer.price(weights, { exact: false, ...job.left });
    if (priced.bound <= solved.price + EPSILON) return { added: false, bound: priced.bound };
    if (!this.#joins(weights, priced.panel, solved.price)) {
      priced = this.#pricer.price(weights, { exact: true, ...job.left });
      if (priced.bound <= solved.price + EPSILON) return { added: false, bound: priced.bound };
      return { added: this.#joins(weights, priced.panel, solved.price), bound: priced.bound };
    }
    return { added: true, bound: priced.bound };
  }

  #joins(weights: Float64Array, panel: Composition | undefined, price: number): boolean {
    return panel !== undefined && dot(weights, panel) > price + EPSILON / 2 && this.#panels.add(panel);
  }

  /** Fixes the tight types at z; true when none is left open, or the level can go no higher. */
  #fix(solved: Solved): boolean {
    const open = this.#open.filter((t) => !this.#fixed.has(t));
    const most = open.reduce((top, t) => Math.max(top, solved.duals[t]!), 0);
    for (const t of open) {
      if (solved.duals[t]! <= Math.min(POSITIVE, most / 2)) continue;
      this.#model.changeCoefficient(this.#rowOf[t]!, 0, 0);
      this.#hold(t, solved.z);
    }
    return this.#fixed.size === this.#open.length || solved.z >= 1 - 1e-6 || most === 0;
  }

  #hold(t: number, level: number): void {
    this.#fixed.set(t, level);
    this.#model.changeRowBounds(this.#rowOf[t]!, Math.max(0, level), Infinity);
  }

  #result(lowest: number, bound: number, finished: boolean, levels: number): Staged {
    const panels = this.#panels.list.slice(0, this.#columns);
    return {
      lottery: { panels, weights: panels.map((_, j) => Math.max(0, this.#values[j + 1] ?? 0)) },
      lowest,
      bound: Math.max(bound, lowest),
      finished,
      levels,
    };
  }
}
