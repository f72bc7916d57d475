import { indexOf } from './ids.ts';
import type { StatementInfo } from './types.ts';
import type { VoteTable } from './votes.ts';

/** What is known of each column (a statement with a vote): counts of final votes, whether zeroed, its mean. */
export interface Columns {
  readonly agrees: Int32Array;
  readonly disagrees: Int32Array;
  readonly seen: Int32Array;
  /** 1 where moderated out or meta: such a column is 0 for everybody. */
  readonly zeroed: Uint8Array;
  readonly zeroedCount: number;
  /** Mean over present votes, a pass being 0; 0 in zeroed columns. */
  readonly mean: Float64Array;
}

/** Counts and means of all columns. O(votes). */
export function describeColumns(table: VoteTable, statements: readonly StatementInfo[]): Columns {
  const count = table.statements.length;
  const agrees = new Int32Array(count);
  const disagrees = new Int32Array(count);
  const seen = new Int32Array(count);
  for (let at = 0; at < table.value.length; at++) {
    const column = table.statement[at]!;
    const value = table.value[at]!;
    seen[column]!++;
    if (value === 1) agrees[column]!++;
    else if (value === -1) disagrees[column]!++;
  }
  const zeroed = new Uint8Array(count);
  const columnOf = indexOf(table.statements);
  for (const info of statements) {
    const column = columnOf.get(info.id);
    if (column !== undefined && (info.moderation === 'out' || info.meta)) zeroed[column] = 1;
  }
  const mean = new Float64Array(count);
  for (let column = 0; column < count; column++) {
    if (!zeroed[column]) mean[column] = (agrees[column]! - disagrees[column]!) / seen[column]!;
  }
  return { agrees, disagrees, seen, zeroed, zeroedCount: zeroed.reduce((sum, one) => sum + one, 0), mean };
}
