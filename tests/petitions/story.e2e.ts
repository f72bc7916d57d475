import { axe } from '@folkmoot/testkit/axe';
import { type Browser, type Page, PHONE, type Visit, WIDE } from '@folkmoot/testkit/browser';
import { openSite, sitting } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import { describe, expect, it } from 'vitest';
import { mailsGoOut, NIGHT_BUS, nightBus, noRates, openPetition, smallScheme } from './story.ts';

/** One petition on many screens: asked for on one, counted on all. */
describe('People sign a petition in a browser', () => {
  let town: Town;
  let browser: Browser;
  let petition: number;
  let code: string;
  openSite(async (site) => {
    ({ town, browser } = site);
    await smallScheme(town, { response: 3, evidence: 40, debate: 50 });
    await noRates(town);
    ({ petition, code } = await openPetition(town));
  });

  const pageOf = async (how: Visit, name: string | null = null): Promise<Page> =>
    (await sitting({ town, browser }, name, how)).newPage();
  const whole = async (page: Page) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await axe(page)).toEqual([]);
    }
  };
  /** As it is kept: a page may be a second old when it opens, and then hears what it missed. */
  const counted = async (): Promise<number> => {
    const { rows } = await town.sql.query(
      'select online + paper as n from petition_counts where petition_id = $1',
      [petition],
    );
    return rows[0].n;
  };
  const stands = (page: Page, number: number) =>
    page.locator('#count', { hasText: new RegExp(`^${number}$`) }).waitFor();
  /** Awake: the live line is open. */
  const watching = async () => {
    const page = await pageOf({ viewport: WIDE });
    await page.goto(`/petitions/${petition}`);
    await page.locator('.live:not(.off)').first().waitFor();
    return page;
  };
  const tokenTo = async (email: string) => {
    await mailsGoOut(town);
    return town.tokenTo(email);
  };

  it('Mair signs on her phone, in Welsh and by keyboard; another screen has it without being asked', async () => {
    const other = await watching();
    const before = await counted();
    await stands(other, before);
    const phone = await pageOf({ viewport: PHONE });
    await phone.goto(`/cy/petitions/${petition}`);
    await phone.locator('.live:not(.off)').first().waitFor();
    await whole(phone);

    // sent off empty: what is missing is said above the form and beside each field
    await phone.getByRole('button', { name: 'Llofnodi' }).press('Enter');
    await phone.getByRole('heading', { name: 'Tri pheth i’w cywiro' }).waitFor();
    await whole(phone);
    await phone.getByRole('link', { name: 'Ysgrifennwch eich enw' }).press('Enter');
    await phone.locator('input[name=name]:focus').waitFor();
    await phone.keyboard.type('Mair Prydderch');
    await phone.keyboard.press('Tab');
    await phone.keyboard.type('mair.prydderch@example.org');
    await phone.keyboard.press('Tab');
    await phone.keyboard.type(code);
    await phone.keyboard.press('Enter');
    await phone.getByRole('heading', { name: 'Chwiliwch am ein neges' }).waitFor();
    await phone.locator('h2:focus').waitFor();
    await phone.getByText('mair.prydderch@example.org').waitFor();
    await whole(phone);
    // who looks in vain for the message corrects one letter, and writes nothing again
    await phone.locator('#sign a').press('Enter');
    await phone.locator('input[name=name]:focus').waitFor();
    expect(await phone.locator('input[name=email]').inputValue()).toBe('mair.prydderch@example.org');
    // nothing counts before the button of the mail is pressed
    expect(await counted()).toBe(before);
    await stands(other, before);

    const token = await tokenTo('mair.prydderch@example.org');
    await phone.goto(`/cy/confirm/${token}`);
    await phone.getByText(NIGHT_BUS).first().waitFor();
    await phone.getByRole('button', { name: 'Llofnodi' }).click();
    await phone.waitForURL(`**/cy/petitions/${petition}/signed/${token}`);
    await phone.getByRole('heading', { name: `Chi yw rhif ${before + 1}` }).waitFor();
    await whole(phone);
    const receipt = (await phone.locator('.hex').textContent())!.trim();
    expect(receipt).toMatch(/^[0-9a-f]{64}$/);
    await stands(other, before + 1);

    // the mail's link again leads to the same receipt; who has it can check it, and nobody else is told anything
    await phone.goto(`/cy/confirm/${token}`);
    await phone.waitForURL(`**/signed/${token}`);
    await phone.getByRole('link', { name: 'Ei gwirio' }).click();
    await phone.getByRole('textbox', { name: 'Eich derbynneb' }).fill(receipt);
    await phone.getByRole('button', { name: 'Ei gwirio' }).click();
    await phone.getByText('Ydy, mae wedi’i gyfrif').waitFor();
    await whole(phone);
  });

  it('Ken does the same without a script', async () => {
    const other = await watching();
    const before = await counted();
    await stands(other, before);
    const phone = await pageOf({ viewport: PHONE, javaScript: false });
    await phone.goto(`/petitions/${petition}`);
    await phone.getByLabel('Your name').fill('Ken Bevan');
    await phone.getByLabel('E-mail').fill('ken at example');
    await phone.getByLabel('Postcode').fill(code);
    await phone.getByLabel('I work here').check();
    await phone.getByLabel('Tell me what becomes of it').check();
    await phone.getByRole('button', { name: 'Sign' }).click();
    await phone.getByRole('link', { name: 'Write an e-mail address, like mair@example.org' }).waitFor();
    expect(await phone.getByLabel('Your name').inputValue()).toBe('Ken Bevan');
    expect(await phone.getByLabel('I work here').isChecked()).toBe(true);
    expect(await phone.getByLabel('Tell me what becomes of it').isChecked()).toBe(true);
    await phone.getByLabel('E-mail').fill('ken.bevan@example.org');
    await phone.getByRole('button', { name: 'Sign' }).click();
    await phone.getByRole('heading', { name: 'Look for our message' }).waitFor();

    const token = await tokenTo('ken.bevan@example.org');
    await phone.goto(`/confirm/${token}`);
    await phone.getByRole('button', { name: 'Sign' }).click();
    await phone.getByRole('heading', { name: `You are number ${before + 1}` }).waitFor();
    await phone.getByText('You hear by e-mail what becomes of it.').waitFor();
    await stands(other, before + 1);
    await phone.goto(`/petitions/${petition}/integrity`);
    await phone.getByLabel('Your receipt').fill('0f'.repeat(32));
    await phone.getByRole('button', { name: 'Check it' }).click();
    await phone.getByText('We do not know this receipt').waitFor();
  });

  it('Mair Pritchard is signed in: one click; what the council owes and answers appears on open screens', async () => {
    const other = await watching();
    const before = await counted();
    await stands(other, before);
    const mair = await pageOf({ viewport: PHONE }, 'Mair Pritchard');
    await mair.goto(`/petitions/${petition}`);
    await mair.getByRole('button', { name: 'Sign as Mair Pritchard' }).click();
    await mair.getByRole('heading', { name: `You are number ${before + 1}` }).waitFor();
    await whole(mair);
    await stands(other, before + 1);
    // the third signature: an answer is owed from here on
    await other.getByText('3 people: an answer was owed').waitFor();
    await (
      await town.as('Rhian Pugh')
    ).call('answerPetition', {
      params: { petition },
      body: { kind: 'response', summary: 'The bus will run until midnight.', lang: 'en' } as never,
    });
    await other.getByText('The bus will run until midnight.').waitFor();
    await whole(other);

    await mair.goto(`/petitions/${petition}`);
    await mair.getByText('You have signed. Thank you.').waitFor();
    await mair.getByLabel('Yes', { exact: true }).check();
    await mair.getByRole('button', { name: 'Say so' }).click();
    await mair.getByText('You can change your mind here at any time.').waitFor();
    await whole(mair);
  });

  it('stays readable for everybody in each of its states', async () => {
    const grace = await town.as('Grace Okafor');
    const made = await openPetition(town, 'One with a long story');
    const rhian = await town.as('Rhian Pugh');
    await rhian.call('answerPetition', {
      params: { petition: made.petition },
      body: { kind: 'response', summary: 'Yes.', details: 'In May. '.repeat(60), lang: 'en' } as never,
    });
    await town.sql.query(
      `update petitions set state = 'closed', closed_at = $2, response_reached_at = $2 where id = $1`,
      [made.petition, town.clock.now],
    );
    const refused = await nightBus(town, grace, 'One that was refused');
    await town.sql.query(
      `update petitions set state = 'rejected', rejection_code = 'unclear', rejection_reason = 'Which bus?'
       where id = $1`,
      [refused.petition],
    );
    const early = await nightBus(town, grace, 'One that gathers supporters');
    const page = await pageOf({ viewport: PHONE });
    const paths = [
      `/petitions/${made.petition}`,
      `/cy/petitions/${refused.petition}`,
      `/petitions/${early.petition}?key=${early.key}`,
      `/petitions/999999`,
    ];
    for (const path of paths) {
      await page.goto(path);
      await page.locator('h1').waitFor();
      await whole(page);
    }
    await page.goto(`/petitions/${made.petition}`);
    await page.getByRole('link', { name: 'Read the whole answer' }).click();
    await page.getByText('In May. In May.').waitFor();
    await whole(page);
    const own = await pageOf({ viewport: WIDE }, 'Grace Okafor');
    await own.goto(`/petitions/${made.petition}`);
    await own.getByRole('link', { name: 'Ask scrutiny to look at how it was handled' }).click();
    await own.getByLabel('In your words').waitFor();
    await whole(own);
  });
});
