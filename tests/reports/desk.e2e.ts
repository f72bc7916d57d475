import { axe } from '@folkmoot/testkit/axe';
import { type Browser, PHONE, WIDE } from '@folkmoot/testkit/browser';
import { openSite, sitting } from '@folkmoot/testkit/site';
import type { Caller, Town } from '@folkmoot/testkit/town';
import { describe, expect, it } from 'vitest';

const weirStreet = { lon: -3.0018, lat: 51.842 };

let town: Town;
let browser: Browser;
let mair: Caller;
openSite(async (site) => {
  ({ town, browser } = site);
  mair = await town.as('Mair Pritchard');
});

async function report(title: string, code = 'pothole'): Promise<number> {
  const all = await mair.call('listReportCategories', { query: weirStreet });
  const it = all.find((one) => one.code === code)!;
  const required = it.questions.filter((question) => question.required);
  const { report: id } = await mair.call('makeReport', {
    body: {
      ...weirStreet,
      category: it.id,
      answers: Object.fromEntries(
        required.map((one) => [one.code, one.options?.find((option) => !option.stopper)?.code ?? 'x']),
      ),
      title,
      detail: 'It is right where you cross.',
      lang: 'en',
    },
  });
  return id;
}

describe('Dylan at his desk', () => {
  it('sees a report arrive, opens it, decides by a key with words, takes it back, and fixes it', async () => {
    const context = await sitting({ town, browser }, 'Dylan Rees', { viewport: WIDE });
    const page = await context.newPage();
    await page.goto('/desk');
    await page.getByText('Live', { exact: true }).waitFor();
    const id = await report('Crater by the chapel');
    const row = page.locator('.queue a', { hasText: 'Crater by the chapel' });
    await row.waitFor();
    await row.click();
    await page.waitForURL(`**/desk/reports/${id}*`);
    await page.getByRole('heading', { name: 'What shall we do about this?' }).waitFor();
    expect(await axe(page)).toEqual([]);

    await page.getByText('Write my own words, or none').click();
    await page.getByLabel('The words that go out').fill('We look at it on Monday.');
    await page.getByRole('heading', { name: 'What shall we do about this?' }).click();
    await page.keyboard.press('c');
    await expect
      .poll(async () => (await mair.call('readReport', { params: { report: id } })).state)
      .toBe('investigating');
    await page.getByRole('status').getByText('Everyone who follows it will hear').waitFor();

    await page.keyboard.press('z');
    await expect
      .poll(async () => (await mair.call('readReport', { params: { report: id } })).state)
      .toBe('new');
    await page.waitForURL(`**/desk/reports/${id}*`);
    await page.getByRole('button', { name: 'It is fixed' }).click();
    await expect
      .poll(async () => (await mair.call('readReport', { params: { report: id } })).state)
      .toBe('fixed_by_council');
    await context.close();
  });

  it('is told when a colleague was quicker, and keeps what he wrote', async () => {
    const id = await report('Drain by the school');
    const context = await sitting({ town, browser }, 'Dylan Rees', { viewport: WIDE });
    const page = await context.newPage();
    await page.goto(`/desk/reports/${id}`);
    await page.getByText('Live', { exact: true }).waitFor();
    const box = page.getByLabel('The words that go out');
    await box.fill('My careful words.');
    const colleague = await town.as('Dylan Rees');
    // while his decision is on its way, so that his page cannot know
    await page.route('**/api/v1/desk/reports/*/state', async (route) => {
      await colleague.call('changeReportState', {
        params: { report: id },
        body: { command: 'start', saw: 'new', lang: 'en' },
      });
      await route.continue();
    });
    await page.getByRole('button', { name: 'It is fixed' }).click();
    await page.getByText('A colleague was quicker').waitFor();
    expect(await box.inputValue()).toBe('My careful words.');
    await context.close();
  });

  it('works without JavaScript: each decision is a form', async () => {
    const id = await report('Bollard down at the corner');
    const context = await sitting({ town, browser }, 'Dylan Rees', { viewport: PHONE, javaScript: false });
    const page = await context.newPage();
    await page.goto('/desk?view=open&q=bollard');
    await page.locator('.queue a', { hasText: 'Bollard down' }).click();
    await page.getByText('Write my own words, or none').click();
    await page.getByLabel('The words that go out').fill('A crew is on its way.');
    await page.getByRole('button', { name: 'Start work' }).click();
    await page.getByText('Everyone who follows it will hear').waitFor();
    const seen = await mair.call('readReport', { params: { report: id } });
    expect(seen).toMatchObject({ state: 'in_progress' });
    expect(seen.timeline[0]!.text).toBe('A crew is on its way.');

    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back.').waitFor();
    expect((await mair.call('readReport', { params: { report: id } })).state).toBe('new');

    await page.getByText('How to reach the reader').click();
    await page.getByRole('button', { name: 'Show me' }).click();
    await page.getByText('mair@anybridge.example').waitFor();
    await context.close();
  });
});

describe('Rhian asks the officer about a report of her ward', () => {
  it('Sunita finds it in her queue as it comes and answers; Rhian reads it and may ask again', async () => {
    const title = 'Bin tipped over at the weir';
    const id = await report(title, 'bin');
    // in her ward, and on the list of work: nothing about it needs a person until she asks
    await town.sql.query(
      `update reports set state = 'planned', expected_on = null,
        ward_id = (select ward_id from people where name = 'Rhian Pugh'),
        assigned_to = (select id from people where name = 'Sunita Rao') where id = $1`,
      [id],
    );
    const desk = await sitting({ town, browser }, 'Sunita Rao', { viewport: WIDE });
    const officer = await desk.newPage();
    await officer.goto(`/desk?view=needs&q=${id}`);
    await officer.getByText('Live', { exact: true }).waitFor();
    const row = officer.locator('.queue a', { hasText: title });
    expect(await row.count()).toBe(0);

    const ward = await sitting({ town, browser }, 'Rhian Pugh', { viewport: PHONE });
    const councillor = await ward.newPage();
    await councillor.goto(`/desk/reports/${id}`);
    const open = councillor.locator('summary', { hasText: 'Ask the officer' });
    await open.click();
    const ask = councillor.getByRole('button', { name: 'Ask', exact: true });
    await ask.click();
    await councillor.locator('.errors:focus').waitFor();
    await councillor.getByLabel('What do you want to know?').fill('When is it set up again?');
    await ask.click();
    await councillor.getByText('Waits for an answer.').waitFor();
    // hers waits: she need not ask twice
    await open.waitFor({ state: 'detached' });

    await row.click();
    await officer.waitForURL(`**/desk/reports/${id}*`);
    await officer.getByText('“When is it set up again?”').waitFor();
    await officer.locator('summary', { hasText: 'Your answer' }).click();
    await officer.getByRole('textbox', { name: 'Your answer' }).fill('Tomorrow, before noon.');
    expect(await axe(officer)).toEqual([]);
    await officer.getByRole('button', { name: 'Answer', exact: true }).click();
    await officer.getByText('“Tomorrow, before noon.”').waitFor();
    await desk.close();

    await councillor.reload();
    await councillor.getByText('“Tomorrow, before noon.”').waitFor();
    await open.waitFor();
    expect(await axe(councillor)).toEqual([]);
    await ward.close();
  });
});

describe('the desk for everyone who works there', () => {
  it('passes axe in both themes, wide and on a phone, in both languages', async () => {
    const id = await report('Step broken by the bridge', 'bin');
    await (
      await town.as('Grace Okafor')
    ).call('flagSomething', {
      body: { topic: `report:${id}`, part: 'text', reason: 'rude' },
    });
    const pages = [
      '/desk',
      '/desk?view=ended',
      `/desk/reports/${id}`,
      '/desk/many',
      '/desk/templates',
      '/desk/reports/new?q=weir',
      '/desk/moderation',
    ];
    for (const how of [
      { viewport: WIDE, dark: false },
      { viewport: PHONE, dark: true },
    ]) {
      const context = await sitting({ town, browser }, 'Sunita Rao', how);
      const page = await context.newPage();
      for (const path of [...pages, '/cy/desk', '/cy/desk/moderation']) {
        await page.goto(path);
        expect([path, await axe(page)]).toEqual([path, []]);
      }
      await context.close();
    }
  });
});
