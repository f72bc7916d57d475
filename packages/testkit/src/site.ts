/** What a browser test opens and closes: a town with its built site, and a browser to look at it. */
import { afterAll, beforeAll } from 'vitest';
import { type Browser, type BrowserContext, openBrowser, type Visit, visit } from './browser.ts';
import { openTown, type Town } from './town.ts';

export type Site = { town: Town; browser: Browser };

/**
 * Opens a site before the tests of a file or of a `describe`, and closes it after them.
 * @param opened is given the site, and may prepare its town
 */
export function openSite(opened: (site: Site) => unknown): void {
  let site: Site;
  beforeAll(async () => {
    const [town, browser] = await Promise.all([openTown({ site: 'built' }), openBrowser()]);
    site = { town, browser };
    await opened(site);
  });
  afterAll(async () => {
    await site.browser.close();
    await site.town.close();
  });
}

/** A browser in which somebody of Anybridge is signed in, by name; nobody with null. */
export async function sitting(
  { town, browser }: Site,
  name: string | null,
  how?: Visit,
): Promise<BrowserContext> {
  const context = await visit(browser, town.url, how);
  if (name === null) return context;
  const { cookie } = await town.as(name);
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: town.url };
    }),
  );
  return context;
}
