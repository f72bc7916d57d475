/** The pages, too: every route of the site with ids that exist and words that nobody expects, read and posted to. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { Input } from './inputs.ts';
import { type Known, nastyWord } from './values.ts';

const ROUTES = fileURLToPath(new URL('../../../apps/web/src/routes', import.meta.url));
const NAMES = [
  'q',
  'page',
  'facet',
  'state',
  'ward',
  'key',
  'signed',
  'name',
  'email',
  'postcode',
  'title',
  'lang',
  'why',
];
const encoded = (word: string): string => encodeURIComponent(word.toWellFormed());

/** `/petitions/[petition]/mine`, as the folders say. */
const routes = (): string[] => [
  ...new Set(
    readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
      .filter(
        (file) => /\+(page|server)\.(svelte|ts|server\.ts)$/.test(file) || file.endsWith('+page.server.ts'),
      )
      .map((file) =>
        `/${file.replace(/\/?\+[^/]*$/, '')}`.replace(/\([^)]*\)\//g, '').replace('[x+2e]', '.'),
      ),
  ),
];

export function pageInputs(known: Known): fc.Arbitrary<Input> {
  const word = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...known.numbers.map(String), ...known.uuids, ...known.words) },
    { weight: 1, arbitrary: nastyWord },
  );
  const pairs = fc
    .array(fc.tuple(fc.constantFrom(...NAMES), word), { maxLength: 4 })
    .map((all) => all.map(([name, value]) => `${name}=${encoded(value)}`).join('&'));
  const form = ['content-type', 'application/x-www-form-urlencoded'] satisfies [string, string];
  return fc
    .record({
      who: fc.constantFrom('nobody', 'resident', 'officer', 'admin'),
      route: fc.constantFrom(...routes()),
      words: fc.array(word, { minLength: 3, maxLength: 3 }),
      welsh: fc.boolean(),
      query: pairs,
      body: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: pairs }),
      action: fc.constantFrom('', '', '/save', '/nothing', '/%'),
    })
    .map(({ who, route, words, welsh, query, body, action }): Input => {
      let at = 0;
      const path = route.replace(/\[[^\]]*\]/g, () => encoded(words[at++ % words.length] ?? ''));
      const acts = body !== null && action ? `?${action}` : '';
      return {
        who,
        endpoint: `page ${route}`,
        method: body === null ? 'GET' : 'POST',
        target: `${welsh ? '/cy' : ''}${path}${acts || (query ? `?${query}` : '')}`,
        headers: body === null ? [] : [form],
        body,
        alone: false,
      };
    });
}
