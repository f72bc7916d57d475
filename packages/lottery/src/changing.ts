import type { Pool } from './checking.ts';
import type { Impossible, QuotaChange } from './contract.ts';
import type { Grouped } from './grouping.ts';
import { solveInteger } from './solver.ts';
import type { RowModel, Solver } from './solver.ts';

interface Wanted {
  /** Stay within min_flex and max_flex. */
  readonly flex: boolean;
  /** A type that must be on the panel. */
  readonly type?: number;
}

/**
 * The least change of quotas that makes a panel possible: whole numbers r⁻ (lower a minimum) and r⁺ (raise a
 * maximum), minimising Σ (1 + 2/min)·r⁻ + Σ r⁺, so that small minimums, which protect small groups, are lowered
 * last. Undefined when no change helps (fewer people or households than places, or the flexible range is too narrow).
 */
export function leastChange(
  solver: Solver,
  pool: Pool,
  grouped: Grouped,
  wanted: Wanted,
): QuotaChange[] | undefined {
  const { problem, sources } = grouped;
  const types = problem.people.length;
  const cost: number[] = problem.people.map(() => 0);
  const upper: number[] = [...problem.most];
  const lower = problem.people.map((_, t) => (t === wanted.type ? 1 : 0));
  const changes: Omit<QuotaChange, 'to'>[] = [];
  const rows = problem.rows.map((row, r) => {
    const indices = [...row.types];
    const values = row.types.map(() => 1);
    const source = sources[r];
    if (source) {
      const category = pool.categories[source.category]!;
      const value = category.values[source.value]!;
      const names = { category: category.name, value: value.name };
      const down = wanted.flex ? value.min - value.minFlex : value.min;
      const up = Math.max(0, (wanted.flex ? Math.min(value.maxFlex, pool.size) : pool.size) - value.max);
      indices.push(cost.length, cost.length + 1);
      values.push(1, -1);
      changes.push(
        { ...names, bound: 'minimum', from: value.min },
        { ...names, bound: 'maximum', from: value.max },
      );
      cost.push(1 + 2 / Math.max(1, value.min), 1);
      lower.push(0, 0);
      upper.push(down, up);
    }
    return { indices, values, lower: row.min, upper: row.max };
  });
  const ranges = rows.map((row, r) => (sources[r] ? splitRow(row) : [row]));
  const model: RowModel = {
    cost,
    lower,
    upper,
    rows: ranges.flat(),
    integer: cost.map(() => true),
    maximise: false,
  };
  const result = solveInteger(solver, model);
  if (!result.values) return undefined;
  return changes.flatMap((change, j) => {
    const by = Math.round(result.values![types + j]!);
    return by === 0
      ? []
      : [{ ...change, to: change.bound === 'minimum' ? change.from - by : change.from + by }];
  });
}

/** A quota with both slacks becomes two rows: r⁻ helps the minimum alone, r⁺ the maximum alone. */
function splitRow(row: RowModel['rows'][number]): RowModel['rows'][number][] {
  const types = row.indices.slice(0, -2);
  const ones = types.map(() => 1);
  const [down, up] = row.indices.slice(-2);
  return [
    { indices: [...types, down!], values: [...ones, 1], lower: row.lower, upper: Infinity },
    { indices: [...types, up!], values: [...ones, -1], lower: -Infinity, upper: row.upper },
  ];
}

/** “lower the minimum of Age 18–24 from 4 to 3” */
export function sayChange(change: QuotaChange): string {
  const verb = change.bound === 'minimum' ? 'lower' : 'raise';
  return `${verb} the ${change.bound} of ${change.category} ${change.value} from ${change.from} to ${change.to}`;
}

/** What to say when no panel keeps all quotas. */
export function explainImpossible(solver: Solver, pool: Pool, grouped: Grouped): Impossible {
  const within = leastChange(solver, pool, grouped, { flex: true });
  const reason = 'No panel keeps all quotas.';
  if (within) return { kind: 'impossible', reason, changes: within, withinFlex: true };
  const beyond = leastChange(solver, pool, grouped, { flex: false });
  if (beyond) {
    const more = `${reason} Not even the flexible quotas (min_flex, max_flex) leave room for one.`;
    return { kind: 'impossible', reason: more, changes: beyond, withinFlex: false };
  }
  const homes = new Set(pool.people.map((person, i) => person.household ?? `\u0000${i}`)).size;
  const few = `The pool has ${homes} households for ${pool.size} places: no change of quotas helps. Invite more people.`;
  return { kind: 'impossible', reason: few, changes: [], withinFlex: false };
}

/** Why a type is on no panel, in words. */
export function whyUncoverable(solver: Solver, pool: Pool, grouped: Grouped, type: number): string {
  const person = pool.people[grouped.typeOf.indexOf(type)]!;
  for (const [c, category] of pool.categories.entries()) {
    const value = category.values[person.values[c]!]!;
    if (value.max === 0) return `The maximum of ${category.name} ${value.name} is 0.`;
  }
  const changes = leastChange(solver, pool, grouped, { flex: false, type });
  if (!changes || changes.length === 0) return 'No panel that keeps all quotas holds this person.';
  const list = changes.map(sayChange).join(' and ');
  return `No panel that keeps all quotas holds this person; one would, were you to ${list}.`;
}
