import { describeColumns } from './columns.ts';
import { principalComponents } from './components.ts';
import { consensusOfAll } from './consensus.ts';
import { given, group } from './groups.ts';
import { choosePlaced, placePeople } from './positions.ts';
import type { Points } from './positions.ts';
import { represent } from './representative.ts';
import { groupRows, personRows, statementRows } from './rows.ts';
import { tally } from './tallies.ts';
import type { OpinionMap, Options, Vote } from './types.ts';
import { tabulate } from './votes.ts';
import type { VoteTable } from './votes.ts';

/**
 * The opinion map of a set of votes (Small and others 2021; see the README for each formula). Pure and
 * deterministic: the same votes and options give the same bits, in whatever order people and statements come.
 * Throws what `tabulate` throws. About O(votes · steps + placed · restarts), see bench.
 */
export function map(votes: readonly Vote[], options: Options = {}): OpinionMap {
  return mapTable(tabulate(votes, options.agree), options);
}

/** The same from votes laid out already. */
export function mapTable(table: VoteTable, options: Options = {}): OpinionMap {
  const infos = options.statements ?? [];
  const columns = describeColumns(table, infos);
  const components = principalComponents(table, columns);
  const points = placePeople(table, columns, components);
  const { placed, grouping } = options.given
    ? given(options.given, table.people)
    : cluster(table, points, options);
  const tallies = tally(table, placed, grouping.label, grouping.clustering.k);
  const out = new Set(infos.filter(({ moderation }) => moderation === 'out').map(({ id }) => id));
  const listed = (column: number) => !out.has(table.statements[column]!);
  const { eigenvalues, explained, residual } = components;
  const statements = statementRows(table, columns, components, tallies, infos);
  return {
    totals: {
      people: table.people.length,
      statements: table.statements.length,
      votes: table.value.length,
      placed: placed.length,
    },
    components: { eigenvalues, explained, residual },
    people: personRows(table, points, placed, grouping),
    statements,
    groups: groupRows(table, points, placed, grouping, tallies, statements),
    clustering: grouping.clustering,
    representative: grouping.labels.map((_, at) => represent(tallies, at, table.statements, listed)),
    consensus: consensusOfAll(columns, table.statements),
  };
}

function cluster(table: VoteTable, points: Points, options: Options) {
  const placed = choosePlaced(table, options.history?.placed);
  const theirs = {
    x: Float64Array.from(placed, (row) => points.x[row]!),
    y: Float64Array.from(placed, (row) => points.y[row]!),
  };
  const ids = Array.from(placed, (row) => table.people[row]!);
  return { placed, grouping: group(theirs, ids, options) };
}
