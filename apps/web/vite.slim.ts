/**
 * What makes the scripts of a page small: what always goes together in one file, and nothing that only the server
 * calls. Plugins of the client's build alone; development and server see the code as it is. Words: `vite.words.ts`.
 */
import type { Plugin } from 'vite';
import { endpoints } from '@folkmoot/core/endpoints';

export const inClient = (environment: { name: string }): boolean => environment.name === 'client';

/** `import { endpoints } from '@folkmoot/core/endpoints'`, or one domain's own list. */
const ENDPOINTS =
  /import\s*\{\s*(\w*[eE]ndpoints)\s*\}\s*from\s*['"]@folkmoot\/core\/(?:[\w/-]+\/)?[\w.]*endpoints['"];?/g;

/**
 * A page ships the addresses of the endpoints it calls, not of all hundred: `endpoints.readMe` becomes what it says
 * (0.3 to 1.5 kB less on every page).
 */
export const endpointsInPlace: Plugin = {
  name: 'folkmoot-endpoints',
  apply: 'build',
  transform: {
    order: 'post',
    handler(code, id) {
      if (!code.includes('@folkmoot/core/') || id.includes('/packages/core/')) return null;
      const known: Readonly<Record<string, unknown>> = endpoints;
      let written = code;
      for (const [whole, list] of code.matchAll(ENDPOINTS)) {
        const used = new RegExp(`(?<![.\\w$'"/])${list}\\.(\\w+)`, 'g');
        const inPlace = written.replace(used, (said, name: string) =>
          known[name] ? `(${JSON.stringify(known[name])})` : said,
        );
        // what is no longer named need not be fetched
        const bare = inPlace.replace(whole, '');
        written = new RegExp(`\\b${list}\\b`).test(bare) ? inPlace : bare;
      }
      return written === code ? null : { code: written, map: null };
    },
  },
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

/** What loads and actions give: plain objects, lists, text, numbers; dates, maps and sets if one day they do. */
const PLAIN_PARSE = `
const ODD = [undefined, undefined, NaN, Infinity, -Infinity, -0];
export const unflatten = (parsed, revivers) => {
  const made = [];
  const read = (at) => {
    if (at < 0) return ODD[-at - 1];
    if (at in made) return made[at];
    const value = parsed[at];
    if (!value || typeof value !== 'object') return (made[at] = value);
    const fill = (it, entries) => {
      made[at] = it;
      for (const [key, one] of entries) {
        if (key === '__proto__') throw new Error(key);
        it[key] = read(one);
      }
      return it;
    };
    if (!Array.isArray(value)) return fill({}, Object.entries(value));
    const [kind, ...rest] = value;
    const pairs = () => rest.flatMap((key, i) => (i % 2 ? [] : [[key, rest[i + 1]]]));
    if (typeof kind !== 'string') {
      if (kind < -6) throw new Error('a list with gaps');
      return fill([], value.entries());
    }
    if (revivers && Object.hasOwn(revivers, kind)) return (made[at] = revivers[kind](read(rest[0])));
    if (kind === 'Date') return (made[at] = new Date(rest[0]));
    if (kind === 'Set') return (made[at] = new Set(rest.map(read)));
    if (kind === 'Map') return (made[at] = new Map(pairs().map((pair) => pair.map(read))));
    if (kind === 'null') return fill(Object.create(null), pairs());
    throw new Error(kind + ' cannot be read');
  };
  return read(typeof parsed === 'number' ? parsed : 0);
};
export const parse = (text, revivers) => unflatten(JSON.parse(text), revivers);`;

const said = (message: string): string => `() => { throw new Error(${JSON.stringify(message)}); }`;
const LEFT_OUT: ReadonlyArray<[RegExp, (code: string) => string]> = [
  // Kit writes values into pages on the server alone
  [/\/devalue\/src\/uneval\.js$/, () => `export const uneval = ${said('only on the server')};`],
  [/\/devalue\/src\/stringify\.js$/, () => PLAIN_STRINGIFY],
  [/\/devalue\/src\/parse\.js$/, () => PLAIN_PARSE],
  // no load of ours fetches by itself, so nothing that one fetched on the server waits in the page
  [
    /\/kit\/src\/runtime\/client\/fetcher\.js$/,
    () => `export const lock_fetch = () => undefined;
export const unlock_fetch = () => undefined;
export const initial_fetch = (resource, options) => fetch(resource, options);
export const dev_fetch = initial_fetch;
export const subsequent_fetch = (_resource, resolved, options) => fetch(resolved, options);`,
  ],
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
