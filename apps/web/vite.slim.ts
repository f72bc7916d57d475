/**
 * What makes the scripts of a page small: sentences written short, what always goes together in one file, and nothing
 * that only the server calls. Plugins of the client's build alone; development and server see the code as it is.
 */
import type { Plugin } from 'vite';
import { endpoints } from '@folkmoot/core/endpoints';

const inClient = (environment: { name: string }): boolean => environment.name === 'client';

/**
 * A page ships the addresses of the endpoints it calls, not of all hundred: `endpoints.readMe` becomes what it says
 * (1.5 kB less on every page).
 */
export const endpointsInPlace: Plugin = {
  name: 'folkmoot-endpoints',
  apply: 'build',
  transform: {
    order: 'post',
    handler(code, id) {
      if (!code.includes('@folkmoot/core/endpoints') || id.includes('/packages/core/')) return null;
      const known: Readonly<Record<string, unknown>> = endpoints;
      const written = code.replace(/(?<![.\w$'"/])endpoints\.(\w+)/g, (whole, name: string) =>
        known[name] ? `(${JSON.stringify(known[name])})` : whole,
      );
      // what is no longer named need not be fetched
      const bare = written.replace(
        /import\s*\{\s*endpoints\s*\}\s*from\s*['"]@folkmoot\/core\/endpoints['"];?/,
        '',
      );
      const left = /\bendpoints\b/.test(bare) ? written : bare;
      return left === code ? null : { code: left, map: null };
    },
  },
};

const MESSAGE = /\/packages\/words\/src\/paraglide\/messages\/(?!_index)\w+\.js$/;
const RUNTIME = /import \{[^}]*\} from '..\/runtime.js';/;
/** `const cy_common_save = … () => { return … (`Cadw`) };` */
const SENTENCE =
  /const (en|cy)_\w+ = \/\*\*.*?\*\/ \(i?\) => \{\s*return (?:\/\*\*.*?\*\/ )?\((`(?:[^`\\]|\\.)*`)\)\s*\};/g;
/** `((inputs, options = {}) => { const locale = …; if (locale === "cy") return cy_…(inputs) return en_…(inputs) })` */
const CHOICE =
  /\(\(inputs(?: = \{\})?, options = \{\}\) => \{\s*const locale = experimentalStaticLocale \?\? options\.locale \?\? getLocale\(\)\s*if \(locale === "cy"\) return cy_\w+\(\w*\)\s*return en_\w+\(\w*\)\s*\}\)/;
const IN_WELSH = '\0folkmoot/in-welsh';

/**
 * Three functions a sentence become one: `(i, options) => inWelsh(options) ? `Cadw` : `Save``. A page has a hundred
 * sentences (1 to 2 kB less a page). Stops the build when paraglide writes its messages in another way.
 */
export const shortWords: Plugin = {
  name: 'folkmoot-short-words',
  apply: 'build',
  applyToEnvironment: inClient,
  transform: {
    filter: { id: MESSAGE },
    handler(code, id) {
      const name = /(\w+)\.js$/.exec(id)?.[1];
      const said = new Map([...code.matchAll(SENTENCE)].map(([, language, words]) => [language, words]));
      const say = (language: string) => said.get(language) ?? `${language}_${name}(i)`;
      if (!RUNTIME.test(code) || !CHOICE.test(code))
        throw new Error(`${id}: paraglide writes its messages in another way than vite.slim.ts knows`);
      const written = code
        .replace(RUNTIME, `import { inWelsh } from 'virtual:folkmoot/in-welsh';`)
        .replace(SENTENCE, '')
        .replace(CHOICE, () => `((i, options) => inWelsh(options) ? ${say('cy')} : ${say('en')})`);
      return { code: written, map: null };
    },
  },
  resolveId: (id) => (id === 'virtual:folkmoot/in-welsh' ? IN_WELSH : null),
  load: (id) =>
    id === IN_WELSH
      ? `import { getLocale } from '@folkmoot/words/language';
         export const inWelsh = (options) => (options?.locale ?? getLocale()) === 'cy';`
      : null,
};

/** Kept of the browser's history is `{}` and nothing else; numbers, text, lists and plain objects would fit, too. */
const PLAIN_STRINGIFY = `
const write = (value, out) => {
  if (value === undefined) return -1;
  const at = out.push('') - 1;
  if (Array.isArray(value)) out[at] = '[' + value.map((one) => write(one, out)) + ']';
  else if (value && typeof value === 'object')
    out[at] = '{' + Object.keys(value).map((key) => JSON.stringify(key) + ':' + write(value[key], out)) + '}';
  else if (typeof value === 'function') throw new Error('cannot be written down');
  else out[at] = JSON.stringify(value);
  return at;
};
export const stringify = (value) => {
  const out = [];
  const first = write(value, out);
  return first < 0 ? '-1' : '[' + out + ']';
};
export const stringifyAsync = async (value) => stringify(value);`;

const said = (message: string): string => `() => { throw new Error(${JSON.stringify(message)}); }`;
const LEFT_OUT: ReadonlyArray<[RegExp, (code: string) => string]> = [
  // Kit writes values into pages on the server alone
  [/\/devalue\/src\/uneval\.js$/, () => `export const uneval = ${said('only on the server')};`],
  [/\/devalue\/src\/stringify\.js$/, () => PLAIN_STRINGIFY],
  // we have no custom elements, and with them go the components of Svelte 4
  [
    /\/svelte\/src\/internal\/client\/dom\/elements\/custom-element\.js$/,
    () => `export const create_custom_element = ${said('no custom elements here')};`,
  ],
  // what these warn of is said while one writes a page; a resident's console needs none of it
  [
    /\/(svelte\/src\/internal\/client\/warnings|kit\/src\/messages\/(client|shared)-warnings)\.js$/,
    (code) =>
      [...code.matchAll(/^export function (\w+)/gm)]
        .map(([, name]) => `export const ${name} = () => undefined;`)
        .join('\n'),
  ],
];

/** What Svelte and Kit bring along and no page of ours asks for (4 kB on every page). */
export const leftOut: Plugin = {
  name: 'folkmoot-left-out',
  apply: 'build',
  applyToEnvironment: inClient,
  transform: {
    filter: { id: LEFT_OUT.map(([id]) => id) },
    handler(code, id) {
      const written = LEFT_OUT.find(([known]) => known.test(id))?.[1](code);
      return written === undefined ? null : { code: written, map: null };
    },
  },
};

/**
 * Parts that every page or every form asks for together: one file of them is smaller than many, which share no words
 * when they are compressed. Whatever is not named stays where the bundler puts it, by who uses it.
 */
export const groups = [
  { name: 'base', test: /node_modules\/.*(svelte|devalue|clsx|esm-env)\/|preload-helper/ },
  {
    name: 'frame',
    test: /web\/src\/(lib\/frame|hooks)|ui\/src\/(Icon|icons|Live|live\.ts|Button)|words\/src\/(paraglide\/registry|language|numbers|index)|folkmoot\/in-welsh/,
  },
  {
    name: 'dates',
    test: /words\/src\/say|messages\/common_(months|weekdays|date|time|ago|today|yesterday|tomorrow|list)/,
  },
  {
    name: 'form',
    test: /ui\/src\/(enhance|post|form-data|ErrorSummary)|messages\/ui_(found|no_signal|broken|too_many|refused|errors)/,
  },
];
