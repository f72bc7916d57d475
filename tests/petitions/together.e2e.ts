import { axe } from '@folkmoot/testkit/axe';
import { type Browser, type Page, PHONE, visit, WIDE } from '@folkmoot/testkit/browser';
import { openSite } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import { describe, expect, it } from 'vitest';

const TITLE = 'A bench by the bridge';

describe('Mair and Grace write one petition in two browsers', () => {
  let town: Town;
  let browser: Browser;
  openSite((site) => ({ town, browser } = site));

  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
  const begin = async (page: Page) => {
    await page.goto('/petitions/new');
    await page.getByLabel('What do you want the council to do?').fill(TITLE);
    await press(page, 'Carry on');
    await page.getByLabel('Why?').fill('It is far to walk.');
    await press(page, 'Carry on');
    await page.waitForURL('**/details');
    await page.getByRole('link', { name: 'Write it together with others' }).click();
    await page.getByLabel('Your name, as the others read it').fill('Mair');
    await press(page, 'Let others in');
    await page.getByRole('heading', { name: 'Who writes' }).waitFor();
    return page.getByLabel('Its address').inputValue();
  };
  const comeIn = async (page: Page, link: string, name: string) => {
    await page.goto(link);
    await page.getByRole('heading', { name: 'Write a petition with Mair' }).waitFor();
    await page.getByLabel('Your name, as the others read it').fill(name);
    await press(page, 'Come in');
    await page.getByRole('heading', { name: 'Who writes' }).waitFor();
  };
  const why = (page: Page) => page.locator('section.para').nth(1);

  it('sees who writes where, goes offline, and loses neither one’s words nor the other’s', async () => {
    const [mairs, graces] = [
      await visit(browser, town.url, { viewport: PHONE }),
      await visit(browser, town.url, { viewport: WIDE, dark: true }),
    ];
    const [mair, grace] = [await mairs.newPage(), await graces.newPage()];
    const broken: string[] = [];
    for (const page of [mair, grace]) page.on('pageerror', (error) => broken.push(error.message));
    const link = await begin(mair);
    expect(await axe(mair)).toEqual([]);
    await comeIn(grace, link, 'Grace');
    // Mair hears of her at once
    await mair.locator('li.who', { hasText: 'Grace' }).waitFor();
    await why(mair)
      .getByRole('button', { name: /^Write here/ })
      .click();
    await grace.getByText('Mair writes here just now').waitFor();
    expect(await why(grace).getByRole('button').count()).toBe(0);
    expect(await axe(grace)).toEqual([]);

    await mairs.setOffline(true);
    await mair.getByLabel('Your words').fill('My knees hurt on the hill.');
    await mair.getByText('No signal.').waitFor();
    await press(mair, 'Keep it');
    expect(await mair.getByLabel('Your words').inputValue()).toBe('My knees hurt on the hill.');
    town.later(1);
    await grace.reload();
    await why(grace)
      .getByRole('button', { name: /^Write here/ })
      .click();
    await grace.getByLabel('Your words').fill('The hill is steep.');
    await press(grace, 'Keep it');
    await why(grace).getByText('The hill is steep.', { exact: true }).waitFor();

    await mairs.setOffline(false);
    await press(mair, 'Keep it');
    await mair.getByRole('heading', { name: 'It changed while you wrote' }).waitFor();
    await mair.locator('blockquote', { hasText: 'The hill is steep.' }).waitFor();
    expect(await mair.getByLabel('Your words').inputValue()).toBe('My knees hurt on the hill.');
    expect(await axe(mair)).toEqual([]);
    await mair.getByLabel('Your words').fill('The hill is steep, and my knees hurt.');
    await press(mair, 'Put mine in its place');
    await why(grace).getByText('The hill is steep, and my knees hurt.', { exact: true }).waitFor();
    await grace.getByRole('link', { name: 'Every wording' }).click();
    for (const words of ['It is far to walk.', 'The hill is steep.'])
      await grace.getByText(words, { exact: true }).waitFor();
    expect(await axe(grace)).toEqual([]);
    expect(broken).toEqual([]);
    await mairs.close();
    await graces.close();
  });

  it('without a script, too', async () => {
    const [mairs, graces] = [
      await visit(browser, town.url, { viewport: WIDE, javaScript: false }),
      await visit(browser, town.url, { viewport: PHONE, javaScript: false }),
    ];
    const [mair, grace] = [await mairs.newPage(), await graces.newPage()];
    await comeIn(grace, await begin(mair), 'Grace');
    await why(grace)
      .getByRole('button', { name: /^Write here/ })
      .click();
    await grace.getByLabel('Your words').waitFor();
    await mair.reload();
    await mair.getByText('Grace writes here just now').waitFor();
    town.later(1);
    await mair.reload();
    await why(mair)
      .getByRole('button', { name: /^Write here/ })
      .click();
    await mair.getByLabel('Your words').fill('The hill is steep.');
    await press(mair, 'Keep it');
    await grace.getByLabel('Your words').fill('My knees hurt.');
    await press(grace, 'Keep it');
    await grace.locator('blockquote', { hasText: 'The hill is steep.' }).waitFor();
    expect(await grace.getByLabel('Your words').inputValue()).toBe('My knees hurt.');
    await press(grace, 'Put mine in its place');
    await why(grace).getByText('My knees hurt.', { exact: true }).waitFor();
    await press(grace, 'One more paragraph');
    await grace.getByLabel('Your words').fill('Of stone.');
    await press(grace, 'Keep it');
    await grace.getByText('Of stone.', { exact: true }).waitFor();
    await mair.getByRole('link', { name: 'Back to your petition' }).click();
    await mair.waitForURL(/\/petitions\/new\/\d+\/place$/);
    await mairs.close();
    await graces.close();
  });
});
