import type { Columns } from './columns.ts';
import type { Components } from './components.ts';
import type { VoteTable } from './votes.ts';

export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Where each person stands: Σ over their votes (x − μ)·c, times √(statements / max(1, their votes)), so that
 * few votes do not mean the middle. A zeroed column is a vote of 0 by everybody and counts as voted.
 */
export function placePeople(table: VoteTable, columns: Columns, components: Components): Points {
  const people = table.people.length;
  const x = new Float64Array(people);
  const y = new Float64Array(people);
  for (let person = 0; person < people; person++) {
    let voted = columns.zeroedCount;
    for (let at = table.start[person]!; at < table.start[person + 1]!; at++) {
      const column = table.statement[at]!;
      if (columns.zeroed[column]) continue;
      const offset = table.value[at]! - columns.mean[column]!;
      x[person]! += offset * components.first[column]!;
      y[person]! += offset * components.second[column]!;
      voted++;
    }
    const scale = Math.sqrt(table.statements.length / Math.max(1, voted));
    x[person]! *= scale;
    y[person]! *= scale;
  }
  return { x, y };
}

/** The point of one who only agrees with each statement; `extremity` is its distance from the middle. */
export function placeStatements(
  columns: Columns,
  components: Components,
): Points & { extremity: Float64Array } {
  const count = columns.mean.length;
  const scale = Math.sqrt(count);
  const along = (loadings: Float64Array) =>
    Float64Array.from(loadings, (loading, column) =>
      columns.zeroed[column] ? 0 : scale * (1 - columns.mean[column]!) * loading,
    );
  const x = along(components.first);
  const y = along(components.second);
  return { x, y, extremity: x.map((entry, column) => Math.hypot(entry, y[column]!)) };
}

/** Votes that place a person, and people placed at least, from the Polis server. */
const ENOUGH_VOTES = 7;
const FEWEST_PLACED = 15;

/**
 * Rows of the people placed on the map, ascending: those with min(7, statements) votes, those placed before,
 * and where they are fewer than 15 the most active others (earlier ids first where equal) up to 15.
 */
export function choosePlaced(table: VoteTable, before: readonly string[] = []): Int32Array {
  const needed = Math.min(ENOUGH_VOTES, table.statements.length);
  const always = new Set(before);
  const count = (row: number) => table.start[row + 1]! - table.start[row]!;
  const placed: number[] = [];
  const others: number[] = [];
  table.people.forEach((id, row) => (count(row) >= needed || always.has(id) ? placed : others).push(row));
  if (placed.length < FEWEST_PLACED) {
    others.sort((a, b) => count(b) - count(a) || a - b);
    placed.push(...others.slice(0, FEWEST_PLACED - placed.length));
  }
  return Int32Array.from(placed).sort();
}
