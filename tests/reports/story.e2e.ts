import { type Browser, type Page, PHONE, type Visit, WIDE } from '@folkmoot/testkit/browser';
import { openSite, sitting } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import { describe, expect, it } from 'vitest';

const weirStreet = { lon: -3.0018, lat: 51.842 };
const TITLE = 'Deep hole in the road by the baker’s';

/** The whole road of one report: from a phone to every open map and the officer's queue, and back. */
describe('a report travels from Mair’s phone to Dylan’s desk and back, on everyone’s screen', () => {
  let town: Town;
  let browser: Browser;
  openSite((site) => ({ town, browser } = site));

  const pageOf = async (name: string | null, options: Visit): Promise<Page> =>
    (await sitting({ town, browser }, name, options)).newPage();
  const live = (page: Page) => page.locator('.live:not(.off)').first().waitFor();

  it('is seen at once on a second map and in the queue, answered, mended, and judged by those who told', async () => {
    const map = await pageOf(null, { viewport: WIDE });
    await map.goto('/reports');
    await live(map);
    const desk = await pageOf('Dylan Rees', { viewport: WIDE });
    await desk.goto('/desk');
    await live(desk);

    // Mair writes on her phone, in Welsh, and presses the button of her mail
    const mair = town.visitor();
    const kinds = await mair.call('listReportCategories', { query: weirStreet });
    const category = kinds.find((kind) => kind.code === 'pothole')!.id;
    const body = {
      ...weirStreet,
      category,
      answers: { depth: 'deep' },
      title: TITLE,
      detail: 'A bike went down in it.',
      lang: 'cy' as const,
    };
    const { report } = await mair.call('makeReport', {
      body: { ...body, name: 'Mair Pritchard', email: 'mair.story@example.org' },
    });
    expect(await map.getByText(TITLE).count()).toBe(0);
    const phone = await pageOf(null, { viewport: PHONE });
    await phone.goto(`/cy/confirm/${await town.tokenTo('mair.story@example.org')}`);
    await phone.locator('main form button').first().click();
    await phone.waitForURL(`**/cy/reports/${report}`);
    await live(phone);

    // nobody reloads: the second map and the queue have it
    await map.getByRole('link', { name: TITLE }).first().waitFor();
    await desk.locator('.queue').getByText(TITLE).waitFor();

    // Dylan opens it, takes it, says that it is mended
    await desk.locator('.queue').getByText(TITLE).click();
    await desk.waitForURL(`**/desk/reports/${report}**`);
    await desk.locator('.item').getByText(TITLE).first().waitFor();
    await desk
      .getByRole('button', { name: /It is fixed/ })
      .first()
      .click();
    await desk.getByText('Everyone who follows it will hear').first().waitFor();

    // the phone in Mair's hand and the map of somebody else know
    await phone.locator('.now .st-done').waitFor();
    await map.goto(`/reports/${report}`);
    await map.locator('.now .st-done').waitFor();
    const news = async () => {
      const { rows } = await town.sql.query(
        `select lang, text from mails where "to" = 'mair.story@example.org' and kind <> 'confirm_report' order by created_at desc`,
      );
      return rows[0] as { lang: string; text: string } | undefined;
    };
    await expect.poll(async () => (await news())?.lang).toBe('cy');

    // it is only mended when those who told us say so
    const asked = /\/confirm\/([\w-]+)/.exec((await news())!.text)![1]!;
    await phone.goto(`/cy/confirm/${asked}`);
    await phone.locator('input[name="fixed"][value="no"]').check();
    await phone.locator('main form button').last().click();
    await phone.waitForURL(`**/cy/reports/${report}**`);
    await expect
      .poll(async () => (await town.visitor().call('readReport', { params: { report } })).state)
      .toBe('new');
    await map.locator('.now .st-new').waitFor();
    expect((await town.visitor().call('readReport', { params: { report } })).saidNotFixed).toBe(1);
  });
});
