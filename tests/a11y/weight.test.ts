import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLIENT = fileURLToPath(new URL('../../apps/web/build/client/', import.meta.url));
const MOST = 60 * 1024;
/** what a module needs before it runs: `import…"./x.js"` and `export…from"./x.js"`, but not `import("./x.js")` */
const STATIC = /(?:import|from)\s*"(\.{1,2}\/[^"]+\.js)"/g;

const LATER = /\(\) => import\([^)]*\)/g;

/** The modules that a page asks for at once, with all they need. */
function modulesOf(html: string): Set<string> {
  // `() => import(…)` is a page's way to its error page: fetched when something breaks
  const asked = [...html.replaceAll(LATER, '').matchAll(/_app\/immutable\/[\w/.-]+\.js/g)].map(([path]) =>
    join(CLIENT, path),
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
  beforeAll(async () => {
    town = await openTown({ site: 'built' });
  });
  afterAll(() => town.close());

  /** pages that are still too heavy, with what they may not grow beyond; to be brought down, never up */
  const HEAVY: Readonly<Record<string, number>> = {
    '/reports': 67 * 1024,
    '/reports/1': 68 * 1024,
    '/reports/new': 64 * 1024,
  };
  const LIGHT = [
    '/',
    '/wards',
    '/wards/weirside',
    '/about/privacy',
    '/demo',
    '/alerts',
    '/sign-in',
    '/petitions',
    '/petitions/wards',
    '/petitions/help',
  ];

  it.each([...LIGHT, ...Object.keys(HEAVY)])('%s asks for no more script than it may', async (path) => {
    let response = await town.visitor().fetch(path);
    const there = response.headers.get('location');
    if (there) response = await town.visitor().fetch(there);
    expect(response.status).toBe(200);
    const modules = modulesOf(await response.text());
    const weight = [...modules].reduce((sum, module) => sum + gzipped(module), 0);
    process.stdout.write(`  ${path}: ${(weight / 1024).toFixed(1)} kB in ${modules.size} modules\n`);
    expect(modules.size).toBeGreaterThan(3);
    expect(weight).toBeLessThanOrEqual(HEAVY[path] ?? MOST);
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
