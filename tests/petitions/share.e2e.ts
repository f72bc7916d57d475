import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { axe } from '@folkmoot/testkit/axe';
import { type Browser, type Page, PHONE, visit, WIDE } from '@folkmoot/testkit/browser';
import { openSite } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import { afterAll, describe, expect, it } from 'vitest';
import { openPetition, smallScheme } from './story.ts';

const LONG_TITLE = 'Keep the 14 night bus running after ten, every night, all the way to Marsh End';
const LONG_WHY =
  'The last 14 leaves the station at ten past ten. If you work late at the hospital, the bakery or the Crown, you walk home along the river in the dark. We ask the council to pay for three more buses each night, at 10.40, 11.20 and midnight, from the Station to Marsh End, as it did until 2023. Please sign.';

/** A site of somebody else, on another origin, with a policy as strict as they come. */
function strangerWith(policy: string, body: string): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    if (request.url !== '/') return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy });
    response.end(
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>Marsh End Choir</title><main><h1>Our choir</h1>${body}</main></html>`,
    );
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () =>
      done({ server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }),
    );
  });
}

describe('A petition on paper and on other sites', () => {
  let town: Town;
  let browser: Browser;
  let petition: number;
  const strangers: Server[] = [];
  openSite(async (site) => {
    ({ town, browser } = site);
    await smallScheme(town, { response: 100, evidence: 200, debate: 300 });
    ({ petition } = await openPetition(town, LONG_TITLE));
    await town.sql.query('update petitions set why = $2 where id = $1', [petition, LONG_WHY]);
  });
  afterAll(() => {
    for (const server of strangers) server.close();
  });

  const whole = async (page: Page) => expect(await axe(page)).toEqual([]);
  const host = async (policy: string, body: string) => {
    const { server, url } = await strangerWith(policy, body);
    strangers.push(server);
    const context = await visit(browser, url);
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('console', (line) => {
      if (line.type() === 'error' && !line.text().includes('favicon')) troubles.push(line.text());
    });
    page.on('pageerror', (error) => troubles.push(error.message));
    await page.goto(url);
    return { context, page, troubles };
  };

  it('the poster is one sheet of A4, with strips and without, whichever language, however long the words', async () => {
    for (const path of ['/poster', '/poster?strips=1', '/cy/poster?strips=1']) {
      const context = await visit(browser, town.url, { viewport: WIDE });
      const page = await context.newPage();
      const welsh = path.startsWith('/cy');
      await page.goto(`${welsh ? '/cy' : ''}/petitions/${petition}${path.replace('/cy', '')}`);
      await page.getByRole('button', { name: /Print the poster|Argraffu’r poster/ }).waitFor();
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g), path).toHaveLength(1);
      const [, wide, high] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(pdf)!;
      expect(Math.round(Number(wide)), path).toBe(595);
      expect(Math.round(Number(high)), path).toBe(842);
      // nothing is cut off: what stands on the sheet is no higher than the sheet
      await page.emulateMedia({ media: 'print' });
      const sheet = page.locator('.sheet');
      const [inside, outside] = await sheet.evaluate((node) => [node.scrollHeight, node.clientHeight]);
      expect(inside, path).toBeLessThanOrEqual(outside! + 1);
      expect(await page.locator('header.top').isVisible()).toBe(false);
      await context.close();
    }
  });

  for (const [what, options] of [
    ['by day', {}],
    ['at night', { dark: true }],
    ['without a script', { javaScript: false }],
  ] as const)
    it(`the pages are whole ${what}`, async () => {
      const context = await visit(browser, town.url, { viewport: PHONE, ...options });
      const page = await context.newPage();
      for (const path of [
        `/petitions/${petition}/poster`,
        `/cy/petitions/${petition}/share`,
        `/petitions/${petition}/share`,
        `/petitions/${petition}/embed`,
        '/about/open-data',
        '/cy/about/open-data',
      ]) {
        const answer = await page.goto(path);
        expect(answer!.status(), path).toBe(200);
        if (what !== 'without a script') await whole(page);
        else expect(await page.locator('h1').count(), path).toBe(1);
      }
      await context.close();
    });

  it('stands on a stranger’s page under a strict policy, in the page’s language, and counts live', async () => {
    const { context, page, troubles } = await host(
      `default-src 'none'; script-src ${town.url}; frame-src ${town.url}`,
      `<div lang="cy"><div data-folkmoot-petition="${petition}"><a href="${town.url}/petitions/${petition}">Sign</a></div></div>
       <div data-folkmoot-petition="${petition}" data-lang="en" data-theme="dark"></div>
       <div data-folkmoot-petition="1 onload=alert(1)"></div>
       <script src="${town.url}/embed/petition.js"></script>`,
    );
    const welsh = page.frameLocator('iframe').first();
    const english = page.frameLocator('iframe').nth(1);
    await welsh.getByText('ohonom wedi llofnodi').waitFor();
    await english.getByRole('link', { name: 'Sign it' }).waitFor();
    expect(await page.locator('iframe').count()).toBe(2);
    // the link that stood there is no longer needed, and the frame is as high as what it holds
    await expect.poll(() => page.getByRole('link', { name: 'Sign', exact: true }).count()).toBe(0);
    await expect
      .poll(async () => Number(await page.locator('iframe').first().getAttribute('height')))
      .toBeGreaterThan(150);
    expect(await page.locator('iframe').nth(1).getAttribute('title')).toBe(LONG_TITLE);
    expect(await english.locator('[data-count]').textContent()).toBe('1');
    await town.sql.query('update petition_counts set online = 42 where petition_id = $1', [petition]);
    await expect
      .poll(() => english.locator('[data-count]').textContent(), { timeout: 40_000, interval: 500 })
      .toBe('42');
    await expect.poll(() => english.locator('[data-more]').textContent()).toBe('58');
    expect(await context.cookies()).toEqual([]);
    expect(await page.evaluate(() => Object.keys(localStorage).length)).toBe(0);
    expect(troubles).toEqual([]);
    const opened = context.waitForEvent('page');
    await english.getByRole('link', { name: 'Sign it' }).click();
    // a page that opens is blank at first
    await (await opened).waitForURL((url) => url.pathname === `/petitions/${petition}`);
    await context.close();
  });

  it('leaves the link where a stranger’s page forbids frames', async () => {
    const { context, page } = await host(
      `default-src 'none'; script-src ${town.url}`,
      `<div data-folkmoot-petition="${petition}"><a href="${town.url}/petitions/${petition}">Sign</a></div>
       <script src="${town.url}/embed/petition.js"></script>`,
    );
    await page.locator('iframe').waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('link', { name: 'Sign', exact: true }).isVisible()).toBe(true);
    await context.close();
  });

  it('no other page of ours may be framed', async () => {
    const { context, page } = await host(
      `default-src 'none'; frame-src ${town.url}`,
      `<iframe src="${town.url}/petitions/${petition}"></iframe>`,
    );
    await page.waitForLoadState('networkidle');
    const inside = page.frames().find((frame) => frame !== page.mainFrame())!;
    expect(await inside.locator('h1').count()).toBe(0);
    await context.close();
  });

  it('the page of all ways hands out words that work as they are', async () => {
    const context = await visit(browser, town.url, { viewport: WIDE });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    await page.goto(`/petitions/${petition}/share`);
    await page.getByRole('button', { name: 'Copy' }).first().click();
    await page.getByText('Copied.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(
      new RegExp(`/petitions/${petition}$`),
    );
    const snippet = await page.getByLabel('Copy this into the page').inputValue();
    await context.close();
    const other = await host(`default-src 'none'; script-src ${town.url}; frame-src ${town.url}`, snippet);
    await other.page.frameLocator('iframe').getByRole('link', { name: 'Sign it' }).waitFor();
    expect(other.troubles).toEqual([]);
    await other.context.close();
  });
});
