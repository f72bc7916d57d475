import { axe } from '@folkmoot/testkit/axe';
import { type Browser, type Page, PHONE, visit, WIDE } from '@folkmoot/testkit/browser';
import { openSite } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import { describe, expect, it, vi } from 'vitest';

const weirStreet = { lon: -3.0018, lat: 51.842 };
const close = 'bbox=-3.0060,51.8395,-2.9976,51.8445';

/** Adds reports round the weir, as many as a page and a half, so that there is something to page through. */
async function fill(town: Town): Promise<void> {
  await town.sql.query(
    `insert into reports (category_id, organisation_id, ward_id, title, detail, lang, lon, lat, place, state, state_at,
       confirmed_at, created_at, updated_at)
     select c.id, c.organisation_id, w.id, 'Lamp ' || n || ' is out', 'Dark at night', 'en',
       $1::float8 + ((n % 6) - 2.5) * 0.0012, $2::float8 + (n / 6 - 2.5) * 0.0008, 'Weir Street',
       (array['new', 'investigating', 'action_scheduled', 'in_progress'])[1 + n % 4], t, t, t, t
     from generate_series(1, 30) n, (select $3::timestamptz as t) at,
       lateral (select id, organisation_id from report_categories where code = 'light' limit 1) c,
       lateral (select id from areas where slug = 'weirside' limit 1) w`,
    [weirStreet.lon, weirStreet.lat, town.clock.now],
  );
}

describe('Grace looks around the weir', () => {
  let town: Town;
  let browser: Browser;
  openSite(async (site) => {
    ({ town, browser } = site);
    await fill(town);
    await town.sql.query(
      `insert into events (topic, type, audience, data)
       select 'report:' || id, 'report.confirmed', 'public', jsonb_build_object('report', id) from reports where title like 'Lamp %'`,
    );
    const grace = town.visitor();
    await vi.waitFor(
      async () => {
        await town.app.house.hub.wake();
        expect((await grace.call('listReports', { query: { q: 'lamp' } })).total).toBe(30);
      },
      { timeout: 30_000, interval: 100 },
    );
  });

  const open = async (path: string, options: Parameters<typeof visit>[2]): Promise<Page> => {
    const context = await visit(browser, town.url, options);
    const page = await context.newPage();
    await page.goto(path);
    return page;
  };
  const awake = (page: Page) => page.waitForSelector('.mapground .mark');

  it('without a script: list, numbered marks, filters, the one box and the pages all work', async () => {
    const page = await open(`/reports?${close}`, { viewport: PHONE, javaScript: false });
    expect(await page.locator('ol.list > li.thing').count()).toBe(20);
    const mark = page.locator('.plane .mark:not(.many):has(b)').first();
    const row = page.locator(`ol.list > li${await mark.getAttribute('href')}`);
    expect(await row.locator('.pin b').textContent()).toBe(await mark.locator('b').textContent());

    await page.getByRole('link', { name: 'Next' }).click();
    expect(new URL(page.url()).searchParams.get('page')).toBe('2');
    expect(await page.locator('ol.list > li.thing').count()).toBeGreaterThan(0);

    await page.getByText('Choose what you see').click();
    await page.getByLabel('Kind').selectOption('lights');
    await page.getByLabel('Words in the report').fill('lamp 17');
    await page.getByRole('button', { name: 'Show these' }).click();
    expect(await page.locator('ol.list .name').allTextContents()).toEqual(['Lamp 17 is out']);

    await page.getByLabel('Street, place or postcode').fill('Weir Street');
    await page.getByRole('button', { name: 'Find' }).click();
    expect(await page.locator('h1').textContent()).toBe('Around Weir Street');
    await page.context().close();
  });

  it('keeps to the rules for everybody, by day and night, on a phone and a wide screen, awake or not', async () => {
    for (const viewport of [PHONE, WIDE])
      for (const dark of [false, true])
        for (const asleep of [true, false]) {
          // axe itself is a script, so the page that has none is looked at with its own held back
          const page = await open(`/reports?${close}`, { viewport, dark, asleep });
          if (!asleep) await awake(page);
          await page.locator('summary').click();
          expect(await axe(page), `${viewport.width} ${dark ? 'dark' : 'light'}`).toEqual([]);
          await page.context().close();
        }
    for (const path of ['/reports?view=list', '/cy/reports', '/reports/streets?q=w']) {
      const page = await open(path, { viewport: PHONE });
      expect(await axe(page), path).toEqual([]);
      await page.context().close();
    }
  });

  it('moves the map: list, marks and address follow', async () => {
    const page = await open(`/reports?${close}`, { viewport: WIDE });
    await awake(page);
    const before = await page.locator('ol.list .name').allTextContents();
    await page.locator('.mapground').focus();
    // the map ignores a key while it still moves, as when somebody holds it down
    await expect
      .poll(
        async () => {
          await page.keyboard.press('ArrowRight');
          return page.locator('ol.list .name').allTextContents();
        },
        { timeout: 30_000, interval: 300 },
      )
      .not.toEqual(before);
    expect(new URL(page.url()).searchParams.get('bbox')).not.toBe(close.slice(5));
    await page.context().close();
  });

  it('reaches a mark with the keyboard alone and is led to its row', async () => {
    const page = await open(`/reports?${close}`, { viewport: WIDE });
    await awake(page);
    await page.locator('.mapground').focus();
    const onMark = () =>
      page.evaluate<boolean>(
        `document.activeElement?.matches('.mapground .mark:not(.many):has(b)') ?? false`,
      );
    for (let i = 0; i < 60 && !(await onMark()); i++) await page.keyboard.press('Tab');
    expect(await onMark()).toBe(true);
    const label = await page.evaluate<string>(`document.activeElement?.getAttribute('aria-label') ?? ''`);
    expect(label).toMatch(/^\d+\. Lamp \d+ is out: /);
    await page.keyboard.press('Enter');
    const focused = () => page.evaluate<string>(`document.activeElement?.textContent ?? ''`);
    await expect.poll(focused).toMatch(/^Lamp/);
    expect(label).toContain((await focused()).trim());
    await page.context().close();
  });

  it('sees a report that Mair makes appear on her open map and in her list', async () => {
    const page = await open(`/reports?${close}&sort=new`, { viewport: WIDE });
    await awake(page);
    await page.getByText('Live', { exact: true }).waitFor();
    const mair = await town.as('Mair Pritchard');
    const categories = await mair.call('listReportCategories', { query: weirStreet });
    town.later(1);
    await mair.call('makeReport', {
      body: {
        ...weirStreet,
        category: categories.find((one) => one.code === 'litter')!.id,
        answers: {},
        title: 'Broken glass by the swings',
        detail: 'Many small pieces.',
        lang: 'en',
      },
    });
    const row = page.locator('ol.list > li.thing.fresh', { hasText: 'Broken glass by the swings' });
    await row.waitFor();
    expect(await row.locator('.pin b').textContent()).toBe('1');
    await page.locator('.mapground .mark.came').first().waitFor();
    await page.context().close();
  });
});
