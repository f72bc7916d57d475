/**
 * Compiles the message files into `src/paraglide` when they, the settings or this compiler changed since the
 * last time; always checks them first. `node packages/words/src/compile.ts [--force]`; exits 1 with every
 * problem named. The paraglide compiler reports success when it compiled nothing, so we count what came out.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '@inlang/paraglide-js';
import { check } from './check.ts';
import type { MessageFile } from './check.ts';

const room = fileURLToPath(new URL('..', import.meta.url));
const out = join(room, 'src/paraglide');
const stampFile = join(out, '.stamp');

type Settings = {
  locales: string[];
  'plugin.inlang.messageFormat': { pathPattern: string[] };
};

function readFiles(): MessageFile[] {
  return readdirSync(join(room, 'messages'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const [, in_room, locale] = /^(\w+)\.(\w+)\.json$/.exec(name) ?? [];
      return {
        room: in_room ?? name,
        locale: locale ?? '?',
        text: readFileSync(join(room, 'messages', name), 'utf8'),
      };
    });
}

/** Rooms that the settings forgot, or that have no file: the compiler would leave their words out. */
function strays(settings: Settings, files: MessageFile[]): string[] {
  const patterns = settings['plugin.inlang.messageFormat'].pathPattern;
  const named = patterns.map((pattern) => /\/(\w+)\.\{locale\}/.exec(pattern)?.[1] ?? pattern);
  const problems: string[] = [];
  for (const name of new Set(files.map((file) => file.room)))
    if (!named.includes(name)) problems.push(`project.inlang/settings.json does not name the room ${name}`);
  for (const name of named)
    for (const locale of settings.locales)
      if (!files.some((file) => file.room === name && file.locale === locale))
        problems.push(`messages/${name}.${locale}.json is missing`);
  return problems;
}

function fingerprint(settings: string, files: MessageFile[]): string {
  const hash = createHash('sha256');
  hash.update(settings);
  for (const file of ['src/compile.ts', 'node_modules/@inlang/paraglide-js/package.json'])
    hash.update(readFileSync(join(room, file)));
  for (const file of files) hash.update(`${file.room}.${file.locale}\0${file.text}\0`);
  return hash.digest('hex');
}

function walk(folder: string, under = ''): string[] {
  if (!existsSync(join(folder, under))) return [];
  return readdirSync(join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const path = join(under, entry.name);
    return entry.isDirectory() ? walk(folder, path) : [path];
  });
}

/**
 * Brings `out` to what was compiled, file by file: a server or a test that is reading it never finds an empty
 * folder, and a watcher sees only what changed.
 */
function bring(from: string): void {
  const fresh = walk(from);
  for (const path of fresh) {
    const text = readFileSync(join(from, path), 'utf8');
    const target = join(out, path);
    if (existsSync(target) && readFileSync(target, 'utf8') === text) continue;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  for (const path of walk(out)) if (!fresh.includes(path) && path !== '.stamp') rmSync(join(out, path));
}

/** Formatters are costly to make (some 20 µs) and a page of a hundred counts asks for a hundred: keep them. */
function keepFormatters(folder: string): void {
  const path = join(folder, 'registry.js');
  let text = readFileSync(path, 'utf8');
  for (const made of ['new Intl.PluralRules(locale, options)', 'new Intl.NumberFormat(locale, options)']) {
    if (!text.includes(made)) throw new Error(`paraglide wrote another registry.js than we know: no ${made}`);
    const kind = /Intl\.(\w+)/.exec(made)![1]!;
    text = text.replace(made, `keep('${kind}', locale, options, () => ${made})`);
  }
  const keep = `
/** @type {Map<string, any>} */
const kept = new Map();

/**
 * @template T
 * @param {string} kind
 * @param {string} locale
 * @param {object | undefined} options
 * @param {() => T} make
 * @returns {T}
 */
function keep(kind, locale, options, make) {
	let key = kind + locale;
	for (const [name, value] of Object.entries(options ?? {})) key += name + value;
	let found = kept.get(key);
	if (!found) kept.set(key, (found = make()));
	return found;
}
`;
  writeFileSync(path, text + keep);
}

/** All that compiled sentences ask for of paraglide's runtime; the rest of it is 10 kB about addresses. */
const RUNTIME = `export { getLocale } from '../language.ts';
/** @type {Locale | undefined} */
export const experimentalStaticLocale = undefined;
/** @typedef {import('../language.ts').Locale} Locale */
/** @typedef {string} LocalizedString */
/**
 * @template Inputs, Options, Markup
 * @typedef {unknown} MessageMetadata
 */
`;

/** Sentences ask our own `language.ts` which language it is, like everything else. */
function useOurLanguage(folder: string): void {
  const known = "import { getLocale, experimentalStaticLocale } from '../runtime.js';";
  for (const name of readdirSync(join(folder, 'messages'))) {
    const text = readFileSync(join(folder, 'messages', name), 'utf8');
    if (/from '\.\.\/runtime\.js'/.test(text.replace(known, '')))
      throw new Error(`paraglide wrote ${name} in another way than we know: it asks more of its runtime`);
  }
  writeFileSync(join(folder, 'runtime.js'), RUNTIME);
  rmSync(join(folder, 'server.js'), { force: true });
}

/** Compiles when anything changed. Returns the line to print; throws with every problem, one a line. */
export async function compileWords({ force = false } = {}): Promise<string> {
  const settingsText = readFileSync(join(room, 'project.inlang/settings.json'), 'utf8');
  const settings = JSON.parse(settingsText) as Settings;
  const files = readFiles();
  const { keys, problems } = check(files, settings.locales);
  problems.push(...strays(settings, files));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const stamp = fingerprint(settingsText, files);
  const counted = `${keys.length} messages in ${settings.locales.join(' and ')}`;
  if (!force && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp)
    return `words: ${counted}, nothing new`;

  const cache = join(room, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'words-'));
  try {
    await compile({
      project: join(room, 'project.inlang'),
      outdir: fresh,
      strategy: ['url', 'baseLocale'],
      outputStructure: 'message-modules',
      isServer: "typeof window === 'undefined'",
      emitGitIgnore: false,
      emitPrettierIgnore: false,
      emitReadme: false,
    });
    const index = readFileSync(join(fresh, 'messages/_index.js'), 'utf8');
    const compiled = (index.match(/^export \* from/gm) ?? []).length;
    if (compiled !== keys.length)
      throw new Error(`${compiled} messages compiled of ${keys.length}: is the message plugin installed?`);
    keepFormatters(fresh);
    useOurLanguage(fresh);
    rmSync(stampFile, { force: true });
    bring(fresh);
    writeFileSync(stampFile, stamp);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return `words: ${counted}, compiled`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await compileWords({ force: process.argv.includes('--force') }));
  } catch (error) {
    console.error(`words: not compiled\n${(error as Error).message}`);
    process.exitCode = 1;
  }
}
