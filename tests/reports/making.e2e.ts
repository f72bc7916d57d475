import { axe } from '@folkmoot/testkit/axe';
import { type Browser, type Page, PHONE, visit, WIDE } from '@folkmoot/testkit/browser';
import { openSite } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';

const HOLE = `<svg width="1600" height="1200"><rect width="1600" height="1200" fill="#667"/><ellipse cx="800" cy="640" rx="420" ry="200" fill="#211"/></svg>`;
const TITLE = 'Deep hole in the road by the baker’s';

/** What a person does at each page of a report, from the first box to the page that says thank you. */
class Story {
  readonly page: Page;
  readonly seen: (name: string) => Promise<void>;
  constructor(page: Page, seen: (name: string) => Promise<void>) {
    this.page = page;
    this.seen = seen;
  }
  async press(words: string) {
    await this.page.getByRole('button', { name: words }).click();
  }
  async findThePlace() {
    await this.page.goto('/reports/new');
    await this.page.getByRole('heading', { name: 'Where is it?' }).waitFor();
    await this.seen('place');
    await this.page.getByLabel('Postcode, street or place').fill('Weir Street');
    await this.press('Find it');
    await this.page.getByRole('heading', { name: 'Choose the right one' }).waitFor();
    await this.seen('place-found');
    await this.page.locator('main form .rowbutton').first().click();
    await this.page.waitForURL('**/reports/new/category');
  }
  async chooseTheKind() {
    await this.seen('category');
    await this.press('Hole in the road');
    await this.page.waitForURL(/\/(similar|questions)$/);
    if (this.page.url().endsWith('similar')) {
      await this.seen('similar');
      await this.press('None of these');
      await this.page.waitForURL('**/questions');
    }
  }
  async answerTheCrew() {
    await this.press('Carry on');
    await this.page.getByRole('heading', { name: 'One thing to put right' }).waitFor();
    expect(await this.page.locator('.errors:focus').count()).toBe(1);
    await this.seen('questions-error');
    await this.page.getByLabel('Deeper than a golf ball').check();
    await this.press('Carry on');
    await this.page.waitForURL('**/photos');
  }
  async sendAPhoto(file: string, script: boolean) {
    await this.seen('photos');
    await this.page.getByLabel('Take or choose a photo').setInputFiles(file);
    if (!script) await this.press('Send these photos');
    await this.page.getByText('Photo 1, kept').waitFor();
    await this.seen('photos-kept');
    await this.press('Carry on');
    await this.page.waitForURL('**/words');
  }
  async writeIt() {
    await this.page.getByLabel('What is it like').fill('A bike went down in it this morning.');
    await this.press('Carry on');
    await this.page.getByRole('heading', { name: 'One thing to put right' }).waitFor();
    // nothing typed is lost
    expect(await this.page.getByLabel('What is it like').inputValue()).toBe(
      'A bike went down in it this morning.',
    );
    await this.seen('words-error');
    await this.page.getByLabel('Give it a short name').fill(TITLE);
    await this.press('Carry on');
    await this.page.waitForURL('**/you');
  }
  async sayWho(email: string) {
    const shown = this.page.getByRole('checkbox');
    await shown.check();
    await this.press('Carry on');
    await this.page.locator('.errors:focus').waitFor();
    // nothing ticked is lost, either
    expect(await shown.isChecked()).toBe(true);
    await shown.uncheck();
    await this.page.getByLabel('Your name', { exact: true }).fill('Mair Pritchard');
    await this.page.getByLabel('Your e-mail address').fill(email);
    await this.seen('you');
    const notice = this.page.locator('main details a');
    expect((await this.page.request.get((await notice.getAttribute('href'))!)).status()).toBe(200);
    await this.press('Carry on');
    await this.page.waitForURL('**/check');
  }
  async send() {
    await this.seen('check');
    await this.page.getByText(TITLE).waitFor();
    await this.press('Send it');
    await this.page.waitForURL('**/done');
    await this.page.getByRole('heading', { name: 'Look in your mailbox' }).waitFor();
    await this.seen('done');
  }
}

describe('Mair reports a hole in the road in a browser', () => {
  let town: Town;
  let browser: Browser;
  let dir: string;
  openSite(async (site) => {
    ({ town, browser } = site);
    dir = mkdtempSync(join(tmpdir(), 'folkmoot-hole-'));
    writeFileSync(join(dir, 'hole.jpg'), await sharp(Buffer.from(HOLE)).jpeg().toBuffer());
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const makeIt = async (
    page: Page,
    email: string,
    script: boolean,
    seen: (name: string) => Promise<void>,
  ) => {
    const story = new Story(page, seen);
    await story.findThePlace();
    await story.chooseTheKind();
    await story.answerTheCrew();
    await story.sendAPhoto(join(dir, 'hole.jpg'), script);
    await story.writeIt();
    await story.sayWho(email);
    await story.send();
    // the link of the mail, as the demo's mailbox shows it
    await page.goto(`/confirm/${await town.tokenTo(email)}`);
    await page.getByText(TITLE).waitFor();
    await seen('confirm');
    await story.press('Yes, send it');
    await page.waitForURL(/\/reports\/\d+$/);
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    await seen('report');
  };

  for (const dark of [false, true])
    it(`on a phone with a script, ${dark ? 'by night' : 'by day'}; every page is whole for everybody`, async () => {
      const context = await visit(browser, town.url, { viewport: PHONE, dark });
      const page = await context.newPage();
      const broken: string[] = [];
      page.on('pageerror', (error) => broken.push(error.message));
      const found: Record<string, string[]> = {};
      await makeIt(page, `mair.phone.${dark}@example.org`, true, async (name) => {
        const wrong = await axe(page);
        const width = (await page.evaluate('document.documentElement.scrollWidth')) as number;
        if (width > PHONE.width) wrong.push(`wider than the phone: ${width}`);
        if (wrong.length) found[name] = wrong;
      });
      expect(found).toEqual({});
      // she said it a moment ago, so she may still sign in and change it, and one more voice counts at once
      await page.getByRole('link', { name: 'Did you write this?' }).waitFor();
      await page.getByRole('button', { name: 'Me too' }).click();
      await page.getByText('You said “Me too”').waitFor();
      expect(broken).toEqual([]);
      await context.close();
    });

  it('on a wide screen without a script', async () => {
    const context = await visit(browser, town.url, { viewport: WIDE, javaScript: false });
    const page = await context.newPage();
    await makeIt(page, 'mair.wide@example.org', false, async () => undefined);
    await page.getByRole('button', { name: 'Me too' }).click();
    await page.getByText('You said “Me too”').waitFor();
    expect(await page.locator('b.num').first().textContent()).toBe('1');
    // confirming opened no session, so what she adds waits for a button, too
    await page.getByLabel('What do you know about it?').fill('The cones are gone.');
    await page.getByLabel('Your name', { exact: true }).fill('Mair Pritchard');
    await page.getByLabel('Your e-mail address').fill('mair.wide@example.org');
    await page.getByRole('button', { name: 'Put it here' }).click();
    await page.getByText('mair.wide@example.org').waitFor();
    expect(await page.getByText('The cones are gone.').count()).toBe(0);
    await page.goto(`/confirm/${await town.tokenTo('mair.wide@example.org')}`);
    await page.locator('main form button').click();
    await page.getByText('The cones are gone.').waitFor();
    await context.close();
  });

  it('by the list of streets, without map and without a script', async () => {
    const context = await visit(browser, town.url, { viewport: PHONE, javaScript: false });
    const page = await context.newPage();
    await page.goto('/reports/new');
    await page.getByRole('link', { name: 'Choose from a list of streets' }).click();
    await page.getByRole('link', { name: 'W', exact: true }).click();
    await page
      .getByRole('link', { name: /^Weir Street/ })
      .first()
      .click();
    await page
      .getByRole('button', { name: /Where it meets/ })
      .first()
      .click();
    await page.waitForURL('**/reports/new/category');
    await page.getByText(/Weir Street, where it meets/).waitFor();
    await context.close();
  });

  it('without a signal: words and photo wait on the phone and go out by themselves', async () => {
    const context = await visit(browser, town.url, { viewport: PHONE });
    const page = await context.newPage();
    const story = new Story(page, async () => undefined);
    await story.findThePlace();
    await story.chooseTheKind();
    await story.answerTheCrew();
    await page.getByRole('button', { name: 'I have no photo' }).waitFor();
    await context.setOffline(true);
    await page.getByLabel('Take or choose a photo').setInputFiles(join(dir, 'hole.jpg'));
    await page.getByText('Your report is kept on this phone').waitFor();
    await page.getByRole('button', { name: 'I have no photo' }).click();
    await context.setOffline(false);
    await page.waitForURL('**/words');
    await page.getByText('Your report is kept on this phone').waitFor({ state: 'hidden' });
    await page.getByLabel('Give it a short name').fill(TITLE);
    await page.getByLabel('What is it like').fill('Told from a tunnel.');
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Carry on' }).click();
    await page.getByText('Your report is kept on this phone').waitFor();
    await context.setOffline(false);
    await page.waitForURL('**/you');
    await story.sayWho('mair.offline@example.org');
    await page.getByText('Told from a tunnel.').waitFor();
    await page.getByText('1 photo', { exact: true }).waitFor();
    await context.setOffline(true);
    await story.press('Send it');
    await page.getByText('Your report is kept on this phone').waitFor();
    await context.setOffline(false);
    await page.waitForURL('**/done');
    await town.tokenTo('mair.offline@example.org');
    await context.close();
  });

  it('live: whoever looks at the report sees the next voice at once', async () => {
    const grace = await town.as('Grace Okafor');
    const weirStreet = { lon: -3.0018, lat: 51.842 };
    const kinds = await grace.call('listReportCategories', { query: weirStreet });
    const category = kinds.find((kind) => kind.code === 'pothole')!.id;
    const { report } = await grace.call('makeReport', {
      body: {
        ...weirStreet,
        category,
        answers: { depth: 'deep' },
        title: 'Another hole',
        detail: 'Deep.',
        lang: 'en',
      },
    });
    const context = await visit(browser, town.url, { viewport: WIDE });
    const page = await context.newPage();
    await page.goto(`/reports/${report}`);
    await page.locator('.live:not(.off)').waitFor();
    await town.visitor().call('supportReport', { params: { report }, body: {} });
    await page.locator('b.num', { hasText: '1' }).waitFor();
    const body = { text: 'Mind the cones.', lang: 'en' as const };
    await grace.call('commentOnReport', { params: { report }, body });
    await page.getByText('Mind the cones.').waitFor();
    await context.close();
  });
});
