/**
 * The problem as the solvers see it: types of interchangeable people, and rows that each panel must keep.
 * Every row has coefficient 1 for its types: the panel's size, a value of a category, or a kind of household.
 */
export interface PanelRow {
  readonly min: number;
  readonly max: number;
  /** Types in this row, in ascending order. */
  readonly types: readonly number[];
  /** The row of a kind of household: each of its households gives one person at most. */
  readonly household?: boolean;
}

export interface PanelProblem {
  readonly size: number;
  /** People of each type. */
  readonly people: readonly number[];
  /** The most of each type that one panel can hold: the people, or the households they live in. */
  readonly most: readonly number[];
  /** The first row is the size of the panel. */
  readonly rows: readonly PanelRow[];
}

/** How many of each type are on a panel. */
export type Composition = Int32Array;

/** Whether a composition keeps every row and every bound. */
export function isPanel(problem: PanelProblem, panel: ArrayLike<number>): boolean {
  for (let t = 0; t < problem.people.length; t++) {
    const c = panel[t]!;
    if (!Number.isInteger(c) || c < 0 || c > problem.most[t]!) return false;
  }
  return problem.rows.every((row) => {
    let sum = 0;
    for (const t of row.types) sum += panel[t]!;
    return sum >= row.min && sum <= row.max;
  });
}

/** Σ weights[t]·c[t]. */
export function dot(weights: ArrayLike<number>, panel: ArrayLike<number>): number {
  let sum = 0;
  for (let t = 0; t < weights.length; t++) sum += weights[t]! * panel[t]!;
  return sum;
}
