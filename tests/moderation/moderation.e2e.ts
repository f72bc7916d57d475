import { axe } from '@folkmoot/testkit/axe';
import { type Browser, PHONE, visit, WIDE } from '@folkmoot/testkit/browser';
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
  // her ward has no part in this story
  await town.sql.query("update grants set area_id = null where role = 'councillor'");
});

async function report(): Promise<number> {
  const all = await mair.call('listReportCategories', { query: weirStreet });
  const it = all.find((one) => one.code === 'bin')!;
  const required = it.questions.filter((question) => question.required);
  const first = (one: (typeof required)[number]) =>
    one.options?.find((option) => !option.stopper)?.code ?? 'x';
  const { report: id } = await mair.call('makeReport', {
    body: {
      ...weirStreet,
      category: it.id,
      answers: Object.fromEntries(required.map((one) => [one.code, first(one)])),
      title: 'Bin by the chapel is full',
      detail: 'Ring Gwyn on 01555 550 187, it is his job.',
      lang: 'en',
    },
  });
  return id;
}

describe('a telephone number in a report', () => {
  it('is flagged by a visitor without JavaScript, taken down by Rhian with a key, and asked about by Mair', async () => {
    const id = await report();
    const visitor = await visit(browser, town.url, { viewport: PHONE, javaScript: false });
    const flag = await visitor.newPage();
    await flag.goto(`/flag?topic=report:${id}`);
    expect(await flag.getByRole('heading', { level: 1 }).textContent()).toBe('What is wrong with this?');
    await flag.getByRole('button', { name: 'Tell the moderators' }).click();
    await flag.getByRole('link', { name: 'Choose what is wrong' }).waitFor();
    await flag.getByText('It shows somebody’s private details').click();
    await flag.getByRole('button', { name: 'Tell the moderators' }).click();
    await flag.getByRole('heading', { name: 'Thank you. A person will look.' }).waitFor();
    await visitor.close();

    const plain = await sitting({ town, browser }, 'Rhian Pugh', { viewport: WIDE, javaScript: false });
    const unscripted = await plain.newPage();
    await unscripted.goto('/desk/moderation');
    expect(await unscripted.locator('[name=rule]').filter({ visible: true }).count()).toBe(6);
    await plain.close();

    const desk = await sitting({ town, browser }, 'Rhian Pugh', { viewport: WIDE });
    const page = await desk.newPage();
    await page.goto('/desk/moderation');
    await page.getByRole('heading', { name: 'Does this show someone’s private details?' }).waitFor();
    expect(await page.locator('mark').textContent()).toBe('01555 550 187');
    expect(await axe(page)).toEqual([]);
    await page.getByText('Live', { exact: true }).waitFor();
    const rules = page.locator('[name=rule]');
    const seen = rules.filter({ visible: true });
    expect(await seen.count()).toBe(3);
    await page.getByRole('button', { name: 'Another rule' }).click();
    await expect.poll(() => seen.count()).toBe(6);
    await rules.nth(3).and(page.locator(':focus')).waitFor();
    await page.getByRole('heading', { level: 2 }).first().click();
    await page.keyboard.press('h');
    await expect
      .poll(async () => (await town.visitor().say('readReport', { params: { report: id } })).status)
      .toBe(404);
    await desk.close();

    const [{ id: decision } = { id: '' }] = (await mair.call('listDecisions', { query: {} })).items;
    const hers = await sitting({ town, browser }, 'Mair Pritchard', { viewport: PHONE, javaScript: false });
    const own = await hers.newPage();
    await own.goto(`/decisions/${decision}`);
    await own.getByLabel('Why should it stand?').fill('The number is the council’s own.');
    await own.getByRole('button', { name: 'Ask for another look' }).click();
    await own.getByText('Asked. Somebody else looks').waitFor();
    await hers.close();

    for (const dark of [false, true]) {
      const anyone = await visit(browser, town.url, { viewport: dark ? PHONE : WIDE, dark });
      const log = await anyone.newPage();
      for (const path of ['/decisions', '/cy/decisions', `/decisions/${decision}`]) {
        await log.goto(path);
        expect(await log.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
        expect([path, await axe(log)]).toEqual([path, []]);
      }
      expect(await log.content()).not.toContain('Mair');
      // a decision names its rule by its number, so the rules must show theirs
      await log.goto('/about/house-rules');
      const sign = "getComputedStyle(document.querySelector('.prose ol')).listStyleType";
      expect(await log.evaluate(sign)).toBe('decimal');
      await anyone.close();
    }
  });
});
