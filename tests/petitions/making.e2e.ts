import { axe } from '@folkmoot/testkit/axe';
import { type Browser, type BrowserContext, type Page, PHONE, visit, WIDE } from '@folkmoot/testkit/browser';
import { openSite } from '@folkmoot/testkit/site';
import type { Caller, Town } from '@folkmoot/testkit/town';
import { describe, expect, it } from 'vitest';
import {
  fiveSupporters,
  mailsGoOut,
  nightBus,
  noRates,
  signByMail,
  signer,
  smallScheme,
  somePostcode,
} from './story.ts';

const TITLE = 'Keep the 14 night bus until one';
const WHY = 'The last bus leaves before the late shift ends.';

/** What a person does at each page of a petition, from the question to the mailbox. */
class Story {
  readonly page: Page;
  readonly seen: (name: string) => Promise<void>;
  constructor(page: Page, seen: (name: string) => Promise<void> = async () => undefined) {
    this.page = page;
    this.seen = seen;
  }
  async press(words: string) {
    await this.page.getByRole('button', { name: words }).click();
  }
  async ask() {
    await this.page.goto('/petitions/new');
    await this.seen('title');
    await this.press('Carry on');
    await this.page.getByRole('heading', { name: 'One thing to put right' }).waitFor();
    await this.page.getByLabel('What do you want the council to do?').fill(TITLE);
    await this.press('Carry on');
    await this.page.waitForURL('**/similar');
    await this.page.getByRole('heading', { name: 'Keep the 14 night bus running' }).waitFor();
    await this.seen('similar');
    await this.press('No, mine is another');
    await this.page.waitForURL('**/why');
  }
  async sayWhy() {
    const long = 'x'.repeat(301);
    await this.page.getByLabel('Why?').fill(long);
    await this.press('Carry on');
    await this.page.getByRole('link', { name: 'Make it at most 300 letters long' }).waitFor();
    // nothing typed is lost
    expect(await this.page.getByLabel('Why?').inputValue()).toBe(long);
    await this.seen('why-error');
    await this.page.getByLabel('Why?').fill(WHY);
    await this.press('Carry on');
    await this.page.waitForURL('**/details');
    await this.seen('details');
    await this.press('Carry on');
    await this.page.waitForURL('**/place');
  }
  async sayWhere() {
    await this.seen('place');
    await this.page.getByLabel('One place').check();
    await this.page.getByLabel('Buses and trains').check();
    await this.page.getByLabel('Street, place or postcode').fill('Weir Street');
    await this.press('Find');
    await this.page.getByLabel('Weir Street', { exact: true }).check();
    await this.seen('place-found');
    expect(await this.page.getByLabel('Buses and trains').isChecked()).toBe(true);
    await this.press('Carry on');
    await this.page.waitForURL('**/you');
  }
  async sayWho(email: string, postcode: string) {
    await this.page.getByLabel('Your name', { exact: true }).fill('Mair Pritchard');
    await this.page.getByLabel('Your e-mail address').fill(email);
    await this.page.getByLabel('Your postcode').fill('SW1A 1AA');
    await this.press('Carry on');
    await this.page.getByRole('link', { name: /This postcode is not in our area/ }).waitFor();
    await this.seen('you-error');
    await this.page.getByLabel('Your postcode').fill(postcode);
    await this.press('Carry on');
    await this.page.waitForURL('**/check');
  }
  async send() {
    await this.page.getByText('Weir Street').first().waitFor();
    await this.seen('check');
    await this.press('Send me the button');
    await this.page.waitForURL('**/waits');
    await this.page.getByRole('heading', { name: 'Look in your mailbox' }).waitFor();
    await this.seen('waits');
  }
}

describe('Mair asks for the night bus in a browser', () => {
  let town: Town;
  let browser: Browser;
  let grace: Caller;
  let rhian: Caller;
  let code: string;
  openSite(async (site) => {
    ({ town, browser } = site);
    await smallScheme(town);
    await noRates(town);
    grace = await town.as('Grace Okafor');
    rhian = await town.as('Rhian Pugh');
    code = (await somePostcode(town)).code;
    const first = await nightBus(town, grace);
    await fiveSupporters(town, first.petition, first.key, first.code);
    await decide(first.petition, { command: 'publish' });
  });

  const decide = (petition: number, body: object) =>
    rhian.call('decidePetition', { params: { petition }, body: { lang: 'en', ...body } as never });
  const asGrace = async (context: BrowserContext) => {
    const [pair = ''] = grace.cookie.split('; ').filter((one) => one.startsWith('folkmoot='));
    await context.addCookies([{ name: 'folkmoot', value: pair.slice('folkmoot='.length), url: town.url }]);
  };
  const make = async (story: Story, email: string) => {
    await story.ask();
    await story.sayWhy();
    await story.sayWhere();
    await story.sayWho(email, code);
    await story.send();
    await mailsGoOut(town);
    const { page } = story;
    await page.goto(`/confirm/${await town.tokenTo(email)}`);
    await page.getByText(TITLE).waitFor();
    await story.seen('confirm');
    await story.press('Yes, start it');
    await page.waitForURL(/\/petitions\/\d+\/started\?key=/);
    await page.getByRole('heading', { level: 1, name: 'Your petition is on its way' }).waitFor();
    await story.seen('started');
  };
  const looking = (page: Page, found: Record<string, string[]>) => async (name: string) => {
    const wrong = await axe(page);
    const width = (await page.evaluate('document.documentElement.scrollWidth')) as number;
    if (width > PHONE.width) wrong.push(`wider than the phone: ${width}`);
    if (wrong.length) found[name] = wrong;
  };

  for (const dark of [false, true])
    it(`on a phone with a script, ${dark ? 'by night' : 'by day'}; and sees who stands behind it, live`, async () => {
      const context = await visit(browser, town.url, { viewport: PHONE, dark });
      const page = await context.newPage();
      const broken: string[] = [];
      page.on('pageerror', (error) => broken.push(error.message));
      const found: Record<string, string[]> = {};
      await make(new Story(page, looking(page, found)), `mair.asks.${dark}@example.org`);
      expect(found).toEqual({});
      const key = new URL(page.url()).searchParams.get('key')!;
      const petition = Number(/petitions\/(\d+)/.exec(page.url())![1]);
      expect(await page.getByLabel('Its address').inputValue()).toContain(
        `/petitions/${petition}?key=${key}`,
      );
      await page.getByText('of 5 people stand behind it').waitFor();
      await signByMail(town, petition, { ...signer(`Neighbour ${dark ? 'Night' : 'Day'}`, code), key });
      await page.getByText('4 more, and a moderator reads it.').waitFor();
      expect(broken).toEqual([]);
      await context.close();
    });

  it('on a wide screen without a script', async () => {
    const context = await visit(browser, town.url, { viewport: WIDE, javaScript: false });
    const page = await context.newPage();
    await make(new Story(page), 'mair.wide@example.org');
    await page.getByRole('link', { name: 'See the page that they see' }).click();
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
    await asGrace(context);
    await page.reload();
    await page.getByRole('button', { name: 'Sign as Grace Okafor' }).click();
    await page.getByRole('heading', { level: 1, name: 'You stand behind it' }).waitFor();
    await page.getByRole('link', { name: TITLE }).click();
    await page.getByRole('heading', { level: 2, name: 'You stand behind it' }).waitFor();
    await context.close();
  });

  it('leaves half way, and goes on where she was', async () => {
    const context = await visit(browser, town.url, { viewport: PHONE });
    const page = await context.newPage();
    const story = new Story(page);
    await story.ask();
    await story.sayWhy();
    await page.goto('/petitions/new');
    await page.getByText('You were writing a petition').waitFor();
    await story.press('Go on with it');
    await page.waitForURL('**/place');
    await page.goto('/petitions/new');
    await story.press('Throw it away');
    await page.getByText('You were writing a petition').waitFor({ state: 'detached' });
    await context.close();
  });

  it('Grace finds that it is asked for already, and signs that one in one click', async () => {
    const mair = await town.as('Mair Pritchard');
    const other = await nightBus(town, mair, 'Seats at the bus station');
    await fiveSupporters(town, other.petition, other.key, code, 'Bridge Street');
    await decide(other.petition, { command: 'publish' });
    const context = await visit(browser, town.url, { viewport: PHONE });
    await asGrace(context);
    const page = await context.newPage();
    await page.goto('/petitions/new');
    await page.getByLabel('What do you want the council to do?').fill('More seats at the bus station');
    await page.getByRole('button', { name: 'Carry on' }).click();
    await page.getByRole('button', { name: /^Sign this one/ }).click();
    await page.waitForURL(`**/petitions/${other.petition}**`);
    const signed = await grace.call('readMySignature', { params: { petition: other.petition } });
    expect(signed?.state).toBe('confirmed');
    expect((await grace.call('listMyPetitions', { query: { drafts: 'on' } })).items).toEqual([]);
    await context.close();
  });

  it('Grace reads what was marked, changes it, appeals, and takes the next one back', async () => {
    const { petition, key } = await nightBus(town, grace, 'Mend the slide at Weir Fields');
    await fiveSupporters(town, petition, key, code, 'Weir Fields');
    const passages = [{ field: 'why', from: 0, to: 6 }];
    await decide(petition, { command: 'return', reason: 'Which nurses?', passages });
    const context = await visit(browser, town.url, { viewport: PHONE });
    await asGrace(context);
    const page = await context.newPage();
    const found: Record<string, string[]> = {};
    const seen = looking(page, found);
    await page.goto('/me/petitions');
    await seen('list');
    await page.getByRole('link', { name: 'Mend the slide at Weir Fields' }).click();
    await page.getByText('Which nurses?').first().waitFor();
    expect(await page.locator('mark').innerText()).toContain('Nurses');
    await seen('returned');
    await page.getByLabel('Why', { exact: true }).fill('The big slide is broken.');
    await page.getByRole('button', { name: 'Keep it for later' }).click();
    await page.getByText('It is kept.').waitFor();
    await page.reload();
    // what was sent stays beside what it is becoming
    expect(await page.locator('mark').innerText()).toContain('Nurses');
    expect(await page.getByLabel('Why', { exact: true }).inputValue()).toBe('The big slide is broken.');
    await page.getByRole('button', { name: 'Send it back to the moderator' }).click();
    await page.getByText('This one waits since').waitFor();
    await decide(petition, { command: 'reject', code: 'unclear', reason: 'Which slide?' });
    await page.reload();
    await page.getByText('Ask for another moderator’s decision').click();
    await page.getByLabel('What did they miss?').fill('There is only one.');
    await seen('appeal');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByText('You asked for another moderator’s decision').waitFor();
    const second = await nightBus(town, grace, 'A swing for Weir Fields');
    await page.goto(`/petitions/${second.petition}/mine`);
    await page.getByRole('heading', { name: 'Take it back' }).click();
    await page.getByLabel('Why do you take it back?').fill('There is one.');
    await seen('withdraw');
    await page.getByRole('button', { name: 'Yes, take it back' }).click();
    await page.getByText('You took it back.').waitFor();
    expect(found).toEqual({});
    await context.close();
  });
});
