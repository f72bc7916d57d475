import { CsvError, parse } from 'csv-parse/sync';
import { householdOf, plain } from './checking.ts';
import type { Mistake, Person, Quota } from './contract.ts';
import type { Confirmation } from './replacement.ts';

/** A file's table: its columns as written, and its rows with the line each ends on. */
interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

type File = Mistake['file'];

/** Column names that hold a person's id, in order of preference. */
const ID_COLUMNS = [
  'id',
  'person_id',
  'respondent_id',
  'participant_id',
  'nationbuilder_id',
  'unique_id',
  'user_id',
  'uid',
  'pseudonym',
  'code',
];

/** Reads `category,feature,min,max` or `feature,value,min,max[,min_flex,max_flex]` (also `category,name|value,…`). */
export function readQuotas(bytes: Uint8Array): { quotas: Quota[]; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const table = readTable(bytes, 'categories', mistakes);
  if (!table) return { quotas: [], mistakes };
  const at = (...names: string[]) => findColumn(table, names);
  const category = at('category', 'feature');
  const value = at('value', 'name') ?? (at('category') === undefined ? undefined : at('feature'));
  const min = at('min', 'minimum');
  const max = at('max', 'maximum');
  if (category === undefined || value === undefined || min === undefined || max === undefined) {
    const message = `The columns are ${table.columns.join(', ')}.`;
    const fix =
      'Name them category,feature,min,max or feature,value,min,max (and min_flex,max_flex if you wish).';
    mistakes.push({ file: 'categories', row: 1, message, fix });
    return { quotas: [], mistakes };
  }
  const flexes = { minFlex: at('min_flex', 'minflex'), maxFlex: at('max_flex', 'maxflex') };
  const quotas = table.rows.map(({ row, cells }) => {
    const number = (column: number) => readNumber(cells[column] ?? '', row, table.columns[column]!, mistakes);
    const flexible = (column: number | undefined) =>
      column === undefined || (cells[column] ?? '').trim() === '' ? undefined : number(column);
    const minFlex = flexible(flexes.minFlex);
    const maxFlex = flexible(flexes.maxFlex);
    return {
      category: cells[category] ?? '',
      value: cells[value] ?? '',
      min: number(min),
      max: number(max),
      ...(minFlex === undefined ? {} : { minFlex }),
      ...(maxFlex === undefined ? {} : { maxFlex }),
      row,
    };
  });
  return { quotas, mistakes };
}

function readNumber(text: string, row: number, column: string, mistakes: Mistake[]): number {
  if (/^\d{1,9}$/.test(text.trim())) return Number(text.trim());
  const message = text.trim() === '' ? `${column} is blank.` : `${column} is “${text.trim()}”.`;
  mistakes.push({ file: 'categories', row, message, fix: 'Write a whole number of 0 or more.' });
  return 0;
}

/**
 * Reads people with any columns. `idColumn` names the column of ids; without it the first of the usual names is
 * taken, and without one of those the number of the person in the file, from 1.
 */
export function readPeople(
  bytes: Uint8Array,
  quotas: readonly Quota[],
  settings: { household?: readonly string[]; idColumn?: string } = {},
): { people: Person[]; mistakes: Mistake[]; idColumn: string | undefined } {
  const mistakes: Mistake[] = [];
  const table = readTable(bytes, 'respondents', mistakes);
  if (!table) return { people: [], mistakes, idColumn: undefined };
  const categories = [
    ...new Map(quotas.map((quota) => [plain(quota.category), quota.category.trim()])).values(),
  ];
  const required = (name: string, why: string) => requireColumn(table, name, why, mistakes);
  const columns = categories.map((name) => required(name, 'It is a category of the quotas.'));
  const homes = (settings.household ?? []).map((name) => required(name, 'It is part of the household rule.'));
  const id =
    settings.idColumn === undefined
      ? usualId(table, categories)
      : required(settings.idColumn, 'It is the id.');
  if (mistakes.length > 0) return { people: [], mistakes, idColumn: undefined };
  const people = table.rows.map(({ row, cells }, i) => {
    const address = homes.map((column) => cells[column!] ?? '');
    const blank = address.findIndex((part) => plain(part) === '');
    if (blank !== -1) {
      const fix =
        'Fill it in: without it nobody can tell who lives together. Or leave the household rule out.';
      mistakes.push({ file: 'respondents', row, message: `${settings.household![blank]!} is blank.`, fix });
    }
    const household = householdOf(address);
    return {
      id: id === undefined ? String(i + 1) : (cells[id] ?? '').trim(),
      values: Object.fromEntries(categories.map((name, c) => [name, cells[columns[c]!] ?? ''])),
      ...(household === undefined ? {} : { household }),
      row,
    };
  });
  return { people, mistakes, idColumn: id === undefined ? undefined : table.columns[id] };
}

function usualId(table: Table, categories: readonly string[]): number | undefined {
  const taken = new Set(categories.map(plain));
  return findColumn(
    table,
    ID_COLUMNS.filter((name) => !taken.has(name)),
  );
}

const CONFIRMED = new Set(['', 'confirmed', 'accepted', 'yes', 'true', '1']);
const DECLINED = new Set(['declined', 'refused', 'withdrawn', 'dropped out', 'out', 'no', 'false', '0']);

/** Reads `id[,status]`: who has confirmed, and who has declined and is not to be drawn again. */
export function readConfirmed(bytes: Uint8Array): { confirmed: Confirmation[]; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const table = readTable(bytes, 'confirmed', mistakes);
  if (!table) return { confirmed: [], mistakes };
  const id = findColumn(table, ID_COLUMNS);
  if (id === undefined) {
    const message = `The columns are ${table.columns.join(', ')}.`;
    mistakes.push({ file: 'confirmed', row: 1, message, fix: 'Name the column of ids “id”.' });
    return { confirmed: [], mistakes };
  }
  const status = findColumn(table, ['status', 'confirmed', 'answer']);
  const confirmed = table.rows.map(({ row, cells }) => {
    const said = status === undefined ? '' : plain(cells[status] ?? '');
    if (!CONFIRMED.has(said) && !DECLINED.has(said)) {
      mistakes.push({
        file: 'confirmed',
        row,
        message: `The status is “${said}”.`,
        fix: 'Write confirmed or declined.',
      });
    }
    return { id: (cells[id] ?? '').trim(), declined: DECLINED.has(said), row };
  });
  return { confirmed, mistakes };
}

function findColumn(table: Table, names: readonly string[]): number | undefined {
  const columns = table.columns.map((column) => plain(column));
  const found = names.map((name) => columns.indexOf(plain(name))).find((column) => column !== -1);
  return found;
}

function requireColumn(table: Table, name: string, why: string, mistakes: Mistake[]): number | undefined {
  const column = findColumn(table, [name]);
  if (column === undefined) {
    const message = `There is no column “${name}”. ${why}`;
    const fix = `Add the column, or rename one of: ${table.columns.join(', ')}.`;
    mistakes.push({ file: 'respondents', row: 1, message, fix });
  }
  return column;
}

/** Reads UTF-8 with comma, semicolon or tab; blank lines are left out. */
function readTable(bytes: Uint8Array, file: File, mistakes: Mistake[]): Table | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    mistakes.push({ file, message: 'The file is not UTF-8.', fix: 'Save it as “CSV UTF-8”.' });
    return undefined;
  }
  const head = text.split(/\r?\n/, 1)[0] ?? '';
  const delimiter = [',', ';', '\t'].reduce((best, d) =>
    head.split(d).length > head.split(best).length ? d : best,
  );
  try {
    const records = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    });
    const lines = records as unknown as { record: string[]; info: { lines: number } }[];
    const [first, ...rest] = lines;
    if (!first || rest.length === 0) {
      mistakes.push({
        file,
        message: 'The file has no rows.',
        fix: 'Give a first row of column names, and the rows below.',
      });
      return undefined;
    }
    const rows = rest
      .filter(({ record }) => record.some((cell) => cell.trim() !== ''))
      .map(({ record, info }) => ({ row: info.lines, cells: record }));
    return { columns: first.record.map((column) => column.trim()), rows };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = typeof error['lines'] === 'number' ? { row: error['lines'] } : {};
    mistakes.push({
      file,
      ...row,
      message: error.message,
      fix: 'Put quotation marks round cells with commas or breaks.',
    });
    return undefined;
  }
}
