import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { full, open } from './disclosure.ts';
import { InputError, readGroups, readInput, readStatements } from './files.ts';
import type { Input } from './files.ts';
import { DEFAULTS } from './groups.ts';
import { map } from './map.ts';
import { writeReport } from './report.ts';
import { drawMap } from './svg.ts';
import { summary, tables, toCsv } from './tables.ts';
import type { OpinionMap, Options } from './types.ts';

export const USAGE = `Usage: pnpm opinions FILE.csv|DIR --out DIR [options]

Reads votes (one a row, or a matrix) and writes people, statements, groups, group votes, representative
statements, consensus and priorities as JSON and CSV, summary.json, map.svg and report.html.

  --out DIR          where to write (made if missing)
  --seed N           seed of the grouping, a whole number (1)
  --agree 1|-1       the number that means agree (1)
  --statements FILE  text, moderation and meta of statements, if not beside the votes
  --groups FILE      take groups from a file (person, group-id) and cluster nothing;
                     "published" takes them from the matrix beside the votes
  --k N|MIN-MAX      how many groups to try (2-5)
  --title TEXT       heading of the report
  --public           what may be published: no people, no priorities, no group under 8, counts protected
  --help             this text
`;

/** What a run says: lines for the terminal and the exit code (0 done, 1 bad input, 2 bad call). */
export interface Outcome {
  readonly code: 0 | 1 | 2;
  readonly said: string;
}

class UsageError extends Error {}

type Flags = ReturnType<typeof flags>;

function flags(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      seed: { type: 'string' },
      agree: { type: 'string' },
      statements: { type: 'string' },
      groups: { type: 'string' },
      k: { type: 'string' },
      title: { type: 'string' },
      public: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
}

/**
 * Runs the command line. Relative paths are taken from `from`: pnpm starts scripts at the root of the
 * repository, and the person is somewhere else.
 */
export function run(args: readonly string[], from: string): Outcome {
  try {
    const parsed = flags(joinNumbers(args));
    if (parsed.values.help) return { code: 0, said: USAGE };
    return { code: 0, said: perform(parsed, from) };
  } catch (error) {
    if (error instanceof InputError) return { code: 1, said: `${error.message}\n` };
    if (error instanceof UsageError || isParseError(error)) {
      return { code: 2, said: `${error.message}\n\n${USAGE}` };
    }
    throw error;
  }
}

/** `--agree -1` as `--agree=-1`: on its own the number reads as a flag. */
function joinNumbers(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1) ?? '';
    if (/^-\d+$/.test(arg) && ['--agree', '--seed'].includes(last))
      joined[joined.length - 1] = `${last}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

function isParseError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

function perform({ values, positionals }: Flags, from: string): string {
  const [path] = positionals;
  if (!path || positionals.length > 1) throw new UsageError('name one file or folder of votes');
  if (!values.out) throw new UsageError('say where to write: --out DIR');
  const seed = whole(values.seed ?? String(DEFAULTS.seed), '--seed');
  const source = resolve(from, path);
  const input = readInput(source);
  const statements = values.statements ? readStatements(resolve(from, values.statements)) : input.statements;
  const options: Options = {
    seed,
    agree: signOf(values.agree),
    statements,
    groups: range(values.k),
    ...(values.groups ? { given: givenGroups(values.groups, input, from) } : {}),
  };
  const made = map(input.votes, options);
  const about = { title: values.title ?? basename(source), seed, source: basename(source) };
  const folder = resolve(from, values.out);
  const written = write(made, input, folder, { ...about, open: values.public ?? false });
  const { people, statements: columns, votes, placed } = made.totals;
  return `${people} people, ${columns} statements, ${votes} votes; ${placed} placed in ${made.groups.length} ${made.groups.length === 1 ? 'group' : 'groups'}.\n${written.length} files in ${folder}\n`;
}

function givenGroups(name: string, input: Input, from: string): Readonly<Record<string, string>> {
  const given = name === 'published' ? input.groups : readGroups(resolve(from, name));
  if (Object.keys(given).length === 0) throw new InputError(`${name}: no groups there`);
  return given;
}

function whole(text: string, name: string): number {
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new UsageError(`${name} takes a whole number, not "${text}"`);
  return value;
}

function signOf(text: string | undefined): 1 | -1 {
  if (text === undefined || text === '1') return 1;
  if (text === '-1') return -1;
  throw new UsageError(`--agree is 1 or -1, not "${text}"`);
}

function range(text: string | undefined): { min: number; max: number } | undefined {
  if (text === undefined) return undefined;
  const found = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(text);
  const [min, max] = [Number(found?.[1]), Number(found?.[2] ?? found?.[1])];
  if (!found || min < 2 || max < min) throw new UsageError(`--k takes 3 or 2-5, from 2 up, not "${text}"`);
  return { min, max };
}

function write(
  made: OpinionMap,
  input: Input,
  folder: string,
  about: { title: string; seed: number; source: string; open: boolean },
): string[] {
  const disclosure = about.open ? open : full;
  if (about.open && ['people.csv', 'people.json'].some((name) => existsSync(join(folder, name)))) {
    throw new InputError(`${folder}: holds a full output with people; write what is to be public elsewhere`);
  }
  const svg = drawMap(made, disclosure, about.title);
  const asked = { source: about.source, seed: about.seed };
  const json = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`;
  const files: [name: string, text: string][] = [
    ...tables(made, disclosure, input.xids).flatMap((table): [string, string][] => [
      [`${table.name}.csv`, toCsv(table)],
      [`${table.name}.json`, json(table.rows)],
    ]),
    ['summary.json', json(summary(made, disclosure, asked))],
    ['map.svg', svg],
    ['report.html', writeReport(made, disclosure, svg, about)],
  ];
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  return files.map(([name]) => name);
}
