import { makeToken } from '@folkmoot/api/people/index';
import { axe } from '@folkmoot/testkit/axe';
import type { Browser, Page, Visit } from '@folkmoot/testkit/browser';
import { openSite, sitting } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import { describe, expect, it } from 'vitest';

const weirStreet = { lon: -3.0018, lat: 51.842 };

describe('People answer for a report in a browser', () => {
  let town: Town;
  let browser: Browser;
  openSite((site) => ({ town, browser } = site));

  const report = async (name: string, title: string, code = 'pothole'): Promise<number> => {
    const maker = await town.as(name);
    const kinds = await maker.call('listReportCategories', { query: weirStreet });
    const kind = kinds.find((one) => one.code === code)!;
    // whatever the council asks of this kind: the first answer will do
    const answers = Object.fromEntries(
      kind.questions.filter((one) => one.required).map((one) => [one.code, one.options?.[0]?.code ?? 'yes']),
    );
    const body = {
      ...weirStreet,
      category: kind.id,
      answers,
      title,
      detail: 'By the kerb.',
      lang: 'en' as const,
    };
    return (await maker.call('makeReport', { body })).report;
  };
  const open = async (name: string | null, options: Visit = {}) => {
    const context = await sitting({ town, browser }, name, options);
    return { context, page: await context.newPage() };
  };
  const whole = async (page: Page) => expect(await axe(page)).toEqual([]);

  it('"was it fixed?" in the mail leads to two answers and one button', async () => {
    const id = await report('Mair Pritchard', 'A hole to ask about');
    await town.sql.query("update reports set state = 'fixed_by_council', state_at = $2 where id = $1", [
      id,
      town.clock.now,
    ]);
    const { rows } = await town.sql.query("select id from people where name = 'Mair Pritchard'");
    const token = await makeToken(
      town.app.house.db,
      { kind: 'verdict', personId: rows[0].id, data: { report: id }, minutes: 60 },
      town.clock.now,
    );
    const { context, page } = await open(null);
    await page.goto(`/confirm/${token}`);
    await page.getByText('A hole to ask about').waitFor();
    await whole(page);
    await page.getByRole('button', { name: 'Say so' }).click();
    await page.locator('.errors').waitFor();
    await page.getByLabel('It is not fixed').check();
    await page.getByLabel('What is it like now?').fill('Only half of it is filled.');
    await page.getByRole('button', { name: 'Say so' }).click();
    await page.waitForURL(`**/reports/${id}`);
    await page.getByText('Only half of it is filled.').waitFor();
    await page.getByText('1 person says it is not.').waitFor();
    await page.goto(`/confirm/${token}`);
    await page.getByRole('heading', { name: 'This was done already' }).waitFor();
    await page.goto('/confirm/cut-off-by-a-mail-program');
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await page.getByText('Perhaps your mail program cut it off').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Go to the start' }).waitFor();
    await whole(page);
    await context.close();
  });

  it('a stranger says that it is fixed, and is asked to look in the mailbox', async () => {
    const id = await report('Mair Pritchard', 'A hole that is filled');
    const { context, page } = await open(null, { dark: true });
    await page.goto(`/reports/${id}`);
    await page.getByRole('link', { name: 'It is fixed', exact: true }).click();
    await page.getByRole('button', { name: 'Say so' }).click();
    await page.getByRole('heading', { name: '2 things to put right' }).waitFor();
    await whole(page);
    await page.getByLabel('Your name', { exact: true }).fill('Ken Bevan');
    await page.getByLabel('Your e-mail address').fill('ken@example.org');
    await page.getByRole('button', { name: 'Say so' }).click();
    await page.getByText('We sent a message to ken@example.org').waitFor();
    await page.goto(`/confirm/${await town.tokenTo('ken@example.org')}`);
    await page.getByRole('button', { name: 'Yes, that was me' }).click();
    await page.waitForURL(`**/reports/${id}`);
    await page.getByText('1 person says it is fixed.').waitFor();
    await context.close();
  });

  for (const javaScript of [true, false])
    it(`Mair changes her words and takes it back, ${javaScript ? 'with' : 'without'} a script`, async () => {
      const id = await report('Mair Pritchard', 'A hoel');
      const { context, page } = await open('Mair Pritchard', { javaScript });
      await page.goto(`/reports/${id}`);
      await page.getByRole('link', { name: 'Change my words' }).click();
      await page.getByLabel('Give it a short name').fill('A hole');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { level: 1, name: 'A hole' }).waitFor();
      await page.getByRole('link', { name: 'Take it back' }).click();
      await page.getByRole('button', { name: 'Yes, take it back' }).click();
      await page.getByText('Taken back', { exact: true }).waitFor();
      expect(await page.getByRole('link', { name: 'Change my words' }).count()).toBe(0);
      await context.close();
    });

  it('a duplicate leads to the first report, and a private one is there for its maker alone', async () => {
    const [first, second] = [
      await report('Mair Pritchard', 'The first'),
      await report('Grace Okafor', 'The second'),
    ];
    await town.sql.query("update reports set state = 'duplicate', duplicate_of = $2 where id = $1", [
      second,
      first,
    ]);
    const hidden = await report('Mair Pritchard', 'Somebody under the bridge', 'rough_sleeper');
    const { context, page } = await open(null);
    await page.goto(`/reports/${second}`);
    await page.getByRole('link', { name: `See the first report, number ${first}` }).click();
    await page.getByRole('heading', { level: 1, name: 'The first' }).waitFor();
    expect((await page.goto(`/reports/${hidden}`))?.status()).toBe(404);
    expect((await page.goto(`/reports/${hidden}/sheet`))?.status()).toBe(404);
    await context.close();
    const mair = await open('Mair Pritchard');
    await mair.page.goto(`/reports/${hidden}`);
    await mair.page.getByText(/^Only you and/).waitFor();
    expect(await mair.page.getByRole('button', { name: 'Me too' }).count()).toBe(0);
    await whole(mair.page);
    await mair.context.close();
  });
});
