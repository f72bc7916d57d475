/**
 * What makes the words of a page small: each sentence written short, and one language a page. The client is built
 * once, with a mark where the language decides; then each file is written twice, in English where it is and in Welsh
 * under `cy/`. A Welsh page leads its imports there (`src/lib/frame/server/modules.ts`). 2 to 4 kB less a page.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minifySync, type Plugin } from 'vite';
import { inClient } from './vite.slim.ts';

const MESSAGE = /\/packages\/words\/src\/paraglide\/messages\/(?!_index)\w+\.js$/;
const RUNTIME = /import \{[^}]*\} from '..\/runtime.js';/;
/** `const cy_common_save = … () => { return … (`Cadw`) };` */
const SENTENCE =
  /const (en|cy)_\w+ = \/\*\*.*?\*\/ \(i?\) => \{\s*return (?:\/\*\*.*?\*\/ )?\((`(?:[^`\\]|\\.)*`)\)\s*\};/g;
/** `((inputs, options = {}) => { const locale = …; if (locale === "cy") return cy_…(inputs) return en_…(inputs) })` */
const CHOICE =
  /\(\(inputs(?: = \{\})?, options = \{\}\) => \{\s*const locale = experimentalStaticLocale \?\? options\.locale \?\? getLocale\(\)\s*if \(locale === "cy"\) return cy_\w+\(\w*\)\s*return en_\w+\(\w*\)\s*\}\)/;
const LANGUAGE = '../../language.ts';

const LANGUAGE_FILE = /\/packages\/words\/src\/language\.ts$/;

/** true in the Welsh copy of a file, false in the English one */
const WELSH = '__WELSH__';
/** a browser that knows no import maps would put English words into a Welsh page: that page stays as it was sent */
const GUARD = `if ((localeOf(location.pathname) === 'cy') !== ${WELSH}) throw new Error('these words are of the other language');`;
/** Sentences that a script asks for in a language it names: `m.desk_new_consent_words({}, { locale })`. */
function namedLanguage(code: string): string[] {
  const found: string[] = [];
  for (const { 1: name, index, 0: call } of code.matchAll(/\bm\.(\w+)\(/g)) {
    let deep = 1;
    let end = index + call.length;
    for (; deep > 0 && end < code.length; end++) deep += code[end] === '(' ? 1 : code[end] === ')' ? -1 : 0;
    if (/\blocale\b/.test(code.slice(index, end))) found.push(name!);
  }
  return found;
}

const ROOMS = ['./src', '../../packages/ui/src'].map((room) => new URL(room, import.meta.url).pathname);
/** Those that some page wants in a language that is not its own, as on the desk of an officer who reads the other. */
function wantedInBoth(): Set<string> {
  const files = ROOMS.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' }).map((name) => join(room, name)),
  );
  const scripts = files.filter(
    (path) => /\.(svelte|ts)$/.test(path) && !/\/server\/|\.server\.ts$/.test(path),
  );
  return new Set(scripts.flatMap((path) => namedLanguage(readFileSync(path, 'utf8'))));
}

function shortened(code: string, id: string, inBoth: ReadonlySet<string>): string {
  const name = /(\w+)\.js$/.exec(id)![1]!;
  const said = new Map([...code.matchAll(SENTENCE)].map(([, language, words]) => [language, words]));
  const say = (language: string) => said.get(language) ?? `${language}_${name}(i)`;
  if (!RUNTIME.test(code) || !CHOICE.test(code))
    throw new Error(`${id}: paraglide writes its messages in another way than vite.words.ts knows`);
  const both = inBoth.has(name);
  return code
    .replace(RUNTIME, both ? `import { getLocale } from '${LANGUAGE}';` : '')
    .replace(SENTENCE, '')
    .replace(
      CHOICE,
      () =>
        `((i${both ? ', options' : ''}) => ${both ? `(options?.locale ?? getLocale()) === 'cy'` : WELSH} ? ${say('cy')} : ${say('en')})`,
    );
}

/**
 * Three functions a sentence become one: `(i) => __WELSH__ ? `Cadw` : `Save``. Stops the build when paraglide writes
 * its messages in another way.
 */
export function shortWords(): Plugin {
  let inBoth: ReadonlySet<string> = new Set();
  return {
    name: 'folkmoot-short-words',
    apply: 'build',
    applyToEnvironment: inClient,
    buildStart() {
      inBoth = wantedInBoth();
    },
    transform: {
      filter: { id: [MESSAGE, LANGUAGE_FILE] },
      handler: (code, id) => ({
        code: MESSAGE.test(id) ? shortened(code, id, inBoth) : `${code}\n${GUARD}`,
        map: null,
      }),
    },
  };
}

const inLanguage = (code: string, welsh: boolean): string =>
  code.includes(WELSH)
    ? minifySync('words.js', code.replaceAll(WELSH, String(welsh)), {
        module: true,
        compress: true,
        mangle: true,
      }).code
    : code;

/** Each file of the client twice, with the words of one language. */
export const oneLanguage: Plugin = {
  name: 'folkmoot-one-language',
  apply: 'build',
  applyToEnvironment: inClient,
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const { fileName, code } = chunk;
        this.emitFile({
          type: 'asset',
          fileName: fileName.replace('/immutable/', '/immutable/cy/'),
          // styles and pictures are the same ones
          source: inLanguage(code, true).replace(/(["'`])\.\.\/assets\//g, '$1../../assets/'),
        });
        chunk.code = inLanguage(code, false);
      }
    },
  },
};
