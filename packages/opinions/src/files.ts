import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Moderation, StatementInfo, Vote } from './types.ts';

/** What was read: votes as written (the sign is the caller's to say), statements, outside ids, given groups. */
export interface Input {
  readonly votes: Vote[];
  readonly statements: StatementInfo[];
  /** Outside id (`xid`) of a person, where the files give one. */
  readonly xids: ReadonlyMap<string, string>;
  /** Groups published with the votes (`group-id` of a matrix), where the files give them. */
  readonly groups: Readonly<Record<string, string>>;
}

/** A mistake in a file, said so that the person who made the file can mend it. */
export class InputError extends Error {}

const PERSON = ['voter-id', 'participant', 'participant-id', 'person', 'voter', 'pid'];
const STATEMENT = ['comment-id', 'statement-id', 'statement', 'comment', 'tid', 'id'];
const TIME = ['timestamp', 'time', 'modified'];
const TEXT = ['comment-body', 'text', 'txt', 'body'];
const MODERATED = ['moderated', 'moderation', 'mod'];
const META = ['is-meta', 'meta'];
/** Columns of a matrix that are about the person and no statement. */
const ABOUT = ['xid', 'group-id', 'n-comments', 'n-votes', 'n-agree', 'n-disagree'];
const MISSING = new Set(['', 'nan', 'na', 'null']);

type Row = Readonly<Record<string, string>>;

interface Table {
  readonly file: string;
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads a file of votes, or a folder with `votes` (or `participants-votes`) and, if there, `comments` or
 * `statements`, each CSV or JSON. Votes are long (a row a vote) or a matrix (a row a person, a column a
 * statement); the header tells which. Throws InputError with file, line and cause.
 */
export function readInput(path: string): Input {
  if (!isFolder(path)) return { ...emptyInput(), ...readVotes(path) };
  const votes = find(path, ['votes', 'participants-votes']);
  if (!votes)
    throw new InputError(`${path}: no votes.csv, votes.json or participants-votes.csv in this folder`);
  const comments = find(path, ['comments', 'statements']);
  const matrix = find(path, ['participants-votes']);
  const beside = matrix && matrix !== votes ? readVotes(matrix) : null;
  const read = readVotes(votes);
  return {
    votes: read.votes,
    statements: comments ? readStatements(comments) : read.statements,
    xids: new Map([...(beside?.xids ?? []), ...read.xids]),
    groups: { ...beside?.groups, ...read.groups },
  };
}

function emptyInput(): Input {
  return { votes: [], statements: [], xids: new Map(), groups: {} };
}

function isFolder(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new InputError(`${path}: no such file or folder`);
  return found.isDirectory();
}

function find(folder: string, stems: readonly string[]): string | null {
  const names = readdirSync(folder);
  for (const stem of stems) {
    for (const kind of ['csv', 'json']) {
      if (names.includes(`${stem}.${kind}`)) return join(folder, `${stem}.${kind}`);
    }
  }
  return null;
}

/** Votes of one file, long or matrix, CSV or JSON. */
export function readVotes(file: string): Input {
  const table = readTable(file);
  return table.names.includes('vote') ? readLong(table) : readMatrix(table);
}

function readLong(table: Table): Input {
  const person = position(table, PERSON) ?? position(table, ['xid']);
  const statement = position(table, STATEMENT);
  const vote = position(table, ['vote'])!;
  if (person === undefined || statement === undefined) {
    throw new InputError(
      `${table.file}: a row a vote needs a person (${PERSON.join(', ')}) and a statement (${STATEMENT.join(', ')})`,
    );
  }
  const time = position(table, TIME);
  const xid = position(table, ['xid']);
  const xids = new Map<string, string>();
  const votes = table.rows.map((row, at): Vote => {
    if (xid !== undefined && row[xid]) xids.set(row[person]!, row[xid]);
    const made = {
      person: required(row[person], table, at, 'person'),
      statement: required(row[statement], table, at, 'statement'),
      vote: voteOf(row[vote]!, table, at),
    };
    return time === undefined ? made : { ...made, time: timeOf(row[time]!, table, at) };
  });
  return { ...emptyInput(), votes, xids };
}

function readMatrix(table: Table): Input {
  const person = position(table, PERSON) ?? position(table, ['xid']) ?? 0;
  const xid = position(table, ['xid']);
  const group = position(table, ['group-id']);
  const columns = table.names.flatMap((name, at) => (at === person || ABOUT.includes(name) ? [] : [at]));
  const votes: Vote[] = [];
  const xids = new Map<string, string>();
  const groups: Record<string, string> = Object.create(null) as Record<string, string>;
  table.rows.forEach((row, at) => {
    const id = required(row[person], table, at, 'person');
    if (xid !== undefined && row[xid]) xids.set(id, row[xid]);
    if (group !== undefined && row[group]) groups[id] = row[group];
    for (const column of columns) {
      const cell = row[column]!;
      if (MISSING.has(cell.trim().toLowerCase())) continue;
      votes.push({ person: id, statement: table.names[column]!, vote: voteOf(cell, table, at) });
    }
  });
  // A column without votes is a statement that nobody has seen.
  const statements = columns.map((column) => ({ id: required(table.names[column], table, -1, 'statement') }));
  return { votes, statements, xids, groups };
}

/** Statements of one file: id, text, moderation (1 in, 0 waiting, −1 out, or those words) and meta. */
export function readStatements(file: string): StatementInfo[] {
  const table = readTable(file);
  const id = position(table, STATEMENT);
  if (id === undefined)
    throw new InputError(`${file}: no column for the statement (${STATEMENT.join(', ')})`);
  const [text, moderated, meta] = [TEXT, MODERATED, META].map((names) => position(table, names));
  return table.rows.map((row, at) => ({
    id: required(row[id], table, at, 'statement'),
    ...(text === undefined ? {} : { text: row[text]! }),
    moderation: moderated === undefined ? 'waiting' : moderationOf(row[moderated]!, table, at),
    meta: meta !== undefined && /^(true|1|yes)$/i.test(row[meta]!.trim()),
  }));
}

/** Groups given in a file with a person column and `group-id` or `group`; empty cells are left out. */
export function readGroups(file: string): Record<string, string> {
  const table = readTable(file);
  const person = position(table, PERSON);
  const group = position(table, ['group-id', 'group']);
  if (person === undefined || group === undefined) {
    throw new InputError(`${file}: needs a person (${PERSON.join(', ')}) and a group-id`);
  }
  return Object.fromEntries(table.rows.flatMap((row) => (row[group] ? [[row[person]!, row[group]]] : [])));
}

function readTable(file: string): Table {
  const text = readFileSync(file, 'utf8');
  const [names = [], ...rows] = file.endsWith('.json') ? fromJson(text, file) : fromCsv(text, file);
  const known = new Set<string>();
  const tidy = names.map((name) => (isPlainId(name) ? name : canonical(name)));
  for (const name of tidy) {
    if (known.has(name)) throw new InputError(`${file}: two columns are named "${name}"`);
    known.add(name);
  }
  return { file: basename(file), names: tidy, rows };
}

/** Known column names in any spelling; everything else is the id of a statement and stays as written. */
function canonical(name: string): string {
  const plain = name.trim().toLowerCase().replaceAll('_', '-');
  const all = [PERSON, STATEMENT, TIME, TEXT, MODERATED, META, ABOUT, ['vote', 'group']].flat();
  return all.includes(plain) ? plain : name;
}

const isPlainId = (name: string): boolean => /^\d+$/.test(name);

function fromCsv(text: string, file: string): string[][] {
  try {
    return parse(text, { bom: true, skip_empty_lines: true });
  } catch (error) {
    throw new InputError(`${file}: not a readable CSV file (${error instanceof Error ? error.message : ''})`);
  }
}

function fromJson(text: string, file: string): string[][] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new InputError(`${file}: not a readable JSON file`);
  }
  if (!Array.isArray(read)) throw new InputError(`${file}: expected a list of rows`);
  const rows = read as Row[];
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))];
}

function position(table: Table, names: readonly string[]): number | undefined {
  const found = names.find((name) => table.names.includes(name));
  return found === undefined ? undefined : table.names.indexOf(found);
}

const where = (table: Table, row: number) => `${table.file}, row ${row + 2}`;

function required(text: string | undefined, table: Table, row: number, what: string): string {
  if (!text) throw new InputError(`${where(table, row)}: no ${what}`);
  return text;
}

function voteOf(cell: string, table: Table, row: number): number {
  const vote = Number(cell);
  if (cell.trim() === '' || ![1, 0, -1].includes(vote)) {
    throw new InputError(`${where(table, row)}: a vote is 1, 0 or -1, not "${cell}"`);
  }
  return vote;
}

function timeOf(cell: string, table: Table, row: number): number {
  const time = cell.trim() === '' ? NaN : Number.isFinite(Number(cell)) ? Number(cell) : Date.parse(cell);
  if (!Number.isFinite(time)) throw new InputError(`${where(table, row)}: "${cell}" is no time`);
  return time;
}

function moderationOf(cell: string, table: Table, row: number): Moderation {
  const known: Record<string, Moderation> = { '1': 'in', '0': 'waiting', '-1': 'out', '': 'waiting' };
  const plain = cell.trim().toLowerCase();
  if (plain === 'in' || plain === 'out' || plain === 'waiting') return plain;
  const found = known[plain];
  if (!found) throw new InputError(`${where(table, row)}: moderation is 1, 0 or -1, not "${cell}"`);
  return found;
}
