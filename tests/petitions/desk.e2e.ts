import { axe } from '@folkmoot/testkit/axe';
import { type Browser, type Page, PHONE, WIDE } from '@folkmoot/testkit/browser';
import { openSite, sitting } from '@folkmoot/testkit/site';
import type { Caller, Town } from '@folkmoot/testkit/town';
import { describe, expect, it } from 'vitest';
import { nightBus, noRates, openPetition, smallScheme } from './story.ts';

let town: Town;
let browser: Browser;
let grace: Caller;
openSite(async (site) => {
  ({ town, browser } = site);
  // no supporters: each petition lies before the moderators as soon as it is sent off
  await smallScheme(town, { supporters: 0 });
  await noRates(town);
  grace = await town.as('Grace Okafor');
});

const waiting = async (title: string): Promise<number> => (await nightBus(town, grace, title)).petition;
const atDesk = async (petition: number) =>
  (await town.as('Owen Vaughan')).call('readPetitionAtDesk', { params: { petition } });
const stateOf = (petition: number) => expect.poll(async () => (await atDesk(petition)).state);

/** The heading of the item that is open, which changes with each step through the queue. */
const reads = (page: Page, title: string) => page.locator('blockquote', { hasText: title }).waitFor();
const row = (page: Page, title: string) => page.locator('.queue a', { hasText: title });

/** Selects letters of one part, as a person does with a mouse or with shift and the arrows. */
const select = (page: Page, field: string, from: number, to: number) =>
  page.evaluate(`{
    const part = document.querySelector('[data-field="${field}"]');
    const text = [...part.childNodes].find((one) => one.nodeType === 3 && one.length > 0);
    document.getSelection().setBaseAndExtent(text, ${from}, text, ${to});
  }`);

describe('Rhian with twelve minutes', () => {
  it('clears the queue by keyboard, while Owen sees who has what and the queue move', async () => {
    const { petition: open } = await openPetition(town, 'Keep the late bus over the bridge');
    const bench = await waiting('A bench at the chapel');
    const vague = await waiting('Something must be done');
    const joke = await waiting('Make the mayor dance');
    const late = await waiting('Keep our late bus over the bridge');

    const hers = await sitting({ town, browser }, 'Rhian Pugh', { viewport: WIDE });
    const page = await hers.newPage();
    await page.goto('/desk');
    await page.waitForURL('**/desk/petitions');
    await reads(page, 'A bench at the chapel');
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await axe(page)).toEqual([]);

    // what lies on top is hers as soon as she touches it
    await page.getByRole('heading', { name: 'May people sign this?' }).click();
    const his = await sitting({ town, browser }, 'Owen Vaughan', { viewport: WIDE, dark: true });
    const owen = await his.newPage();
    await owen.goto('/desk/petitions');
    await owen.getByText('Rhian Pugh is working on this just now.').waitFor();
    expect(await owen.getByRole('group', { name: 'Decide' }).isVisible()).toBe(false);
    expect(await axe(owen)).toEqual([]);
    await owen.getByText('Live', { exact: true }).waitFor();
    await owen.keyboard.press('t');
    await page.getByText('Owen Vaughan is working on this just now.').waitFor();
    await page.keyboard.press('t');
    await owen.getByText('Rhian Pugh is working on this just now.').waitFor();
    // one more arrives while both look
    const last = await waiting('A tap at the allotments');
    await row(owen, 'A tap at the allotments').waitFor();

    await page.getByRole('group', { name: 'Decide' }).waitFor();
    await page.keyboard.press('p');
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await reads(page, 'Something must be done');
    await stateOf(bench).toBe('open');
    await row(owen, 'A bench at the chapel').waitFor({ state: 'detached' });

    await select(page, 'why', 0, 6);
    await page.getByRole('button', { name: 'Mark these words' }).waitFor();
    await page.keyboard.press('w');
    await page.locator('.words mark', { hasText: 'Nurses' }).waitFor();
    await page.keyboard.press('b');
    await page.keyboard.type('Say what the council should do.');
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await reads(page, 'Make the mayor dance');
    await stateOf(vague).toBe('returned');
    expect((await atDesk(vague)).decisions[0]).toMatchObject({
      reason: 'Say what the council should do.',
      passages: [{ field: 'why', from: 0, to: 6 }],
    });

    await page.keyboard.press('r');
    await page.getByRole('radio', { name: 'A joke' }).focus();
    await page.keyboard.press('Space');
    await expect.poll(() => page.locator('#reject-reason').inputValue()).toBe('It is not meant seriously.');
    expect(await page.locator('#reject-other').inputValue()).toBe('Nid yw o ddifrif.');
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await reads(page, 'Keep our late bus');
    await stateOf(joke).toBe('rejected');
    await page.keyboard.press('z');
    await reads(page, 'Make the mayor dance');
    await stateOf(joke).toBe('in_moderation');
    await page.keyboard.press('r');
    await page.getByRole('radio', { name: 'A joke' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Enter');
    await reads(page, 'Keep our late bus');

    await page.keyboard.press('m');
    await page.keyboard.type('late bus over the bridge');
    await page.getByRole('radio', { name: 'Keep the late bus over the bridge' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Enter');
    await reads(page, 'A tap at the allotments');
    await stateOf(late).toBe('rejected');
    expect((await atDesk(late)).rejection).toMatchObject({ code: 'duplicate', original: open });

    await page.keyboard.press('p');
    await page.keyboard.press('Enter');
    await page.getByText('Nobody waits for you').waitFor();
    await owen.getByText('Nobody waits for you').waitFor();
    await stateOf(last).toBe('open');

    await page.goto('/decisions/petitions');
    await page.getByText('“It is not meant seriously.”').waitFor();
    await page.goto('/cy/decisions/petitions');
    await page.getByText('“Nid yw o ddifrif.”').waitFor();
    expect(await axe(page)).toEqual([]);
    await Promise.all([hers.close(), his.close()]);
  });

  it('reads what changed since it was sent back, and the words of an appeal go to somebody else', async () => {
    const petition = await waiting('Mend the old bridge');
    const owen = await town.as('Owen Vaughan');
    const decide = (body: object) =>
      owen.call('decidePetition', { params: { petition }, body: { lang: 'en', ...body } as never });
    await decide({ command: 'return', reason: 'Which bridge?', passages: ['title:9-19'] });
    await grace.call('savePetition', { params: { petition }, body: { title: 'Mend the chapel bridge' } });
    await grace.call('submitPetition', { params: { petition }, body: {} });
    const context = await sitting({ town, browser }, 'Rhian Pugh', { viewport: WIDE });
    const page = await context.newPage();
    await page.goto(`/desk/petitions/${petition}`);
    await page.getByRole('heading', { name: 'The words have changed.' }).waitFor();
    expect(await page.locator('del').textContent()).toContain('old');
    expect(await page.locator('ins').textContent()).toContain('chapel');
    expect(await page.locator('summary', { hasText: 'Send back' }).count()).toBe(0);
    expect(await axe(page)).toEqual([]);

    const { decision } = await decide({ command: 'reject', code: 'unclear', reason: 'Still not clear.' });
    await page.getByText('A colleague was quicker.').waitFor();
    const body = { decision, words: 'There is one chapel only.' };
    await grace.call('appealPetitionDecision', { params: { petition }, body });
    await page.goto('/desk/petitions?tab=appealed');
    await page.getByRole('heading', { name: 'Was the first decision right?' }).waitFor();
    await page.getByLabel('Why you decide so').fill('She is right.');
    expect(await axe(page)).toEqual([]);
    await page.getByRole('heading', { name: 'Was the first decision right?' }).click();
    await page.keyboard.press('y');
    await stateOf(petition).toBe('open');
    await context.close();
  });
});

describe('without JavaScript, on a phone', () => {
  it('Owen sends back with a passage ticked, takes it back, and rejects with the code’s own words', async () => {
    const petition = await waiting('A swing at the weir');
    const context = await sitting({ town, browser }, 'Owen Vaughan', { viewport: PHONE, javaScript: false });
    const page = await context.newPage();
    await page.goto('/desk/petitions');
    await row(page, 'A swing at the weir').click();
    await page.locator('summary', { hasText: 'Send back' }).click();
    await page.getByRole('checkbox', { name: 'Nurses of the late shift' }).check();
    await page.getByRole('button', { name: 'Send it back' }).click();
    await page.getByRole('link', { name: 'Write the reason. Everybody can read it.' }).waitFor();
    expect(await page.getByRole('checkbox', { name: 'Nurses of the late shift' }).isChecked()).toBe(true);
    await page.locator('#return-reason').fill('Which weir?');
    await page.getByRole('button', { name: 'Send it back' }).click();
    await page.getByText('Sent back with your reasons.').waitFor();
    expect((await atDesk(petition)).decisions[0]!.passages).toEqual([{ field: 'why', from: 0, to: 51 }]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back. Nobody was told.').waitFor();

    await page.locator('summary', { hasText: 'Reject' }).click();
    await page.getByText('It does not become clear').click();
    await page.getByRole('button', { name: 'Reject it' }).click();
    await page.getByText('Rejected, with the reason in public.').waitFor();
    expect((await atDesk(petition)).decisions.at(-1)).toMatchObject({
      code: 'unclear',
      reason: 'It does not become clear what should happen.',
      otherReason: 'Nid yw’n glir beth ddylai ddigwydd.',
    });
    await context.close();
  });
});

describe('Sunita answers', () => {
  it('sees what is owed and by when, writes the answer by keys, and who hears of it', async () => {
    const { petition } = await openPetition(town, 'A roof over the bus stop');
    await town.sql.query(
      `update petitions set response = 'awaiting', response_reached_at = $2 where id = $1`,
      [petition, town.clock.now],
    );
    const context = await sitting({ town, browser }, 'Sunita Rao', { viewport: WIDE });
    const page = await context.newPage();
    await page.goto('/desk/petitions');
    await page.getByRole('heading', { name: 'What does the council say?' }).waitFor();
    await page.getByText('Working days left: 20.').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.keyboard.press('a');
    await page.keyboard.type('We will build it in spring.');
    await page.getByText('See the mail').first().click();
    await page.locator('.letter', { hasText: 'We will build it in spring.' }).first().waitFor();
    expect(await axe(page)).toEqual([]);
    await page.locator('#response-summary').focus();
    await page.keyboard.press('Control+Enter');
    await page.locator('.steps b', { hasText: 'The council answered' }).waitFor();
    const { steps } = await town.visitor().call('readPetition', { params: { petition }, query: {} });
    expect(steps).toMatchObject([
      { kind: 'response', by: 'Sunita Rao', summary: 'We will build it in spring.' },
    ]);
    await context.close();

    for (const dark of [false, true]) {
      const other = await sitting({ town, browser }, 'Rhian Pugh', { viewport: dark ? PHONE : WIDE, dark });
      const looks = await other.newPage();
      for (const path of [
        `/desk/petitions/${petition}?tab=published`,
        '/cy/desk/petitions',
        '/decisions/petitions',
      ]) {
        await looks.goto(path);
        expect([path, await axe(looks)]).toEqual([path, []]);
      }
      await other.close();
    }
  });

  it('is told in words when answers are paused; Tomasz writes down the council’s last word', async () => {
    const { petition } = await openPetition(town, 'A clock for the market hall');
    const context = await sitting({ town, browser }, 'Tomasz Nowak', { viewport: WIDE });
    const page = await context.newPage();
    const tomasz = await town.as('Tomasz Nowak');
    await page.goto(`/desk/petitions/${petition}?tab=published`);
    await page.locator('summary', { hasText: 'End it' }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.keyboard.press('x');
    await page.keyboard.type('The clock is back.');
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Ended by the council’s decision').waitFor();
    const { organisations } = await tomasz.call('listPauses', {});
    const [from, to] = [town.clock.now, new Date(town.clock.now.getTime() + 9 * 86_400_000)].map((at) =>
      at.toISOString().slice(0, 10),
    );
    await tomasz.call('makePause', {
      body: {
        organisation: organisations[0]!.id,
        what: 'responding',
        from: from!,
        to: to!,
        reason: { en: 'Election' },
      },
    });
    await page.reload();
    await page.getByText('Answers are paused up to').waitFor();
    expect(await page.locator('summary', { hasText: 'Answer' }).count()).toBe(0);
    await context.close();
  });
});
