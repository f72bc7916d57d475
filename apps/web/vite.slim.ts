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

/** Kit writes values into pages on the server alone, yet its browser part brings the writer along (1.7 kB). */
export const noUneval: Plugin = {
  name: 'folkmoot-no-uneval',
  apply: 'build',
  applyToEnvironment: inClient,
  load: {
    filter: { id: /\/devalue\/src\/uneval\.js$/ },
    handler: () => `export const uneval = () => { throw new Error('only on the server'); };`,
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
    test: /web\/src\/(lib\/frame|hooks)|ui\/src\/(Icon|icons|Live|live|socket|Button)|words\/src\/(paraglide\/registry|language|numbers|index)|folkmoot\/in-welsh/,
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
