import { stringify } from 'csv-stringify/sync';
import { placedShown, shownGroups } from './disclosure.ts';
import type { Disclosure } from './disclosure.ts';
import type { ConsensusRow, OpinionMap } from './types.ts';

export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

/** One table of output: a CSV and a JSON file of this name. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** All tables a reader may see. The public gets neither people nor priorities, which tell single votes. */
export function tables(map: OpinionMap, disclosure: Disclosure, xids: ReadonlyMap<string, string>): Table[] {
  const shared = [
    statementTable(map, disclosure),
    groupTable(map, disclosure),
    voteTable(map, disclosure),
    representativeTable(map, disclosure),
    consensusTable(map, disclosure),
  ];
  return disclosure.open ? shared : [peopleTable(map, xids), ...shared, priorityTable(map)];
}

function table(name: string, columns: readonly string[], rows: readonly Row[]): Table {
  return { name, columns, rows };
}

function peopleTable(map: OpinionMap, xids: ReadonlyMap<string, string>): Table {
  const labels = map.groups.map(({ label }) => label);
  const columns = ['person', 'xid', 'votes', 'agrees', 'disagrees', 'passes', 'x', 'y', 'placed', 'group'];
  const rows = map.people.map(({ id, group, ...rest }) => ({
    person: id,
    xid: xids.get(id) ?? null,
    ...rest,
    group: group === null ? null : labels[group]!,
  }));
  return table('people', columns, rows);
}

/** Statements a reader may see, with their place: the public sees nothing that was moderated out. */
function listed(map: OpinionMap, disclosure: Disclosure) {
  return map.statements.flatMap((row, at) =>
    disclosure.open && row.moderation === 'out' ? [] : [{ row, at }],
  );
}

function statementTable(map: OpinionMap, disclosure: Disclosure): Table {
  const { count, figure, open } = disclosure;
  const whole = shownGroups(map, disclosure).left === 0;
  const counts = ['agrees', 'disagrees', 'passes', 'seen'] as const;
  const exact = ['mean', 'loading1', 'loading2'] as const;
  const columns = ['statement', 'text', 'moderation', 'meta', ...counts, ...(open ? [] : exact)];
  const rows = listed(map, disclosure).map(({ row }) => ({
    statement: row.id,
    text: row.text,
    moderation: row.moderation,
    meta: row.meta,
    ...Object.fromEntries(counts.map((name) => [name, count(row[name])])),
    ...(open ? {} : Object.fromEntries(exact.map((name) => [name, row[name]]))),
    x: figure(row.x, 1),
    y: figure(row.y, 1),
    extremity: figure(row.extremity, 1),
    // Where a group is left out, a product or a span over all groups would tell of it.
    consensus: whole ? figure(row.consensus, 2) : null,
    division: whole ? figure(row.division, 2) : null,
  }));
  return table('statements', [...columns, 'x', 'y', 'extremity', 'consensus', 'division'], rows);
}

function groupTable(map: OpinionMap, disclosure: Disclosure): Table {
  const rows = shownGroups(map, disclosure).shown.map(({ group }) => ({
    group: group.label,
    size: disclosure.count(group.size),
    x: disclosure.figure(group.x, 1),
    y: disclosure.figure(group.y, 1),
  }));
  return table('groups', ['group', 'size', 'x', 'y'], rows);
}

function voteTable(map: OpinionMap, disclosure: Disclosure): Table {
  const rows = shownGroups(map, disclosure).shown.flatMap(({ group }) =>
    listed(map, disclosure).map(({ row: { id }, at }) => {
      const { agrees, disagrees, seen } = group.votes[at]!;
      return {
        group: group.label,
        statement: id,
        agrees: disclosure.count(agrees),
        disagrees: disclosure.count(disagrees),
        seen: disclosure.count(seen),
      };
    }),
  );
  return table('group-votes', ['group', 'statement', 'agrees', 'disagrees', 'seen'], rows);
}

const TESTED = ['share', 'shareTest'] as const;

function representativeTable(map: OpinionMap, disclosure: Disclosure): Table {
  const { open, count, share } = disclosure;
  const tests = [...TESTED, 'ratio', 'ratioTest'] as const;
  const rows = shownGroups(map, disclosure).shown.flatMap(({ group, at }) =>
    map.representative[at]!.map((row, rank) => ({
      group: group.label,
      rank: rank + 1,
      statement: row.statement,
      direction: row.direction,
      success: count(row.success),
      trials: count(row.trials),
      ...(open
        ? { share: share(row.success, row.trials) }
        : Object.fromEntries(tests.map((name) => [name, row[name]]))),
      bestAgreed: row.bestAgreed,
    })),
  );
  const columns = ['group', 'rank', 'statement', 'direction', 'success', 'trials'];
  return table('representative', [...columns, ...(open ? ['share'] : tests), 'bestAgreed'], rows);
}

function consensusTable(map: OpinionMap, disclosure: Disclosure): Table {
  const { open, count, share } = disclosure;
  const side = (direction: string, list: readonly ConsensusRow[]) =>
    list.map((row, rank) => ({
      direction,
      rank: rank + 1,
      statement: row.statement,
      success: count(row.success),
      trials: count(row.trials),
      ...(open
        ? { share: share(row.success, row.trials) }
        : Object.fromEntries(TESTED.map((name) => [name, row[name]]))),
    }));
  return table(
    'consensus',
    ['direction', 'rank', 'statement', 'success', 'trials', ...(open ? ['share'] : TESTED)],
    [...side('agree', map.consensus.agree), ...side('disagree', map.consensus.disagree)],
  );
}

function priorityTable(map: OpinionMap): Table {
  const asked = map.statements.filter(({ moderation }) => moderation !== 'out');
  const total = asked.reduce((sum, { priority }) => sum + priority, 0);
  const rows = asked
    .map(({ id, priority }) => ({ statement: id, priority, chance: total === 0 ? 0 : priority / total }))
    .sort((a, b) => b.priority - a.priority);
  return table('priorities', ['statement', 'priority', 'chance'], rows);
}

/** What was put in and how well it fits, for `summary.json`. */
export function summary(map: OpinionMap, disclosure: Disclosure, asked: Readonly<Record<string, Cell>>) {
  const { count } = disclosure;
  const { people, statements, votes } = map.totals;
  const { shown, left } = shownGroups(map, disclosure);
  return {
    ...asked,
    public: disclosure.open,
    totals: { people: count(people), statements, votes: count(votes), placed: placedShown(map, disclosure) },
    groups: { shown: shown.length, leftOut: left },
    ...(disclosure.open ? {} : { components: map.components, clustering: map.clustering }),
  };
}

/** A spreadsheet takes text that begins so for a formula (CWE-1236); a quote in front keeps it text. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** The table as CSV (RFC 4180, UTF-8), safe to open in a spreadsheet. */
export function toCsv({ columns, rows }: Table): string {
  const safe = (cell: Cell | undefined) => {
    if (cell === null || cell === undefined) return '';
    const text = String(cell);
    return typeof cell === 'string' && FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  };
  return stringify([columns, ...rows.map((row) => columns.map((column) => safe(row[column])))]);
}
