/** The pages beside the queue: ready-made answers, a report for somebody on the phone, many at once. No script runs. */
import { type Browser, type Page, PHONE } from '@folkmoot/testkit/browser';
import { openSite, sitting } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import { describe, expect, it } from 'vitest';

const weirStreet = { lon: -3.0018, lat: 51.842 };

describe('At the desk, on a phone, without JavaScript', () => {
  let town: Town;
  let browser: Browser;
  openSite((site) => ({ town, browser } = site));

  const pageOf = async (name: string): Promise<Page> =>
    (await sitting({ town, browser }, name, { viewport: PHONE, javaScript: false })).newPage();

  async function tellOf(title: string): Promise<void> {
    const mair = await town.as('Mair Pritchard');
    const all = await mair.call('listReportCategories', { query: weirStreet });
    const { id: category } = all.find((one) => one.code === 'pothole')!;
    const words = { title, detail: 'By the post box.', lang: 'en' as const };
    await mair.call('makeReport', {
      body: { ...weirStreet, category, answers: { depth: 'deep' }, ...words },
    });
  }

  it('Tomasz writes a ready-made answer, adds a kind of report, and loses no word that came back', async () => {
    const page = await pageOf('Tomasz Nowak');
    await page.goto('/desk/templates');
    await page.locator('select[name=command]').selectOption({ index: 1 });
    await page.getByLabel('Name, in English').fill('On our round');
    await page.getByLabel('Words, in English').fill('We pass {place} on Monday.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'On our round' }).waitFor();

    await page.goto('/admin/categories/new');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('There is a problem').or(page.locator('[aria-invalid=true]').first()).waitFor();
    await page.locator('[name="name.en"]').fill('Swans in the road');
    await page.locator('[name="questions.0.label.en"]').fill('How many?');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').getByText('Saved').waitFor();
    await page.getByRole('link', { name: 'Swans in the road' }).click();
    expect(await page.locator('[name="questions.0.label.en"]').inputValue()).toBe('How many?');
    await page.getByRole('button', { name: 'Take it out of the form' }).click();
    await page.getByRole('heading', { name: 'Taken out of the form' }).waitFor();

    await page.goto('/admin/organisations/council');
    await page.getByLabel('What it does, in English').fill('We look after the streets.');
    await page.locator('#email').fill('not an address');
    await page.locator('form[action="?/edit"]').getByRole('button', { name: 'Save' }).click();
    await page.locator('.errors').waitFor();
    expect(await page.getByLabel('What it does, in English').inputValue()).toBe('We look after the streets.');
    await page.context().close();
  });

  it('Dylan makes a report for somebody on the phone, then changes two at once', async () => {
    const page = await pageOf('Dylan Rees');
    await page.goto('/desk/reports/new');
    await page.getByLabel('Where is it?').fill('Weir Street');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.locator('.places a').first().click();
    const pothole = await page.locator('select[name=category] option', { hasText: 'Hole in the road' });
    await page.locator('select[name=category]').selectOption((await pothole.getAttribute('value'))!);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('input[name="answers.depth"]').first().check();
    await page.getByLabel('In a few words').fill('Hole that Gwyn rang about');
    await page.getByLabel('What should the crew know?').fill('By the post box.');
    await page.getByLabel('They will not say their name').check();
    await page.getByRole('button', { name: 'Make the report' }).click();
    await page.waitForURL('**/desk/reports/*done=made*');
    const { rows } = await town.sql.query(
      "select state, channel, entered_by is not null as entered from reports where title = 'Hole that Gwyn rang about'",
    );
    expect(rows).toEqual([{ state: 'new', channel: 'phone', entered: true }]);

    await tellOf('Hole that Ken wrote of');
    await page.goto('/desk/many');
    await page.getByRole('button', { name: 'Change them' }).click();
    await page.getByText('Tick at least one report').first().waitFor();
    const boxes = page.locator('input[name="reports[]"]');
    const chosen = await Promise.all([0, 1].map((n) => boxes.nth(n).getAttribute('value')));
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await page.getByRole('button', { name: 'Change them' }).click();
    await page.locator('.errors').waitFor();
    // what was ticked is ticked still
    await page.locator('select[name=command]').selectOption('start');
    await page.getByRole('button', { name: 'Change them' }).click();
    await page.getByRole('status').getByText('2 reports').waitFor();
    const after = await town.sql.query('select state from reports where id = any($1)', [
      chosen.map((value) => Number(value!.split(':')[0])),
    ]);
    expect(after.rows.map((row) => row.state)).toEqual(['in_progress', 'in_progress']);
    await page.context().close();
  });
});
