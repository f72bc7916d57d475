import { axe } from '@folkmoot/testkit/axe';
import { type Browser, type Page, PHONE, visit, WIDE } from '@folkmoot/testkit/browser';
import { openSite } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import { describe, expect, it } from 'vitest';
import { fillWithPetitions } from './filled.ts';

const PAGES = ['/petitions', '/petitions?show=rejected', '/petitions/wards', '/petitions/help'];

describe('Mair looks what is asked of the council', () => {
  let town: Town;
  let browser: Browser;
  openSite(async (site) => {
    ({ town, browser } = site);
    await fillWithPetitions(town);
    await town.app.house.jobs.run('snapshot_signers');
  });

  const open = async (path: string, options: Parameters<typeof visit>[2]): Promise<Page> => {
    const context = await visit(browser, town.url, options);
    const page = await context.newPage();
    await page.goto(path);
    return page;
  };
  const titles = (page: Page) => page.locator('li.ask .name').allTextContents();

  it('without a script: the lists, the words, the wards and the pages all work', async () => {
    const page = await open('/petitions', { viewport: PHONE, javaScript: false });
    const visitor = town.visitor();
    const { items, counts } = await visitor.call('listPetitions', { query: {} });
    expect((await titles(page)).map((one) => one.trim())).toEqual(items.map(({ title }) => title));
    expect(await page.locator('.hero .lead').textContent()).toContain(`${counts.open} petitions are open.`);

    await page.getByRole('link', { name: /^Not published/ }).click();
    expect(await page.locator('h2#which').textContent()).toBe('Not published');
    const refused = await visitor.call('listPetitions', { query: { facet: 'rejected' } });
    const [first] = refused.items;
    expect(await page.locator(`#p${first!.id}`).textContent()).toContain(first!.rejection!.reason);

    await page.getByRole('link', { name: /^New \d/ }).click();
    await page.getByRole('link', { name: 'Next', exact: true }).click();
    expect(new URL(page.url()).searchParams.get('page')).toBe('2');
    expect((await titles(page)).length).toBeGreaterThan(0);

    await page.getByRole('searchbox', { name: 'Find a petition' }).fill('bus');
    await page.getByRole('button', { name: 'Find' }).click();
    const found = await visitor.call('listPetitions', { query: { facet: 'recent', q: 'bus' } });
    expect((await titles(page)).map((one) => one.trim())).toEqual(found.items.map(({ title }) => title));
    expect(found.total).toBeGreaterThan(0);

    await page.getByRole('link', { name: 'Show all again' }).click();
    await page.getByLabel('Ward').selectOption('weirside');
    await page.getByRole('button', { name: 'Find' }).click();
    expect(await page.getByText('These are about Weirside, or about the whole place.').count()).toBe(1);

    await page.goto('/petitions?q=zzzz');
    expect(await page.getByText('Nobody has asked for that yet').count()).toBe(1);
    // the head speaks of the whole town still, and whoever begins need not type it again
    expect(await page.locator('.hero .lead').textContent()).toContain(`${counts.open} petitions are open.`);
    await page.locator('.both').getByRole('link', { name: 'Start a petition' }).click();
    expect(await page.getByRole('textbox').first().inputValue()).toBe('zzzz');
    await page.context().close();
  });

  it('is there in Welsh from the first word', async () => {
    const page = await open('/cy/petitions', { viewport: WIDE });
    expect(await page.locator('h1').textContent()).toBe('Beth rydym yn ei ofyn gan y cyngor');
    const help = await open('/cy/petitions/help', { viewport: PHONE, javaScript: false });
    expect(await help.locator('h1').textContent()).toBe('Sut mae deisebau’n gweithio');
    await page.context().close();
    await help.context().close();
  });

  it('moves a count on the list while somebody signs', async () => {
    const grace = await town.as('Grace Okafor');
    const { rows } = await town.sql.query<{ id: number }>(
      `select p.id from petitions p where p.state = 'open' and not exists (
         select 1 from signatures s join people g on g.id = s.person_id
         where s.petition_id = p.id and g.name = 'Grace Okafor') order by p.id limit 1`,
    );
    const petition = Number(rows[0]!.id);
    const page = await open('/petitions', { viewport: WIDE });
    const row = page.locator(`#p${petition}`);
    const before = Number(/(\d+) (?:people|person) signed/.exec((await row.textContent())!)![1]);
    await page.locator('.livebar .live', { hasText: /^\s*Live\s*$/ }).waitFor();
    const { code } = (
      await town.sql.query('select code from postcodes where ward_id is not null order by code limit 1')
    ).rows[0];
    await grace.call('signPetition', {
      params: { petition },
      body: { lang: 'en', postcode: code, basis: 'live' } as never,
    });
    await expect.poll(() => row.textContent()).toContain(`${before + 1} people signed`);
    await page.context().close();
  });

  it('reads how petitions work, and every arrow leads to a step that is there', async () => {
    const page = await open('/petitions/help', { viewport: WIDE, javaScript: false });
    const arrows = page.locator('.line a[href^="#"]');
    const targets = await arrows.evaluateAll((all) =>
      all.map((one) => (one as unknown as { hash: string }).hash),
    );
    expect(targets.length).toBeGreaterThan(10);
    for (const target of new Set(targets)) expect(await page.locator(target).count(), target).toBe(1);
    const { scheme } = (await town.visitor().call('listPetitionSchemes', {}))[0]!;
    expect(await page.getByText(`${scheme.response} sign.`).count()).toBe(1);
    await page.context().close();
  });

  it.each(PAGES)('%s keeps to the rules for everybody, by day and night, in both languages', async (path) => {
    for (const viewport of [PHONE, WIDE])
      for (const dark of [false, true]) {
        const page = await open((viewport === PHONE) === dark ? path : `/cy${path}`, { viewport, dark });
        expect(await axe(page), `${viewport.width} ${dark ? 'dark' : 'light'}`).toEqual([]);
        expect(
          await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
        ).toBe(0);
        await page.context().close();
      }
  });
});
