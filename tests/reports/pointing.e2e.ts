import { type Browser, visit } from '@folkmoot/testkit/browser';
import { openSite } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import { describe, expect, it } from 'vitest';

describe('Grace points at what is wrong on a report, without a script', () => {
  let town: Town;
  let browser: Browser;
  openSite((site) => ({ town, browser } = site));

  it('by one word of the story, and not by the whole report', async () => {
    const { rows } = await town.sql.query(
      `select u.id, u.report_id as report, u.text from report_updates u join reports r on r.id = u.report_id
       where u.text is not null and u.hidden_at is null and u.lang = 'en'
         and not r.private and r.hidden_at is null and r.confirmed_at is not null
       order by u.id limit 1`,
    );
    const [said] = rows as Array<{ id: number; report: number; text: string }>;
    const context = await visit(browser, town.url, { javaScript: false });
    const page = await context.newPage();
    await page.goto(`/reports/${said!.report}`);
    // where the desk's question mail leads
    expect(await page.locator('#answer textarea').count()).toBe(1);
    await page.locator(`a[href*="part=update%3A${said!.id}"]`).click();
    expect(new URL(page.url()).pathname).toBe('/flag');
    expect(await page.locator('blockquote').textContent()).toContain(said!.text);
    await context.close();
  });

  it('by one photo', async () => {
    const { rows } = await town.sql.query(
      `select p.id, p.report_id as report, p.hash from report_photos p join reports r on r.id = p.report_id
       where p.hidden_at is null and p.update_id is null
         and not r.private and r.hidden_at is null and r.confirmed_at is not null
       order by p.id limit 1`,
    );
    const [photo] = rows as Array<{ id: string; report: number; hash: string }>;
    const context = await visit(browser, town.url, { javaScript: false });
    const page = await context.newPage();
    await page.goto(`/reports/${photo!.report}`);
    await page.locator(`a[href*="part=photo%3A${photo!.id}"]`).click();
    expect(await page.locator('main img').getAttribute('src')).toContain(photo!.hash);
    await context.close();
  });
});
