import { faults } from '@folkmoot/testkit/axe';
import { type Browser, type Page, visit, WIDE } from '@folkmoot/testkit/browser';
import { openSite, sitting } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import { describe, expect, it } from 'vitest';
import { heardAll } from './heard.ts';

const weirStreet = { lon: -3.0018, lat: 51.842 };

describe('Telling people, on their screens', () => {
  let town: Town;
  let browser: Browser;
  let report: number;
  openSite(async (site) => {
    ({ town, browser } = site);
    const grace = await town.as('Grace Okafor');
    const categories = await grace.call('listReportCategories', { query: weirStreet });
    const category = categories.find((one) => one.code === 'pothole')!.id;
    ({ report } = await grace.call('makeReport', {
      body: {
        ...weirStreet,
        category,
        answers: { depth: 'deep' },
        title: 'Deep hole in the road by the baker’s',
        detail: 'Right where you cross.',
        lang: 'en',
      },
    }));
    await heardAll(town);
  });

  const whole = async (page: Page) => {
    expect(await faults(page), page.url()).toEqual([]);
    const dir = process.env['SHOTS'];
    if (!dir) return;
    const { width } = page.viewportSize()!;
    const dark = await page.evaluate(`matchMedia('(prefers-color-scheme: dark)').matches`);
    const name = new URL(page.url()).pathname
      .slice(1)
      .replace(/[^a-z]+/g, '-')
      .slice(0, 24);
    await page.screenshot({ path: `${dir}/${name}-${width}-${dark ? 'dark' : 'light'}.png`, fullPage: true });
  };
  const move = async (command: 'start' | 'fix', text: string) => {
    const dylan = await town.as('Dylan Rees');
    const { state: saw } = await dylan.call('readReport', { params: { report } });
    await dylan.call('changeReportState', { params: { report }, body: { command, text, lang: 'en', saw } });
    await heardAll(town);
  };

  it('lets the bell ring on an open page, opens the news, and falls silent', async () => {
    const context = await sitting({ town, browser }, 'Grace Okafor', { viewport: WIDE });
    const page = await context.newPage();
    await page.goto('/me/following');
    expect(await page.getByRole('link', { name: 'Deep hole in the road' }).innerText()).toContain(
      'Deep hole',
    );
    await whole(page);
    expect(await page.locator('.mine .dot').count()).toBe(0);
    // the bell hangs on the line: what happens from here on is heard
    await expect.poll(() => town.app.house.hub.sockets()).toBeGreaterThan(0);
    await move('start', 'The crew comes at ten.');
    await page.locator('.mine .dot').waitFor();
    expect(await page.locator('.mine .dot').innerText()).toBe('1');
    await page.goto('/me/inbox');
    expect(await page.getByRole('main').innerText()).toContain('It is now: Being fixed.');
    expect(await page.getByRole('main').innerText()).toContain('“The crew comes at ten.”');
    await whole(page);
    await page.getByRole('button', { name: 'Deep hole in the road' }).click();
    await page.waitForURL(`**/reports/${report}`);
    await page.locator('.mine .dot').waitFor({ state: 'detached' });
    await context.close();
  });

  it('shows news, mail choices and alerts on a phone by night, without JavaScript', async () => {
    await move('fix', 'Filled and levelled.');
    const context = await sitting({ town, browser }, 'Grace Okafor', { dark: true, javaScript: false });
    const page = await context.newPage();
    await page.goto('/me/inbox');
    await page.getByRole('button', { name: 'I have seen all of it' }).click();
    expect(await page.locator('.mine .dot').count()).toBe(0);
    await page.goto('/me/mail');
    await page.getByLabel('Write once a day').check();
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.getByRole('status').innerText()).toContain('Kept.');
    const { rows } = await town.sql.query(`select digest from people where name = 'Grace Okafor'`);
    expect(rows[0].digest).toBe('daily');
    await page.goto('/alerts?ward=weirside');
    await page.getByRole('button', { name: 'Write to me' }).click();
    expect(await page.getByRole('main').innerText()).toContain('It is set.');
    await page.goto('/me/alerts');
    expect(await page.getByRole('main').innerText()).toContain('Everything in Weirside');
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByRole('status').getByText('It has ended.').waitFor();
    expect(await page.getByRole('main').innerText()).toContain('You have no alerts');
    await context.close();
  });

  it('lets a visitor ask for a circle round a street, and follow a report, by a mailed button', async () => {
    const context = await visit(browser, town.url);
    const page = await context.newPage();
    await page.goto('/alerts');
    await whole(page);
    await page.getByLabel('Postcode, street or place').fill('Weir Street');
    await page.getByRole('button', { name: 'Find it' }).click();
    await page.waitForURL('**/alerts?*');
    const choice = page.getByRole('link', { name: 'Weir Street' });
    const there = page.getByText('Around Weir Street');
    await choice.or(there).first().waitFor();
    if (await choice.count()) await choice.first().click();
    await there.waitFor();
    await page.getByRole('button', { name: 'Write to me' }).click();
    expect(await page.locator('.errors').innerText()).toContain('Write your e-mail address');
    await whole(page);
    await page.getByLabel('Your e-mail address').fill('neighbour@example.org');
    await page.getByRole('button', { name: 'Write to me' }).click();
    await page.getByText('We wrote to neighbour@example.org').waitFor();
    await page.goto(`/confirm/${await town.tokenTo('neighbour@example.org')}`);
    await page.getByRole('main').getByRole('button').click();
    await page.getByText('It is set.').waitFor();

    await page.goto(`/reports/${report}/follow`);
    await whole(page);
    await page.getByLabel('Your e-mail address').fill('follower@example.org');
    await page.getByRole('button', { name: 'Write to me about this' }).click();
    await page.getByText('We wrote to follower@example.org').waitFor();
    await context.close();
  });

  it('shows every mail of the demo as it looks, its links alive, and as plain words', async () => {
    for (const options of [{ javaScript: false }, {}, { dark: true, viewport: WIDE }]) {
      const script = options.javaScript !== false;
      const context = await visit(browser, town.url, options);
      const page = await context.newPage();
      await page.goto('/demo/mails');
      // without scripts the clock that axe waits by stands still
      if (script) await whole(page);
      await page.goto('/demo/mails?to=grace%40anybridge.example');
      await page.getByRole('link', { name: /^Being fixed: Deep hole/ }).click();
      await page.waitForURL('**/demo/mails/*');
      const frame = page.frameLocator('iframe');
      expect(await frame.getByRole('heading', { level: 1 }).innerText()).toBe('Being fixed');
      expect(await frame.locator('body').innerText()).toContain('“The crew comes at ten.”');
      if (script) await whole(page);
      await page.getByRole('link', { name: 'Plain words' }).click();
      await page.waitForURL('**plain=1');
      await page.getByRole('main').getByText('No more mail about this report').waitFor();
      const stop = await page
        .getByRole('main')
        .getByRole('link', { name: /unsubscribe/ })
        .getAttribute('href');
      await page.goto(new URL(stop!).pathname);
      if (script) await whole(page);
      else await page.getByRole('button', { name: 'Yes, stop' }).click();
      await page.getByRole('status').getByText('Done.').waitFor();
      await context.close();
    }
  });

  it('lets an administrator set a pause and settle a mail', async () => {
    await town.sql.query(
      `insert into mails ("to", kind, lang, priority, subject, html, text, message_id, state, attempts, error)
       values ('mair.pritchard@example.org', 'alert', 'en', 9, 'New near you: Lamp out', 'x', 'x', '<d@x>', 'doubt', 1, null)`,
    );
    const context = await sitting({ town, browser }, 'Tomasz Nowak', { viewport: WIDE });
    const page = await context.newPage();
    await page.goto('/admin/mails');
    await whole(page);
    await page.getByRole('button', { name: 'Let it be' }).click();
    await page.getByText('Every mail has gone').waitFor();
    // its row is gone, so the focus is on what became of it
    await page.locator(':focus').getByText('Done.').waitFor();
    await page.goto('/admin/pauses');
    await page.getByRole('button', { name: 'Pause it' }).click();
    expect(await page.locator('.errors').innerText()).toContain('Choose what is paused');
    await whole(page);
    await page.getByLabel('Promoting: alerts and news by mail').check();
    await page.getByLabel('First day').fill('2025-10-16');
    await page.getByLabel('Last day').fill('2025-11-06');
    await page.getByLabel('Why, in English').fill('Council by-election');
    await page.getByRole('button', { name: 'Pause it' }).click();
    await page.getByText('It is paused.').waitFor();
    expect(await page.getByRole('main').innerText()).toContain('16 October 2025 to 6 November 2025');
    await context.close();
  });
});
