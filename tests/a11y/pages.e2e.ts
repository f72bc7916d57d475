import { axe } from '@folkmoot/testkit/axe';
import { type Browser, type BrowserContext, type Page, visit } from '@folkmoot/testkit/browser';
import { openSite } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import { describe, expect, it } from 'vitest';

/** Every public page, by hand: a page that is not here is not looked after. */
const PAGES = [
  '/',
  '/wards',
  '/wards/weirside',
  '/reports',
  '/reports/1',
  '/reports/new',
  '/reports/help',
  '/petitions',
  '/petitions/wards',
  '/petitions/help',
  '/sign-in',
  '/alerts',
  '/decisions',
  '/demo',
  '/about/accessibility',
  '/about/privacy',
  '/about/cookies',
  '/about/terms',
  '/about/house-rules',
  '/about/how-it-is-made',
  '/cy',
  '/cy/about/privacy',
  '/nothing/here',
];

/** Runs in the page: how far what was read moved away while it loaded (cumulative layout shift), and what is too wide. */
const STANDING = `new Promise((resolve) => {
  let shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    resolve({ shift, tooWide: scrollWidth - clientWidth });
  }, 300);
})`;
const standing = (page: Page) => page.evaluate(STANDING) as Promise<{ shift: number; tooWide: number }>;

describe('Mair opens every public page on her phone', () => {
  let town: Town;
  let browser: Browser;
  const contexts: Record<string, BrowserContext> = {};
  openSite(async (site) => {
    ({ town, browser } = site);
    contexts['phone'] = await visit(browser, town.url);
    contexts['narrow'] = await visit(browser, town.url, { viewport: { width: 320, height: 640 } });
    // letters that come late move a page as far as the fonts of a machine differ from ours: here they are there
    for (const path of ['/', '/cy']) await (await open('narrow', path)).close();
  });

  async function open(kind: string, path: string): Promise<Page> {
    const page = await contexts[kind]!.newPage();
    const answer = await page.goto(path, { waitUntil: 'networkidle' });
    expect(answer!.status()).toBe(path.startsWith('/nothing') ? 404 : 200);
    return page;
  }

  it.concurrent.each(PAGES)('%s can be read, heard and reached by day and by night', async (path) => {
    const page = await open('phone', path);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await axe(page), `${path}, ${colorScheme}`).toEqual([]);
    }
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.title()).toMatch(/\S+ · .*Folkmoot$/);
    expect(await page.locator('html').getAttribute('lang')).toBe(path.startsWith('/cy') ? 'cy' : 'en');
    expect(await page.locator('html').getAttribute('dir')).toBe('ltr');
    await page.close();
  });

  it.concurrent.each(PAGES)('%s stands still while it loads, and fits 320 pixels', async (path) => {
    const page = await open('narrow', path);
    const { shift, tooWide } = await standing(page);
    await page.close();
    expect(tooWide).toBeLessThanOrEqual(0);
    expect(shift).toBeLessThan(0.005);
  });
});

describe('Grace keeps the front page open', () => {
  let town: Town;
  let browser: Browser;
  openSite((site) => ({ town, browser } = site));

  it('sees a new row ringed by the lamp when somebody says “me too”', async () => {
    const context = await visit(browser, town.url);
    const page = await context.newPage();
    await page.goto('/');
    await page.locator('.live', { hasText: 'Live' }).waitFor();
    const { rows } = await town.sql.query(
      'select id from reports where not private and hidden_at is null and confirmed_at is not null order by id desc limit 1',
    );
    const report = Number(rows[0].id);
    await town.visitor().call('supportReport', { params: { report }, body: {} });
    await page.locator('.feed .fresh', { hasText: 'Someone saw it too' }).waitFor();
    await context.close();
  });

  it('goes from English to Welsh and stays on her page', async () => {
    const context = await visit(browser, town.url);
    const page = await context.newPage();
    await page.goto('/wards/weirside');
    await page.getByRole('link', { name: 'Cymraeg' }).click();
    await page.waitForURL('**/cy/wards/weirside');
    expect(await page.locator('html').getAttribute('lang')).toBe('cy');
    await context.close();
  });
});
