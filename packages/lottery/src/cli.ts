import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { sayChange } from './changing.ts';
import type { Drawn, LotteryInput, Method, Mistake, Progress } from './contract.ts';
import { drawLottery } from './lottery.ts';
import { readConfirmed, readPeople, readQuotas } from './reading.ts';
import { replacementInput } from './replacement.ts';
import { chancesCsv, panelsCsv, reportJson, reportMarkdown, sha256 } from './report.ts';
import type { ReportSettings, SourceFile } from './report.ts';
import { verifyFolder } from './verify.ts';

/** The command line: `pnpm lottery …` draws, `pnpm lottery verify DIR` checks. Exit codes are in HELP. */
const HELP = `pnpm lottery --categories FILE --respondents FILE --size K --out DIR
  [--household COL,COL]     nobody with the same values in these columns on one panel
  [--method leximin|maximin|nash|legacy]   leximin unless told
  [--time-limit S]          seconds; then the best lottery so far, with its certificate
  [--seed N]                the same draw each time; without it, real chance
  [--id COL]                the column of ids
  [--confirmed FILE]        id[,status]: fill the places left after these answers
pnpm lottery verify DIR [--categories FILE] [--respondents FILE] [--confirmed FILE]

Exit codes: 0 done; 1 something broke, a check failed, or no panel was found in time; 2 bad input;
3 the quotas cannot be met; 4 stopped at the limit, with a valid lottery and its certificate.
`;

const CODES = { done: 0, broken: 1, badInput: 2, impossible: 3, stopped: 4 } as const;
const METHODS: readonly string[] = ['leximin', 'maximin', 'nash', 'legacy'] satisfies Method[];
// pnpm runs scripts in the root of the workspace; people give paths relative to where they stand.
const from = process.env['INIT_CWD'] ?? process.cwd();

/** A mistake on the command line or in a file, to be said and ended with code 2. */
class BadInput extends Error {
  readonly mistakes: readonly Mistake[];
  constructor(mistakes: readonly Mistake[]) {
    super('bad input');
    this.mistakes = mistakes;
  }
}

interface Flags {
  readonly [name: string]: string | undefined;
}

const bad = (message: string, fix: string): never => {
  throw new BadInput([{ file: 'options', message, fix }]);
};

function readFlags(): { flags: Flags; words: string[]; help: boolean } {
  const text = { type: 'string' } as const;
  const names = [
    'categories',
    'respondents',
    'size',
    'household',
    'method',
    'time-limit',
    'seed',
    'id',
    'confirmed',
  ];
  try {
    const { values, positionals } = parseArgs({
      args: process.argv.slice(2).filter((word, i) => !(word === '--' && i === 0)),
      options: {
        ...Object.fromEntries([...names, 'out'].map((name) => [name, text])),
        help: { type: 'boolean' },
      },
      allowPositionals: true,
    });
    const { help, ...flags } = values as Record<string, string | undefined> & { help?: boolean };
    return { flags, words: positionals, help: help === true };
  } catch (error) {
    return bad((error as Error).message, 'See pnpm lottery --help.');
  }
}

function readBytes(flags: Flags, name: string): { path: string; bytes: Uint8Array } {
  const given = flags[name] ?? bad(`--${name} is missing.`, `Give --${name} FILE.`);
  const path = resolve(from, given);
  try {
    return { path, bytes: readFileSync(path) };
  } catch {
    return bad(`${given} cannot be read.`, `Check the path given to --${name}; it is relative to ${from}.`);
  }
}

function wholeNumber(flags: Flags, name: string): number | undefined {
  const given = flags[name];
  if (given === undefined) return undefined;
  if (!/^\d{1,9}$/.test(given)) bad(`--${name} is “${given}”.`, 'Give a whole number.');
  return Number(given);
}

interface Ordered {
  readonly input: LotteryInput;
  readonly settings: ReportSettings;
  readonly method: Method;
  readonly timeLimit: number | undefined;
  readonly out: string;
}

function readOrder(flags: Flags): Ordered {
  const out = resolve(from, flags['out'] ?? bad('--out is missing.', 'Give --out DIR.'));
  const size =
    wholeNumber(flags, 'size') ?? bad('--size is missing.', 'Give --size K, the places on the panel.');
  const method = flags['method'] ?? 'leximin';
  if (!METHODS.includes(method)) bad(`--method is “${method}”.`, `Give one of ${METHODS.join(', ')}.`);
  const limit = flags['time-limit'];
  if (limit !== undefined && !(Number(limit) > 0))
    bad(`--time-limit is “${limit}”.`, 'Give seconds, more than 0.');
  const household = (flags['household'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const categories = readBytes(flags, 'categories');
  const respondents = readBytes(flags, 'respondents');
  const confirmed = flags['confirmed'] === undefined ? undefined : readBytes(flags, 'confirmed');
  const { quotas, mistakes } = readQuotas(categories.bytes);
  const idColumn = flags['id'] === undefined ? {} : { idColumn: flags['id'] };
  const pool = readPeople(respondents.bytes, quotas, { household, ...idColumn });
  const answers = confirmed ? readConfirmed(confirmed.bytes) : undefined;
  const found = [...mistakes, ...pool.mistakes, ...(answers?.mistakes ?? [])];
  const whole = { size, quotas, people: pool.people };
  const left = answers && found.length === 0 ? replacementInput(whole, answers.confirmed) : undefined;
  found.push(...(left?.mistakes ?? []));
  if (found.length > 0) throw new BadInput(found);
  const files = { categories, respondents, ...(confirmed ? { confirmed } : {}) };
  const sources = Object.entries(files).map(([name, { path, bytes }]) => ({
    name: name as SourceFile['name'],
    path: relative(out, path),
    sha256: sha256(bytes),
  }));
  const seed = wholeNumber(flags, 'seed');
  return {
    input: left?.input ?? whole,
    settings: { size, household, idColumn: pool.idColumn, seed, sources },
    method: method as Method,
    timeLimit: limit === undefined ? undefined : Number(limit),
    out,
  };
}

function showProgress(progress: Progress): void {
  const bounds =
    progress.lowest === undefined || progress.bound === undefined
      ? ''
      : `  lowest chance ${progress.lowest.toFixed(4)}, at most ${progress.bound.toFixed(4)}`;
  const line = `${progress.seconds.toFixed(1).padStart(6)} s  ${progress.text}  (${progress.panels} panels)${bounds}`;
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
}

function writeFiles(drawn: Drawn, order: Ordered): void {
  mkdirSync(order.out, { recursive: true });
  const files = { 'panels.csv': panelsCsv(drawn), 'chances.csv': chancesCsv(drawn) };
  const hashes = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sha256(text)]));
  const report = reportJson(drawn, order.settings, hashes);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(order.out, name), text);
  writeFileSync(join(order.out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(order.out, 'report.md'), reportMarkdown(report));
  console.log(
    `Lowest chance ${drawn.lowest.toFixed(6)}, proven bound ${drawn.bound.toFixed(6)}, ${drawn.figures.atMinimum} people at the lowest.`,
  );
  for (const { id, reason } of drawn.uncoverable) console.log(`On no panel: ${id}. ${reason}`);
  console.log(`${drawn.panels.length} panels and everyone's chance are in ${order.out}.`);
  console.log(`To publish before the draw: ${report.hash}`);
}

async function draw(flags: Flags): Promise<number> {
  const order = readOrder(flags);
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once('SIGINT', stop);
  const outcome = await drawLottery(order.input, {
    method: order.method,
    seed: order.settings.seed,
    timeLimit: order.timeLimit,
    signal: controller.signal,
    onProgress: showProgress,
  });
  process.removeListener('SIGINT', stop);
  if (process.stderr.isTTY) process.stderr.write('\n');
  if (outcome.kind === 'invalid') throw new BadInput(outcome.mistakes);
  if (outcome.kind === 'nothing') {
    console.error(outcome.reason);
    return CODES.broken;
  }
  if (outcome.kind === 'impossible') {
    console.error(outcome.reason);
    const within = outcome.withinFlex ? ' within the flexible quotas' : '';
    if (outcome.changes.length > 0) console.error(`The smallest change${within} that makes panels possible:`);
    for (const change of outcome.changes) console.error(`  ${sayChange(change)}`);
    return CODES.impossible;
  }
  writeFiles(outcome, order);
  if (outcome.finished) return CODES.done;
  console.log(
    `Stopped at the ${outcome.stoppedBy ?? 'limit'}: the lottery is valid, the bound is its certificate.`,
  );
  return CODES.stopped;
}

function verify(folder: string | undefined, flags: Flags): number {
  if (folder === undefined) return bad('verify needs a folder.', 'Give pnpm lottery verify DIR.');
  const given = (name: string) => (flags[name] === undefined ? undefined : resolve(from, flags[name]));
  const paths = Object.fromEntries(
    ['categories', 'respondents', 'confirmed'].map((name) => [name, given(name)]),
  );
  const checks = (() => {
    try {
      return verifyFolder(resolve(from, folder), paths);
    } catch (error) {
      return bad((error as Error).message, 'Give the folder of a lottery, and the files it was made from.');
    }
  })();
  for (const check of checks)
    console.log(`${check.ok ? 'ok    ' : 'FAILED'}  ${check.name}: ${check.detail}`);
  return checks.every((check) => check.ok) ? CODES.done : CODES.broken;
}

async function main(): Promise<number> {
  let flags: Flags = {};
  try {
    const read = readFlags();
    flags = read.flags;
    if (read.help || process.argv.length <= 2) {
      console.log(HELP);
      return read.help ? CODES.done : CODES.badInput;
    }
    return await (read.words[0] === 'verify' ? Promise.resolve(verify(read.words[1], flags)) : draw(flags));
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    for (const mistake of error.mistakes) {
      const file = mistake.file === 'options' ? 'options' : (flags[mistake.file] ?? mistake.file);
      console.error(
        `${file}${mistake.row === undefined ? '' : `, row ${mistake.row}`}: ${mistake.message} ${mistake.fix}`,
      );
    }
    const { length } = error.mistakes;
    console.error(`${length} mistake${length === 1 ? '' : 's'}; nothing was drawn.`);
    return CODES.badInput;
  }
}

process.exitCode = await main();
