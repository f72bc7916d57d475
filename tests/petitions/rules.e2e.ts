/** Those who keep petitions honest, in a browser: the scheme, the rules, paper, calls, and doubtful signatures. */
import { faults } from '@folkmoot/testkit/axe';
import { type Browser, type Page, type Visit, WIDE } from '@folkmoot/testkit/browser';
import { openSite, sitting } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import { describe, expect, it } from 'vitest';
import { openPetition, signByMail, signer, smallScheme } from './story.ts';

describe('Keeping petitions honest', () => {
  let town: Town;
  let browser: Browser;
  let petition: number;
  let code: string;
  openSite(async (site) => {
    ({ town, browser } = site);
    await smallScheme(town, { response: 100, evidence: 200, debate: 300 });
    const rates = { network: { minute: 1000, five: 1000 }, suspect: 3, burst: 5 };
    await town.sql.query(`insert into settings (key, value) values ('petitions.rates', $1)`, [
      JSON.stringify(rates),
    ]);
    ({ petition, code } = await openPetition(town));
  });

  const pageOf = async (name: string, how?: Visit): Promise<Page> =>
    (await sitting({ town, browser }, name, how)).newPage();
  const clean = async (page: Page) => {
    expect([page.url(), await faults(page)]).toEqual([page.url(), []]);
  };
  const done = (page: Page) => page.context().close();

  it('Tomasz sees what a new scheme changes and for whom, and publishes it', async () => {
    const page = await pageOf('Tomasz Nowak');
    await page.goto('/admin/petitions');
    await clean(page);
    await page.getByLabel('Signatures for a written answer').fill('900');
    await page.getByRole('button', { name: 'See what would change' }).click();
    await page.getByRole('link', { name: 'This number cannot be smaller' }).waitFor();
    await page.getByLabel('Signatures for a written answer').fill('120');
    await page.getByRole('button', { name: 'See what would change' }).click();
    await page.getByText('from 100 to 120').waitFor();
    await page.getByText('1 petition under way keeps version 2.').waitFor();
    await clean(page);
    await page.getByRole('button', { name: 'Publish version 3' }).click();
    await page.getByRole('status').getByText('Version 3 is in force.').waitFor();
    await done(page);
  });

  it('and the same without a script, with a share of the people', async () => {
    const page = await pageOf('Tomasz Nowak', { javaScript: false, dark: true });
    await page.goto('/cy/admin/petitions');
    await page.locator('[name="scheme.debateBy"][value=share]').check();
    await page.locator('[name="scheme.debateShare"]').fill('9');
    await page.locator('[name="scheme.steps[]"][value=inquiry]').uncheck();
    await page.getByRole('button', { name: 'Gweld beth fyddai’n newid' }).click();
    await page.getByText('o dim i 9 y cant').waitFor();
    await page.locator('#tried').getByText('un o bob ugain').waitFor();
    await page.getByRole('button', { name: 'Cyhoeddi fersiwn 4' }).click();
    await page.getByText('Mae fersiwn 4 mewn grym.').waitFor();
    expect(await page.locator('[name="scheme.steps[]"][value=inquiry]').isChecked()).toBe(false);
    await done(page);
  });

  it('Tomasz tries how an address is compared, and retires a reason', async () => {
    const page = await pageOf('Tomasz Nowak', { viewport: WIDE, dark: true });
    await page.goto('/admin/petitions/rules');
    await clean(page);
    await page.getByLabel('An address to try').fill('G.Okafor+bus@GoogleMail.com');
    await page.getByLabel('Mail domain', { exact: true }).fill('post.example');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('gokafor@gmail.com').first().waitFor();
    await page.getByRole('button', { name: 'Save the rule for post.example' }).click();
    await page.getByRole('status').getByText('The rule is saved.').waitFor();
    await page.locator('summary', { hasText: 'A joke' }).click();
    await page.getByRole('button', { name: 'Offer it no longer A joke' }).click();
    await page.getByRole('status').getByText('no longer offered').waitFor();
    await done(page);
  });

  it('Tomasz types a sheet without a script; who signed before is shown and not counted', async () => {
    await signByMail(town, petition, signer('Ann One', code));
    const page = await pageOf('Tomasz Nowak', { javaScript: false });
    await page.goto(`/desk/petitions/${petition}/sheets`);
    await page.getByLabel('Name in row 1', { exact: true }).fill('Ann One');
    await page.getByLabel('Postcode in row 1', { exact: true }).fill(code);
    await page.getByLabel('Name in row 2', { exact: true }).fill('Gwen Paper');
    await page.getByLabel('Postcode in row 2', { exact: true }).fill('nowhere');
    await page.getByRole('button', { name: 'Count this sheet' }).click();
    await page.getByRole('link', { name: 'Row 2: write the postcode' }).click();
    await page.getByLabel('Postcode in row 2', { exact: true }).fill(code);
    await page.getByText('Paste from a spreadsheet').click();
    await page.getByLabel('Rows from a spreadsheet').fill(`Name\tPostcode\n${code}\tHuw Market`);
    await page.getByRole('button', { name: 'Count this sheet' }).click();
    await page.getByText('2 new signatures are counted.').first().waitFor();
    await page.getByText(`Row 1: Ann One, ${code}`).waitFor();
    await page.getByText('online 2 · paper 2').waitFor();
    await done(page);
  });

  it('a script moves on with Enter and spreads what is pasted', async () => {
    const page = await pageOf('Tomasz Nowak');
    await page.goto(`/desk/petitions/${petition}/sheets`);
    await clean(page);
    const buffer = Buffer.from('%PDF-1.4\n%%EOF\n');
    const sheet = { name: 'sheet.pdf', mimeType: 'application/pdf', buffer };
    await page.locator('#scan').setInputFiles(sheet);
    await page.getByRole('button', { name: 'Keep it with this sheet' }).click();
    await page.getByText('The PDF is kept.').waitFor();
    await page.getByLabel('Name in row 1', { exact: true }).fill('Ivy Stall');
    await page.keyboard.press('Enter');
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await page.locator('#rows-1-name:focus').waitFor();
    const text = `Jon Stall\t${code}\nKim Stall\t${code}`;
    await page.evaluate(
      `(() => { const data = new DataTransfer(); data.setData('text/plain', ${JSON.stringify(text)});
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); })()`,
    );
    await expect.poll(() => page.getByLabel('Name in row 3', { exact: true }).inputValue()).toBe('Kim Stall');
    await page.getByRole('button', { name: 'Count this sheet' }).click();
    await page.getByText('3 new signatures are counted.').first().waitFor();
    await page.getByRole('link', { name: 'Save the PDF' }).waitFor();
    await expect.poll(() => page.getByLabel('Name in row 1', { exact: true }).inputValue()).toBe('');
    await done(page);
  });

  it('Tomasz signs for a caller once they agreed to what was read to them', async () => {
    const page = await pageOf('Tomasz Nowak');
    await page.goto(`/desk/petitions/${petition}/phone`);
    await page.getByLabel('Cymraeg').check();
    await page.getByText('Byddaf yn llofnodi’r ddeiseb').waitFor();
    await clean(page);
    await page.getByLabel('Their name').fill('Nia Caller');
    await page.getByLabel('Postcode').fill(code);
    await page.getByRole('button', { name: 'Sign for them' }).click();
    await page.getByRole('link', { name: 'Tick that they agreed' }).click();
    await page.getByLabel('I read it out and they agreed').check();
    await page.getByRole('button', { name: 'Sign for them' }).click();
    await page.getByText('Nia Caller has signed.').waitFor();
    const { rows } = await town.sql.query(`select wording from consents order by id desc limit 1`);
    expect(rows[0].wording).toContain('Byddaf yn llofnodi');
    await done(page);
  });

  it('Owen sees a burst while he looks, finds some of it good, takes the rest away and gives it back', async () => {
    const page = await pageOf('Owen Vaughan', { viewport: WIDE });
    await page.goto(`/desk/petitions/${petition}/signatures`);
    await page.getByText('Nothing is doubtful').waitFor();
    await clean(page);
    for (const name of ['Ben', 'Cat', 'Dan', 'Eve', 'Fay', 'Gus'])
      await signByMail(town, petition, {
        ...signer(`${name} Quick`, code),
        email: `${name}@fast.example`,
      });
    await town.app.house.jobs.run('watch_signatures');
    await page.getByText('signatures in an hour from one network').waitFor();
    await clean(page);
    await page.getByRole('button', { name: 'I have looked 127.0.0.1' }).click();
    await page.getByText('Noted that you have looked.').waitFor();
    await page.getByRole('button', { name: 'They are good 127.0.0.1' }).first().click();
    await page.getByText('They count again.').waitFor();
    await page.getByLabel('Mail domain').fill('fast.example');
    await page.getByRole('button', { name: 'Count them' }).click();
    await page.getByText('6 signatures found.').waitFor();
    await page.getByText('Gus Quick').waitFor();
    await page.locator('#found').getByRole('button', { name: 'Take 6 away' }).click();
    await page.getByRole('button', { name: 'Give 6 back' }).click();
    await page.getByText('They are being given back.').waitFor();
    await page.getByText('Given back', { exact: true }).waitFor();
    await clean(page);
    await done(page);
  });

  it('and without a script he does the same by pages', async () => {
    const page = await pageOf('Owen Vaughan', { javaScript: false });
    await page.goto(`/desk/petitions/${petition}/signatures`);
    await page.getByLabel('Name, exactly').fill('Gus Quick');
    await page.getByRole('button', { name: 'Count them' }).click();
    await page.getByText('1 signature found.').waitFor();
    await page.locator('#found').getByRole('button', { name: 'Take 1 away' }).click();
    await page.getByText('They are being taken away.').waitFor();
    await page.getByText('Take the whole petition away').click();
    await page.getByLabel('Why?', { exact: true }).fill('It harms somebody.');
    await page.getByRole('button', { name: 'Take the petition away' }).click();
    await page.getByText('Its address says so, with your reason.').waitFor();
    const gone = await page.goto(`/petitions/${petition}`);
    expect(gone!.status()).toBe(410);
    await done(page);
  });
});
