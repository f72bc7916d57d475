import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { m } from '@folkmoot/words';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPetition } from '../petitions/story.ts';

const CLIENT = fileURLToPath(new URL('../../apps/web/build/client/', import.meta.url));
const MOST = 60 * 1024;
/** what a module needs before it runs: `import…"./x.js"` and `export…from"./x.js"`, but not `import("./x.js")` */
const STATIC = /(?:import|from)\s*"(\.{1,2}\/[^"]+\.js)"/g;

const LATER = /\(\) => import\([^)]*\)/g;

/** Where a page's import map leads an address: a Welsh page to the copy with Welsh words. */
function leading(html: string): (path: string) => string {
  const map = /<script type="importmap">(.*?)<\/script>/.exec(html)?.[1];
  const imports = map ? (JSON.parse(map) as { imports: Record<string, string> }).imports : {};
  return (path) => {
    const from = Object.keys(imports).find((start) => path.startsWith(start));
    return from ? imports[from] + path.slice(from.length) : path;
  };
}

/** The modules that a page asks for at once, with all they need. */
function modulesOf(html: string): Set<string> {
  const lead = leading(html);
  // `() => import(…)` is a page's way to its error page: fetched when something breaks
  const asked = [...html.replaceAll(LATER, '').matchAll(/_app\/immutable\/[\w/.-]+\.js/g)].map(([path]) =>
    join(CLIENT, lead(`/${path}`)),
  );
  const all = new Set<string>();
  const take = (path: string): void => {
    if (all.has(path)) return;
    all.add(path);
    for (const [, needed] of readFileSync(path, 'utf8').matchAll(STATIC)) take(join(dirname(path), needed!));
  };
  asked.forEach(take);
  return all;
}
const gzipped = (path: string): number => gzipSync(readFileSync(path)).length;

describe('What a phone must fetch before a page is awake', () => {
  let town: Town;
  let petition: number;
  beforeAll(async () => {
    town = await openTown({ site: 'built' });
    ({ petition } = await openPetition(town));
  });
  afterAll(() => town.close());

  const LIGHT = [
    '/',
    '/wards',
    '/wards/weirside',
    '/about/privacy',
    '/demo',
    '/alerts',
    '/sign-in',
    '/decisions',
    '/organisations',
    '/reports',
    '/reports/1',
    '/reports/new',
    '/petitions',
    '/petitions/:petition',
    '/petitions/new',
    '/reports/help',
    '/petitions/help',
    '/petitions/wards',
    '/cy/reports/1',
    '/cy/petitions/:petition',
  ];

  it.each(LIGHT)('%s asks for no more script than it may', async (path) => {
    const page = path.replace(':petition', String(petition));
    let response = await town.visitor().fetch(page);
    const there = response.headers.get('location');
    if (there) response = await town.visitor().fetch(there);
    expect(response.status).toBe(200);
    const modules = modulesOf(await response.text());
    const weight = [...modules].reduce((sum, module) => sum + gzipped(module), 0);
    process.stdout.write(`  ${path}: ${(weight / 1024).toFixed(1)} kB in ${modules.size} modules\n`);
    expect(modules.size).toBeGreaterThan(3);
    expect(weight).toBeLessThanOrEqual(MOST);
  });

  it('holds the words of one language', async () => {
    const words = async (address: string): Promise<string> => {
      const html = await (await town.visitor().fetch(address)).text();
      return [...modulesOf(html)].map((module) => readFileSync(module, 'utf8')).join('');
    };
    const [english, welsh] = [await words('/reports'), await words('/cy/reports')];
    const [en, cy] = (['en', 'cy'] as const).map((locale) => m.reports_around_alert({}, { locale }));
    expect([english.includes(en!), english.includes(cy!)]).toEqual([true, false]);
    expect([welsh.includes(en!), welsh.includes(cy!)]).toEqual([false, true]);
  });

  it('holds no zod: contracts stay on the server', () => {
    expect(existsSync(CLIENT)).toBe(true);
    const scripts = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.js'),
    );
    expect(scripts.length).toBeGreaterThan(10);
    const withZod = scripts.filter((name) =>
      /ZodError|invalid_union|_zod\b/.test(readFileSync(join(CLIENT, name), 'utf8')),
    );
    expect(withZod).toEqual([]);
  });
});
