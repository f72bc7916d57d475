import { axe } from '@folkmoot/testkit/axe';
import type { Browser, BrowserContext } from '@folkmoot/testkit/browser';
import { openSite, sitting } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import { describe, expect, it } from 'vitest';

/** Every page of administrators and of the desk, by hand: a page that is not here is not looked after. */
const ADMIN = [
  '/admin',
  '/admin/organisations',
  '/admin/organisations/friends-of-weir-fields',
  '/admin/categories',
  '/admin/categories/new',
  '/admin/petitions',
  '/admin/petitions/rules',
  '/admin/people',
  '/admin/people/changes',
  '/admin/privacy',
  '/admin/place',
  '/admin/pages',
  '/admin/pages/privacy',
  '/admin/calendar',
  '/admin/mails',
  '/admin/pauses',
  '/admin/health',
  '/cy/admin',
  '/cy/admin/categories',
  '/cy/admin/petitions',
  '/cy/admin/petitions/rules',
  '/desk/moderation',
];
const DESK = [
  '/desk',
  '/desk?view=ended',
  '/desk/many',
  '/desk/templates',
  '/desk/reports/new',
  '/desk/reports/new?q=weir',
  '/cy/desk',
];

describe('Those who work here, on a phone', () => {
  let town: Town;
  let browser: Browser;
  openSite((site) => ({ town, browser } = site));

  async function look(context: BrowserContext, paths: readonly string[]): Promise<void> {
    const page = await context.newPage();
    for (const path of paths) {
      const answer = await page.goto(path, { waitUntil: 'networkidle' });
      expect([path, answer!.status()]).toEqual([path, 200]);
      expect([path, await axe(page)]).toEqual([path, []]);
      expect([path, await page.locator('h1').count()]).toEqual([path, 1]);
      const tooWide = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect([path, tooWide]).toEqual([path, 0]);
    }
    await context.close();
  }

  it.each([false, true])('Tomasz can read and reach every room (dark: %s)', async (dark) => {
    const tomasz = await town.as('Tomasz Nowak');
    const { items } = await tomasz.call('listCategoriesToEdit', {});
    const asks = items.find((one) => one.questions.length > 0)!;
    await look(await sitting({ town, browser }, 'Tomasz Nowak', { dark }), [
      ...ADMIN,
      `/admin/categories/${asks.id}`,
    ]);
  });

  it.each([false, true])('Dylan can read and reach every page of the desk (dark: %s)', async (dark) => {
    await look(await sitting({ town, browser }, 'Dylan Rees', { dark }), DESK);
  });
});
