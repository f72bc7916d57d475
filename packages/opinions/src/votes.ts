import { compareIds, indexOf, sortedIds } from './ids.ts';
import type { Vote } from './types.ts';

/**
 * The final votes, one a person and statement, as a sparse matrix by rows: the votes of person `i` are at
 * `start[i] … start[i + 1] − 1`, ordered by statement. People and statements are in id order, and only
 * those with a vote appear. Never changed in place.
 */
export interface VoteTable {
  readonly people: readonly string[];
  readonly statements: readonly string[];
  readonly start: Int32Array;
  readonly statement: Int32Array;
  readonly value: Int8Array;
  /** Time of each vote; NaN for all of them where votes carry no time. */
  readonly time: Float64Array;
}

export const emptyTable: VoteTable = {
  people: [],
  statements: [],
  start: new Int32Array(1),
  statement: new Int32Array(0),
  value: new Int8Array(0),
  time: new Float64Array(0),
};

/**
 * Checks and lays out votes. `agree` is the number that means agree; the table always holds +1 for agree.
 * Of several votes of a person on a statement the latest counts: by time, and where times are equal or
 * absent, by order. Throws RangeError for a vote other than −1, 0, 1, TypeError for an empty id, a time
 * that is no number, or times on some votes only. O(votes).
 */
export function tabulate(votes: readonly Vote[], agree: 1 | -1 = 1): VoteTable {
  if (votes.length === 0) return emptyTable;
  check(votes);
  const people = sortedIds(map(votes, (vote) => vote.person));
  const statements = sortedIds(map(votes, (vote) => vote.statement));
  const order = byCell(votes, people, statements);
  const writer = openWriter(people.length, votes.length);
  for (const index of order.order) {
    const vote = votes[index]!;
    write(writer, order.person[index]!, order.statement[index]!, vote.vote * agree, vote.time ?? NaN);
  }
  return { people, statements, ...close(writer) };
}

interface Writer {
  readonly start: Int32Array;
  readonly statement: Int32Array;
  readonly value: Int8Array;
  readonly time: Float64Array;
  count: number;
  row: number;
}

function openWriter(rows: number, votes: number): Writer {
  return {
    start: new Int32Array(rows + 1),
    statement: new Int32Array(votes),
    value: new Int8Array(votes),
    time: new Float64Array(votes),
    count: 0,
    row: -1,
  };
}

/** Takes votes in the order of their cells; a second vote in a cell replaces the first unless it is older. */
function write(writer: Writer, row: number, statement: number, value: number, time: number): void {
  const fresh = writer.row !== row;
  if (fresh) writer.start.fill(writer.count, writer.row + 1, row + 1);
  writer.row = row;
  const last = writer.count - 1;
  const again = !fresh && writer.statement[last] === statement;
  if (again && time < writer.time[last]!) return;
  const at = again ? last : writer.count++;
  writer.statement[at] = statement;
  writer.value[at] = value;
  writer.time[at] = time;
}

function close(writer: Writer) {
  writer.start.fill(writer.count, writer.row + 1);
  return {
    start: writer.start,
    statement: writer.statement.slice(0, writer.count),
    value: writer.value.slice(0, writer.count),
    time: writer.time.slice(0, writer.count),
  };
}

function check(votes: readonly Vote[]): void {
  const timed = votes[0]!.time !== undefined;
  for (const vote of votes) {
    if (vote.vote !== 1 && vote.vote !== -1 && vote.vote !== 0) {
      throw new RangeError(`a vote is 1, 0 or -1, not ${String(vote.vote)}`);
    }
    if (
      typeof vote.person !== 'string' ||
      typeof vote.statement !== 'string' ||
      !vote.person ||
      !vote.statement
    ) {
      throw new TypeError('a vote needs the id of a person and of a statement, as text');
    }
    if ((vote.time !== undefined) !== timed) throw new TypeError('give the time of all votes or of none');
    if (timed && !Number.isFinite(vote.time)) throw new TypeError('the time of a vote is a finite number');
  }
}

function* map<T, U>(items: readonly T[], what: (item: T) => U): Generator<U> {
  for (const item of items) yield what(item);
}

/** Order of votes by person, then statement, then as given: two stable counting sorts. */
function byCell(votes: readonly Vote[], people: readonly string[], statements: readonly string[]) {
  const personAt = indexOf(people);
  const statementAt = indexOf(statements);
  const person = new Int32Array(votes.length);
  const statement = new Int32Array(votes.length);
  votes.forEach((vote, index) => {
    person[index] = personAt.get(vote.person)!;
    statement[index] = statementAt.get(vote.statement)!;
  });
  const first = countingSort(
    Int32Array.from({ length: votes.length }, (_, index) => index),
    statement,
    statements.length,
  );
  return { order: countingSort(first, person, people.length), person, statement };
}

function countingSort(order: Int32Array, key: Int32Array, keys: number): Int32Array {
  const next = new Int32Array(keys + 1);
  for (const index of order) next[key[index]! + 1]!++;
  for (let at = 0; at < keys; at++) next[at + 1]! += next[at]!;
  const sorted = new Int32Array(order.length);
  for (const index of order) sorted[next[key[index]!]!++] = index;
  return sorted;
}

/**
 * The table of `older` with the votes of `newer` after it: the same, to the last bit, as tabulating all
 * votes at once. Throws TypeError where one has times and the other has none. O(votes of both).
 */
export function merge(older: VoteTable, newer: VoteTable): VoteTable {
  if (older.value.length === 0) return newer;
  if (newer.value.length === 0) return older;
  if (Number.isNaN(older.time[0]) !== Number.isNaN(newer.time[0])) {
    throw new TypeError('give the time of all votes or of none');
  }
  const people = union(older.people, newer.people);
  const statements = union(older.statements, newer.statements);
  const writer = openWriter(people.length, older.value.length + newer.value.length);
  const [oldRow, newRow] = [places(people, older.people), places(people, newer.people)];
  const [oldColumn, newColumn] = [columnsOf(statements, older), columnsOf(statements, newer)];
  const same = statements === older.statements;
  for (let person = 0; person < people.length; person++) {
    const left = span(older, oldRow[person]!, oldColumn);
    const right = span(newer, newRow[person]!, newColumn);
    if (same && right.to === right.from) copyRow(writer, person, left);
    else mergeRow(writer, person, left, right);
  }
  return { people, statements, ...close(writer) };
}

/** For each id of the whole sorted list its place in the sorted part, or −1. */
function places(whole: readonly string[], part: readonly string[]): Int32Array {
  let next = 0;
  return Int32Array.from(whole, (id) => (part[next] === id ? next++ : -1));
}

/** For each column of the table its place in the whole list. */
function columnsOf(whole: readonly string[], table: VoteTable): Int32Array {
  const columns = new Int32Array(table.statements.length);
  places(whole, table.statements).forEach((place, at) => {
    if (place >= 0) columns[place] = at;
  });
  return columns;
}

/** A row without new votes, whose columns stay what they were. */
function copyRow(writer: Writer, row: number, { table, from, to }: Span): void {
  writer.start.fill(writer.count, writer.row + 1, row + 1);
  writer.row = row;
  writer.statement.set(table.statement.subarray(from, to), writer.count);
  writer.value.set(table.value.subarray(from, to), writer.count);
  writer.time.set(table.time.subarray(from, to), writer.count);
  writer.count += to - from;
}

interface Span {
  readonly table: VoteTable;
  readonly column: Int32Array;
  readonly from: number;
  readonly to: number;
}

function span(table: VoteTable, row: number, column: Int32Array): Span {
  if (row < 0) return { table, column, from: 0, to: 0 };
  return { table, column, from: table.start[row]!, to: table.start[row + 1]! };
}

function mergeRow(writer: Writer, person: number, left: Span, right: Span): void {
  let [a, b] = [left.from, right.from];
  while (a < left.to || b < right.to) {
    const leftColumn = a < left.to ? left.column[left.table.statement[a]!]! : Infinity;
    const rightColumn = b < right.to ? right.column[right.table.statement[b]!]! : Infinity;
    if (leftColumn <= rightColumn)
      write(writer, person, leftColumn, left.table.value[a]!, left.table.time[a++]!);
    else write(writer, person, rightColumn, right.table.value[b]!, right.table.time[b++]!);
  }
}

/** Both sorted lists as one sorted list. */
function union(left: readonly string[], right: readonly string[]): readonly string[] {
  const known = new Set(left);
  const extra = right.filter((id) => !known.has(id));
  return extra.length === 0 ? left : [...left, ...extra].sort(compareIds);
}
