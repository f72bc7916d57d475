import type { VoteTable } from './votes.ts';

/** Votes of each group on each column: entry `group * columns + column`. Votes as cast, zeroed or not. */
export interface Tallies {
  readonly groups: number;
  readonly columns: number;
  readonly agrees: Int32Array;
  readonly disagrees: Int32Array;
  readonly seen: Int32Array;
}

/** Counts votes of the placed people, whose groups are in `label`. O(their votes). */
export function tally(table: VoteTable, placed: Int32Array, label: Uint8Array, groups: number): Tallies {
  const columns = table.statements.length;
  const agrees = new Int32Array(groups * columns);
  const disagrees = new Int32Array(groups * columns);
  const seen = new Int32Array(groups * columns);
  placed.forEach((person, index) => {
    const base = label[index]! * columns;
    for (let at = table.start[person]!; at < table.start[person + 1]!; at++) {
      const cell = base + table.statement[at]!;
      const value = table.value[at]!;
      seen[cell]!++;
      if (value === 1) agrees[cell]!++;
      else if (value === -1) disagrees[cell]!++;
    }
  });
  return { groups, columns, agrees, disagrees, seen };
}

/** The column's counts over all groups. */
export function total(tallies: Tallies, column: number): [agrees: number, disagrees: number, seen: number] {
  const sum: [number, number, number] = [0, 0, 0];
  for (let cell = column; cell < tallies.seen.length; cell += tallies.columns) {
    sum[0] += tallies.agrees[cell]!;
    sum[1] += tallies.disagrees[cell]!;
    sum[2] += tallies.seen[cell]!;
  }
  return sum;
}
