import type { IncomingMessage, ServerResponse } from 'node:http';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { openPetitionRow } from '../petitions/rows.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

describe('Pages made from views that many share', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown({ site: 'built' });
  });
  afterAll(() => town.close());
  const pageOf = async (caller: ReturnType<Town['visitor']>, path: string): Promise<string> => {
    const response = await caller.fetch(path);
    expect(response.status).toBe(200);
    return response.text();
  };

  it.each(['/', '/reports', '/reports?view=list', '/wards/weirside', '/petitions', '/cy/reports'])(
    'show Dylan to himself and to nobody else: %s',
    async (path) => {
      const dylan = await town.as('Dylan Rees');
      const stranger = town.visitor();
      const [his, theirs, hisAgain] = [
        await pageOf(dylan, path),
        await pageOf(stranger, path),
        await pageOf(dylan, path),
      ];
      expect(his).toContain('Dylan Rees');
      expect(theirs).not.toContain('Dylan Rees');
      expect(hisAgain).toContain('Dylan Rees');
    },
  );

  it('are made once for all who are signed in where they rush to sign, and say nothing of who that is', async () => {
    const path = `/petitions/${await openPetitionRow(town.sql, 'Keep the 14 night bus')}`;
    const [huw, mair] = [await town.as('Huw Bevan'), await town.as('Mair Pritchard')];
    // as a browser opens a page: with a cookie, without an Origin
    const look = async (at: string, who?: { cookie: string }) =>
      (await fetch(town.url + at, { headers: who ? { cookie: who.cookie } : {} })).text();
    const asksForName = /<input[^>]*name="name"/;
    const his = await look(path, huw);
    expect(his).toContain('Huw Bevan');
    expect(his).not.toMatch(asksForName);
    expect(await look(path)).toMatch(asksForName);
    // forty others come to the door in the same moment, however busy this machine is
    const response = { writeHead: () => undefined, end: () => undefined } as unknown as ServerResponse;
    const headers = { host: new URL(town.url).host, cookie: 'folkmoot=another' };
    const crowd = () => {
      for (let n = 0; n < 40; n++)
        town.app.house.front!.cache.answer(
          { method: 'GET', url: path, headers } as unknown as IncomingMessage,
          response,
          'somebody',
        );
    };
    for (const who of [huw, mair]) {
      let page = '';
      const inRush = async () => {
        crowd();
        page = await look(path, who);
        return page;
      };
      await expect.poll(inRush).not.toMatch(/Huw Bevan|Mair Pritchard/);
      // signed in still, so one press is enough, whoever it is
      expect(page).toContain('Keep the 14 night bus');
      expect(page).not.toMatch(asksForName);
    }
    // a stranger is asked who they are, and another page is one's own
    expect(await look(path)).toMatch(asksForName);
    expect(await look('/petitions', mair)).toContain('Mair Pritchard');
  });

  it('say what has just been reported as soon as the API does', async () => {
    const mair = await town.as('Mair Pritchard');
    const path = '/reports?view=list&sort=new';
    expect(await pageOf(town.visitor(), path)).not.toContain('A goose in the lift');
    const at = { lon: -3.0018, lat: 51.842 };
    const categories = await mair.call('listReportCategories', { query: at });
    const category = categories.find(({ code }) => code === 'drain')!.id;
    const sent = await mair.call('makeReport', {
      body: {
        ...at,
        category,
        title: 'A goose in the lift',
        detail: 'On every floor.',
        lang: 'en',
        answers: {},
      },
    });
    await vi.waitFor(
      async () => {
        await town.app.house.hub.wake();
        const { items } = await town.visitor().call('listReports', { query: { sort: 'new' } });
        expect(items.map(({ id }) => id)).toContain(sent.report);
      },
      { timeout: 60_000, interval: 50 },
    );
    expect(await pageOf(town.visitor(), path)).toContain('A goose in the lift');
  });

  it('hold each piece that stands still once, and no place where one is missing', async () => {
    const page = await pageOf(town.visitor(), '/reports');
    expect(page.match(/<footer class="foot"/g)).toHaveLength(1);
    expect(page.match(/class="plane"/g)).toHaveLength(1);
    expect(page).not.toMatch(/<!--part \d/);
  });
});
