import type { Columns } from './columns.ts';
import type { Components } from './components.ts';
import { divisionOf, groupInformed } from './consensus.ts';
import type { Grouping } from './groups.ts';
import { compareIds, indexOf } from './ids.ts';
import { placeStatements } from './positions.ts';
import type { Points } from './positions.ts';
import { priorityOf } from './priorities.ts';
import { total } from './tallies.ts';
import type { Tallies } from './tallies.ts';
import type { GroupRow, PersonRow, StatementInfo, StatementRow } from './types.ts';
import type { VoteTable } from './votes.ts';

/** One row a person with a vote, in id order. */
export function personRows(
  table: VoteTable,
  points: Points,
  placed: Int32Array,
  grouping: Grouping,
): PersonRow[] {
  const groupOf = new Map(Array.from(placed, (row, at) => [row, grouping.label[at]!]));
  return table.people.map((id, row) => {
    let [agrees, disagrees] = [0, 0];
    for (let at = table.start[row]!; at < table.start[row + 1]!; at++) {
      if (table.value[at]! > 0) agrees++;
      else if (table.value[at]! < 0) disagrees++;
    }
    const votes = table.start[row + 1]! - table.start[row]!;
    return {
      id,
      votes,
      agrees,
      disagrees,
      passes: votes - agrees - disagrees,
      x: points.x[row]!,
      y: points.y[row]!,
      placed: groupOf.has(row),
      group: groupOf.get(row) ?? null,
    };
  });
}

/** One row a statement: those with a vote and those only known from `infos`, in id order. */
export function statementRows(
  table: VoteTable,
  columns: Columns,
  components: Components,
  tallies: Tallies,
  infos: readonly StatementInfo[],
): StatementRow[] {
  const points = placeStatements(columns, components);
  const known = new Map(infos.map((info) => [info.id, info]));
  const rows = table.statements.map((id, column): StatementRow => {
    const info = known.get(id);
    known.delete(id);
    const [agrees, disagrees, seen] = [
      columns.agrees[column]!,
      columns.disagrees[column]!,
      columns.seen[column]!,
    ];
    return {
      ...about(id, info),
      agrees,
      disagrees,
      passes: seen - agrees - disagrees,
      seen,
      mean: columns.mean[column]!,
      loading1: components.first[column]!,
      loading2: components.second[column]!,
      x: points.x[column]!,
      y: points.y[column]!,
      extremity: points.extremity[column]!,
      consensus: groupInformed(tallies, column),
      division: divisionOf(tallies, column),
      priority: priorityOf(total(tallies, column), points.extremity[column]!, info?.meta ?? false),
    };
  });
  if (known.size === 0) return rows;
  rows.push(...Array.from(known.values(), (info) => unseen(info, tallies.groups)));
  return rows.sort((a, b) => compareIds(a.id, b.id));
}

function about(id: string, info: StatementInfo | undefined) {
  return {
    id,
    text: info?.text ?? null,
    moderation: info?.moderation ?? ('waiting' as const),
    meta: info?.meta ?? false,
  };
}

/** A statement without a vote is no column: it has no place, the consensus of no votes, and a high priority. */
function unseen(info: StatementInfo, groups: number): StatementRow {
  return {
    ...about(info.id, info),
    agrees: 0,
    disagrees: 0,
    passes: 0,
    seen: 0,
    mean: 0,
    loading1: 0,
    loading2: 0,
    x: 0,
    y: 0,
    extremity: 0,
    consensus: 0.5 ** groups,
    division: 0,
    priority: priorityOf([0, 0, 0], 0, info.meta ?? false),
  };
}

/** One row a group, its centre the mean of its members, its votes in the order of `statements`. */
export function groupRows(
  table: VoteTable,
  points: Points,
  placed: Int32Array,
  grouping: Grouping,
  tallies: Tallies,
  statements: readonly StatementRow[],
): GroupRow[] {
  const columnOf = indexOf(table.statements);
  return grouping.labels.map((label, id) => {
    const rows = Array.from(placed).filter((_, at) => grouping.label[at] === id);
    const mean = (along: Float64Array) => rows.reduce((sum, row) => sum + along[row]!, 0) / rows.length;
    return {
      id,
      label,
      size: rows.length,
      x: mean(points.x),
      y: mean(points.y),
      members: rows.map((row) => table.people[row]!),
      votes: statements.map((statement) => {
        const column = columnOf.get(statement.id);
        const cell = column === undefined ? -1 : id * tallies.columns + column;
        return {
          agrees: tallies.agrees[cell] ?? 0,
          disagrees: tallies.disagrees[cell] ?? 0,
          seen: tallies.seen[cell] ?? 0,
        };
      }),
    };
  });
}
