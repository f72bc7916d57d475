import loadHighs from 'highs';
import type { Highs, Model, ModelStatusCode } from 'highs';

/**
 * The solver: HiGHS compiled to WebAssembly. Nothing else in this package talks to it. Its memory is not
 * garbage collected, so every model made here is disposed of by the one who made it.
 */

export type Solver = Highs;

// The package declares its types for CommonJS alone, where the default export is one step further in.
const load = loadHighs as unknown as () => Promise<Highs>;

let loading: Promise<Highs> | undefined;

/** The solver, loaded once a process (about 30 ms). */
export function loadSolver(): Promise<Solver> {
  loading ??= load();
  return loading;
}

/** One sparse row: which columns, with which coefficients. */
export interface SparseRow {
  readonly indices: readonly number[];
  readonly values: readonly number[];
  readonly lower: number;
  readonly upper: number;
}

/** A model by rows: costs and bounds of the columns, then the rows. Infinite bounds are ±Infinity. */
export interface RowModel {
  readonly cost: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly rows: readonly SparseRow[];
  readonly integer?: readonly boolean[];
  readonly maximise: boolean;
}

export type Outcome = 'optimal' | 'infeasible' | 'unbounded' | 'limit' | 'failed';

/** What a status of HiGHS means to us. */
export function outcomeOf(status: ModelStatusCode): Outcome {
  if (status === 7) return 'optimal';
  if (status === 8) return 'infeasible';
  if (status === 9 || status === 10) return 'unbounded';
  if (status >= 11 && status <= 17 && status !== 15) return 'limit';
  return 'failed';
}

/** Puts a row model into the solver. The caller disposes of it. */
export function makeModel(
  solver: Solver,
  model: RowModel,
  options: Record<string, number | string | boolean> = {},
): Model {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const row of model.rows) {
    for (let j = 0; j < row.indices.length; j++) {
      indices.push(row.indices[j]!);
      values.push(row.values[j]!);
    }
    starts.push(indices.length);
  }
  const numCols = model.cost.length;
  const numRows = model.rows.length;
  const sense = solver.constants.objectiveSense;
  const made = solver.createModel();
  made.options.set({ output_flag: false, random_seed: 1, ...options });
  made.passModel({
    numCols,
    numRows,
    sense: model.maximise ? sense.maximize : sense.minimize,
    colCost: model.cost,
    colLower: model.lower,
    colUpper: model.upper,
    rowLower: model.rows.map((row) => row.lower),
    rowUpper: model.rows.map((row) => row.upper),
    matrix: { format: 'csr', numRows, numCols, starts, indices, values },
    ...(model.integer ? { integrality: model.integer.map((whole) => (whole ? 1 : 0)) } : {}),
  });
  return made;
}

/** The result of an integer programme: the best point found and the proven bound on the objective. */
export interface IntegerResult {
  readonly outcome: Outcome;
  readonly values: Float64Array | undefined;
  readonly objective: number;
  readonly bound: number;
}

/** Small programmes are solved sooner without the heuristics meant for large ones (105 ms for 181, measured). */
const PLAIN = {
  mip_heuristic_effort: 0.01,
  mip_heuristic_run_feasibility_jump: false,
  mip_heuristic_run_rins: false,
  mip_heuristic_run_rens: false,
  mip_heuristic_run_root_reduced_cost: false,
  mip_heuristic_run_zi_round: false,
  mip_heuristic_run_shifting: false,
};

/**
 * Solves an integer programme to the end. `timeLimit` is in seconds; `plain` leaves out the solver's heuristics.
 * A point is returned whenever one was found, also at the limit.
 */
export function solveInteger(
  solver: Solver,
  model: RowModel,
  settings: { timeLimit?: number; plain?: boolean } = {},
): IntegerResult {
  const options: Record<string, number | boolean> = { mip_rel_gap: 0, mip_abs_gap: 1e-9 };
  if (settings.plain) Object.assign(options, PLAIN);
  if (settings.timeLimit !== undefined && Number.isFinite(settings.timeLimit)) {
    options['time_limit'] = Math.max(0.05, settings.timeLimit);
  }
  const made = makeModel(solver, model, options);
  try {
    const outcome = outcomeOf(made.run().modelStatus);
    const found = Number(made.info.get('primal_solution_status')) === 2;
    return {
      outcome,
      values: found ? made.getSolution().colValue : undefined,
      objective: found ? made.getObjectiveValue() : Number.NaN,
      bound: Number(made.info.get('mip_dual_bound')),
    };
  } finally {
    made.dispose();
  }
}
