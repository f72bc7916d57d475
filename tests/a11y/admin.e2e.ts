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

  /** Each page opened once and looked at by day and by night; the next one comes while this one is looked at. */
  async function look(context: BrowserContext, paths: readonly string[]): Promise<void> {
    const waiting = [...paths];
    const lane = async () => {
      const page = await context.newPage();
      for (let path = waiting.shift(); path; path = waiting.shift()) {
        const answer = await page.goto(path, { waitUntil: 'networkidle' });
        expect([path, answer!.status()]).toEqual([path, 200]);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect([path, colorScheme, await axe(page)]).toEqual([path, colorScheme, []]);
        }
        expect([path, await page.locator('h1').count()]).toEqual([path, 1]);
        const tooWide = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect([path, tooWide]).toEqual([path, 0]);
      }
    };
    await Promise.all([lane(), lane()]);
    await context.close();
  }

  it('Tomasz can read and reach every room, by day and by night', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const { items } = await tomasz.call('listCategoriesToEdit', {});
    const asks = items.find((one) => one.questions.length > 0)!;
    const context = await sitting({ town, browser }, 'Tomasz Nowak');
    await look(context, [...ADMIN, `/admin/categories/${asks.id}`]);
  });

  it('Dylan can read and reach every page of the desk, by day and by night', async () => {
    await look(await sitting({ town, browser }, 'Dylan Rees'), DESK);
  });
});
