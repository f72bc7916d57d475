import type { Model } from 'highs';
import type { PanelProblem } from './problem.ts';
import { makeModel, outcomeOf } from './solver.ts';
import type { Solver, SparseRow } from './solver.ts';

/** A dual above this is positive: its type is tight in every optimum. Chances are of the order of 1. */
const POSITIVE = 1e-7;
const STEP_BACK = 1e-7;
const MOST_STEPS_BACK = 60;

/** The leximin point of the relaxation: expected numbers of each type, and the first, lowest level. */
export interface Target {
  readonly counts: Float64Array;
  readonly lowest: number;
  readonly levels: number;
}

/**
 * The leximin of the linear relaxation: panels may hold parts of people, and averages of panels (which is what a
 * lottery's expected numbers are) always lie in it. So its lowest chance bounds every lottery's, and where a
 * lottery attains the whole point, that lottery is the leximin: the relaxation contains all lotteries and the
 * leximin point of a convex set is unique. Stage by stage: raise the lowest chance, fix the types whose dual is
 * positive, go on with the others.
 * @param coverable types on some panel: theirs are the chances that count
 * @param proven whether the others are known to be on none, and so are held at 0
 */
export function relaxedLeximin(
  solver: Solver,
  problem: PanelProblem,
  coverable: ArrayLike<number>,
  proven: boolean,
): Target | undefined {
  const types = problem.people.length;
  const open = [...problem.people.keys()].filter((t) => coverable[t]);
  const rows: SparseRow[] = [
    ...problem.rows.map((row) => ({
      indices: row.types,
      values: row.types.map(() => 1),
      lower: row.min,
      upper: row.max,
    })),
    ...open.map((t) => ({
      indices: [t, types],
      values: [1 / problem.people[t]!, -1],
      lower: 0,
      upper: Infinity,
    })),
  ];
  const model = makeModel(
    solver,
    {
      cost: [...problem.people.map(() => 0), 1],
      lower: new Array<number>(types + 1).fill(0),
      upper: [...problem.most.map((most, t) => (coverable[t] || !proven ? most : 0)), Infinity],
      rows,
      maximise: true,
    },
    { solver: 'simplex', primal_feasibility_tolerance: 1e-10, dual_feasibility_tolerance: 1e-10 },
  );
  try {
    return climb(model, open, types, rows.length - open.length);
  } finally {
    model.dispose();
  }
}

/** The stages. Row `first + j` says that type `open[j]` has at least the chance z, or its fixed chance. */
function climb(model: Model, open: readonly number[], types: number, first: number): Target | undefined {
  const fixed = new Map<number, number>();
  let stepsBack = 0;
  let lowest = Number.NaN;
  let levels = 0;
  for (;;) {
    const outcome = outcomeOf(model.run().modelStatus);
    if (outcome !== 'optimal') {
      // Fixed chances rounded up by a hair can leave no room: give a hair back and go on.
      if (outcome !== 'infeasible' || stepsBack++ >= MOST_STEPS_BACK) return undefined;
      for (const [j, level] of fixed) {
        fixed.set(j, level - STEP_BACK);
        model.changeRowBounds(first + j, Math.max(0, level - STEP_BACK), Infinity);
      }
      continue;
    }
    const solution = model.getSolution();
    const z = solution.colValue[types]!;
    levels++;
    if (levels === 1) lowest = z;
    const duals = open.map((_, j) => (fixed.has(j) ? 0 : Math.abs(solution.rowDual[first + j]!)));
    const threshold = Math.min(POSITIVE, duals.reduce((a, b) => Math.max(a, b), 0) / 2);
    duals.forEach((dual, j) => {
      if (fixed.has(j) || dual <= threshold) return;
      fixed.set(j, z);
      model.changeCoefficient(first + j, types, 0);
      model.changeRowBounds(first + j, Math.max(0, z - 1e-9), Infinity);
    });
    if (fixed.size === open.length || z >= 1 - 1e-6 || threshold === 0) {
      return { counts: solution.colValue.slice(0, types), lowest, levels };
    }
  }
}
