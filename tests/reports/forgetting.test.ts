import { existsSync } from 'node:fs';
import { forgetOld } from '@folkmoot/api/reports/forgetting';
import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const weirStreet = { lon: -3.0018, lat: 51.842 };
const DAY = 24 * 60;

describe('What nobody came back to is forgotten', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  const photoOf = async (caller: Caller, colour: string): Promise<string> => {
    const content = await sharp({ create: { width: 300, height: 200, channels: 3, background: colour } })
      .png()
      .toBuffer();
    const form = new FormData();
    form.append('photo', new Blob([new Uint8Array(content)]), 'a.png');
    const answer = await caller.fetch('/api/v1/uploads?for=report-draft', {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json' },
    });
    const { photos } = (await answer.json()) as { photos: Array<{ hash: string }> };
    return photos.at(-1)!.hash;
  };
  const onDisk = (hash: string) => existsSync(town.app.house.files.pathOf(`${hash}-640.webp`));
  const gather = async (caller: Caller, email?: string) => {
    const kinds = await caller.call('listReportCategories', { query: weirStreet });
    const category = kinds.find((kind) => kind.code === 'bin')!.id;
    await caller.call('startReportDraft', { body: weirStreet });
    const words = { title: 'Full bin', detail: 'By the bench.', ...(email && { name: 'Mair', email }) };
    await caller.call('saveReportDraft', { body: { category, notSimilar: true } });
    await caller
      .call('saveReportDraft', { body: { answers: {}, photosDone: true, ...words } })
      .catch(() => null);
    return caller.call('saveReportDraft', { body: { photosDone: true, ...words } });
  };

  it('a photo goes with its draft, unless another draft shows the same', async () => {
    const [mair, grace] = [town.visitor(), town.visitor()];
    const hash = await photoOf(mair, 'red');
    expect(await photoOf(grace, 'red')).toBe(hash);
    await mair.call('removeReportDraftPhoto', { body: { hash } });
    expect(onDisk(hash)).toBe(true);
    await grace.call('dropReportDraft', {});
    expect(onDisk(hash)).toBe(false);
  });

  it('a draft is kept for thirty days after its last change', async () => {
    const mair = town.visitor();
    const hash = await photoOf(mair, 'green');
    await gather(mair);
    town.later(29 * DAY);
    await forgetOld(town.app.house);
    expect(await mair.call('readReportDraft', {})).toMatchObject({ title: 'Full bin' });
    town.later(2 * DAY);
    await forgetOld(town.app.house);
    expect(await mair.call('readReportDraft', {})).toBeNull();
    expect(onDisk(hash)).toBe(false);
  });

  it('a report whose button was never pressed is gone after two days, a confirmed one stays', async () => {
    const [never, did] = [town.visitor(), town.visitor()];
    const hashes = [await photoOf(never, 'blue'), await photoOf(did, 'navy')];
    const sent = [];
    for (const [caller, email] of [
      [never, 'never@example.org'],
      [did, 'did@example.org'],
    ] as const) {
      const draft = await gather(caller, email);
      expect(draft.next).toBe('check');
      sent.push((await caller.call('sendReportDraft', { body: { lang: 'en' } })).report);
    }
    await did.call('useToken', { params: { token: await town.tokenTo('did@example.org') }, body: {} });
    town.later(2 * DAY + 1);
    await forgetOld(town.app.house);
    const { rows } = await town.sql.query('select id::int from reports where id = any($1)', [sent]);
    expect(rows).toEqual([{ id: sent[1] }]);
    expect(hashes.map(onDisk)).toEqual([false, true]);
  });
});
