/** Paper: who may enter sheets, what is kept with them, and for how long. */
import sharp from 'sharp';
import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPetition, signByMail, signer, smallScheme } from './story.ts';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');

describe('Paper sheets', () => {
  let town: Town;
  let petition: number;
  let code: string;
  beforeAll(async () => {
    town = await openTown();
    await smallScheme(town, { keepDays: 30 });
    ({ petition, code } = await openPetition(town));
    await signByMail(town, petition, signer('Ann One', code));
  });
  afterAll(() => town.close());

  const upload = async (caller: Caller, content: Buffer, accept = 'application/json') => {
    const form = new FormData();
    form.append('scan', new Blob([new Uint8Array(content)]), 'sheet');
    return caller.fetch(`/api/v1/petitions/${petition}/sheets/scan`, {
      method: 'POST',
      headers: { accept },
      body: form,
    });
  };

  it('are entered by officers of the council, with a photo that only they can open', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const photo = await sharp({ create: { width: 60, height: 80, channels: 3, background: 'white' } })
      .jpeg()
      .toBuffer();
    const kept = await upload(tomasz, photo);
    expect(kept.status).toBe(201);
    const { scan } = (await kept.json()) as { scan: string };
    expect(scan).toMatch(/^[0-9a-f]{64}\.webp$/);
    const sheet = await tomasz.call('enterPetitionSheet', {
      params: { petition },
      body: {
        scan,
        rows: [
          { name: 'ann ONE', postcode: code },
          { name: '李 小龍', postcode: code },
          { name: '王 芳', postcode: code },
        ],
      },
    });
    // names that no Latin letter is in are still two people
    expect(sheet).toMatchObject({ counted: 2, doubles: [1] });
    const list = await tomasz.call('listPetitionSheets', { params: { petition } });
    expect(list).toMatchObject({
      as: 'staff',
      online: 2,
      paper: 2,
      sheets: [{ by: 'Tomasz Nowak', rows: 3, counted: 2, doubles: 1, scan: 'photo' }],
    });
    const path = `/api/v1/petition-sheets/${sheet.sheet}/scan`;
    const shown = await tomasz.fetch(path);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(shown.headers.get('cache-control')).toContain('no-store');
    expect((await (await town.as('Grace Okafor')).fetch(path)).status).toBe(404);
    expect((await town.visitor().fetch(path)).status).toBe(401);
    for (const name of [scan, scan.replace('.', '.sheet.')])
      expect((await town.visitor().fetch(`/files/${name}`)).status).toBe(404);
    const { rows } = await town.sql.query(
      `select what, why from access_log where topic = 'petition:' || $1 and what = 'list'`,
      [petition],
    );
    expect(rows).toEqual([{ what: 'list', why: 'handling' }]);
  });

  it('may have a PDF, saved and never shown as a page; nothing else is kept', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const { scan } = (await (await upload(tomasz, PDF)).json()) as { scan: string };
    expect(scan).toMatch(/\.pdf$/);
    const { sheet } = await tomasz.call('enterPetitionSheet', {
      params: { petition },
      body: { scan, rows: [{ name: 'Paper Person', postcode: code }] },
    });
    const shown = await tomasz.fetch(`/api/v1/petition-sheets/${sheet}/scan`);
    expect(shown.headers.get('content-disposition')).toContain('attachment');
    const page = await upload(tomasz, Buffer.from('<html><script>alert(1)</script></html>'));
    expect([page.status, await page.json()]).toEqual([415, { code: 'not_a_scan' }]);
    const back = await upload(tomasz, Buffer.from('nonsense'), 'text/html');
    expect([back.status, back.headers.get('location')]).toEqual([
      303,
      `/desk/petitions/${petition}/sheets?problem=not_a_scan`,
    ]);
    expect((await upload(await town.as('Mair Pritchard'), PDF)).status).toBe(404);
  });

  it('are the organiser’s to enter only where the scheme says so', async () => {
    const grace = await town.as('Grace Okafor');
    const body = { rows: [{ name: 'Market Stall', postcode: code }] };
    expect((await grace.say('enterPetitionSheet', { params: { petition }, body })).status).toBe(404);
    await smallScheme(town, { organiserSheets: true });
    const { petition: second } = await openPetition(town, 'A market on Sundays');
    const params = { petition: second };
    expect((await grace.call('listPetitionSheets', { params })).as).toBe('organiser');
    expect(await grace.call('enterPetitionSheet', { params, body })).toMatchObject({ counted: 1 });
    expect((await (await town.as('Mair Pritchard')).say('enterPetitionSheet', { params, body })).status).toBe(
      404,
    );
  });

  it('lose their scans with the names', async () => {
    const scans = async () =>
      (await town.sql.query('select scan from petition_sheets where petition_id = $1', [petition])).rows;
    expect((await scans()).filter((row) => row.scan)).toHaveLength(2);
    town.later(180 * 24 * 60 + 1);
    await town.app.house.jobs.run('close_petitions');
    town.later(31 * 24 * 60);
    await town.app.house.jobs.run('anonymise_signatures');
    expect((await scans()).filter((row) => row.scan)).toEqual([]);
  });
});
