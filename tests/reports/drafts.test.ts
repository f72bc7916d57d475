import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const weirStreet = { lon: -3.0018, lat: 51.842 };
const words = { title: 'Deep hole by the baker’s', detail: 'A bike went down in it this morning.' };
const mairsName = { name: 'Mair Pritchard', email: 'mair.draft@example.org' };

const jpeg = (at?: { lat: string; latRef: string; lon: string; lonRef: string }) => {
  const photo = sharp({ create: { width: 900, height: 600, channels: 3, background: '#777' } }).jpeg();
  if (!at) return photo.toBuffer();
  const IFD3 = {
    GPSLatitude: at.lat,
    GPSLatitudeRef: at.latRef,
    GPSLongitude: at.lon,
    GPSLongitudeRef: at.lonRef,
  };
  return photo.withExif({ IFD0: { Copyright: 'secret camera' }, IFD3 }).toBuffer();
};

const upload = (caller: Caller, content: Buffer, accept = 'application/json', more = '') => {
  const form = new FormData();
  form.append('photo', new Blob([new Uint8Array(content)], { type: 'image/jpeg' }), 'photo.jpg');
  return caller.fetch(`/api/v1/uploads?for=report-draft${more}`, {
    method: 'POST',
    body: form,
    headers: { accept },
  });
};

describe('Mair gathers a report page by page', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  const pothole = async (visitor: Caller) => {
    const categories = await visitor.call('listReportCategories', { query: weirStreet });
    return categories.find((category) => category.code === 'pothole')!.id;
  };
  const gather = async (visitor: Caller) => {
    await visitor.call('startReportDraft', { body: weirStreet });
    await visitor.call('saveReportDraft', { body: { category: await pothole(visitor) } });
    await visitor.call('saveReportDraft', { body: { notSimilar: true, answers: { depth: 'deep' } } });
    return visitor.call('saveReportDraft', { body: { photosDone: true, ...words } });
  };

  it('is led from page to page, and finds everything again when she comes back', async () => {
    const mair = town.visitor();
    expect(await mair.call('readReportDraft', {})).toBeNull();
    const begun = await mair.call('startReportDraft', { body: weirStreet });
    expect(begun).toMatchObject({ next: 'category', place: expect.any(String) });
    const kind = await mair.call('saveReportDraft', { body: { category: await pothole(mair) } });
    expect(kind.category).toMatchObject({ organisation: { en: 'Anyshire County Highways' } });
    expect(['similar', 'questions']).toContain(kind.next);
    await mair.call('saveReportDraft', { body: { notSimilar: true } });
    const empty = await mair.say('saveReportDraft', { body: { answers: {} } });
    expect(empty.body).toMatchObject({ code: 'invalid', fields: { 'answers.depth': 'required' } });
    expect((await mair.call('saveReportDraft', { body: { answers: { depth: 'deep' } } })).next).toBe(
      'photos',
    );
    expect((await mair.call('saveReportDraft', { body: { photosDone: true } })).next).toBe('words');
    expect((await mair.call('saveReportDraft', { body: words })).next).toBe('you');
    expect((await mair.call('saveReportDraft', { body: mairsName })).next).toBe('check');
    expect(await mair.call('readReportDraft', {})).toMatchObject({ ...words, ...mairsName, next: 'check' });
    expect(await town.visitor().call('readReportDraft', {})).toBeNull();
  });

  it('sends it once, however often she presses', async () => {
    const mair = town.visitor();
    await gather(mair);
    const tooSoon = await mair.say('sendReportDraft', { body: { lang: 'en' } });
    expect(tooSoon.body).toEqual({ code: 'not_finished' });
    await mair.call('saveReportDraft', { body: mairsName });
    const [one, two] = await Promise.all([
      mair.call('sendReportDraft', { body: { lang: 'en' } }),
      mair.call('sendReportDraft', { body: { lang: 'en' } }),
    ]);
    expect(two.report).toBe(one.report);
    expect(one).toMatchObject({ waits: true, email: mairsName.email, expectedOn: '2025-10-23' });
    expect(await mair.call('readReportDraft', {})).toBeNull();
    expect(await mair.call('readSentReport', {})).toMatchObject({ report: one.report });
    const { rows } = await town.sql.query('select count(*)::int as n from reports where title = $1', [
      words.title,
    ]);
    expect(rows[0]).toEqual({ n: 1 });
    // what was said stands in the report now, and nowhere else
    const kept = await town.sql.query("select data from report_drafts where data ? 'sent'");
    expect(kept.rows.map((row) => Object.keys(row.data as object))).toEqual([['sent']]);
    // the next report is another one
    await gather(mair);
    await mair.call('saveReportDraft', { body: mairsName });
    const next = await mair.call('sendReportDraft', { body: { lang: 'en' } });
    expect(next.report).not.toBe(one.report);
  });

  it('takes her draft along when she signs in, and leaves none behind for the next at that computer', async () => {
    const mair = town.visitor();
    await gather(mair);
    const { rows } = await town.sql.query("select id from people where name = 'Mair Pritchard'");
    await mair.call('beSomeone', { body: { person: rows[0].id } });
    expect(await mair.call('readReportDraft', {})).toMatchObject({ ...words, next: 'check' });
    const phone = await town.as('Mair Pritchard');
    expect(await phone.call('readReportDraft', {})).toMatchObject(words);
    await mair.call('signOut', {});
    expect(await mair.call('readReportDraft', {})).toBeNull();
    const sent = await phone.call('sendReportDraft', { body: { lang: 'cy' } });
    expect(sent).toMatchObject({ waits: false, email: null });
    expect(await phone.call('readReport', { params: { report: sent.report } })).toMatchObject({
      state: 'new',
      lang: 'cy',
      mine: { maker: true, mayEdit: true },
    });
  });

  it('is shown what lies near, and asked anew when she moves the pin', async () => {
    const grace = await town.as('Grace Okafor');
    await gather(grace);
    const { report } = await grace.call('sendReportDraft', { body: { lang: 'en' } });
    const mair = town.visitor();
    await mair.call('startReportDraft', { body: weirStreet });
    const category = await pothole(mair);
    expect((await mair.call('saveReportDraft', { body: { category } })).next).toBe('similar');
    const near = await mair.call('listSimilarReports', { params: { category }, query: weirStreet });
    expect(near.length).toBeLessThanOrEqual(5);
    expect(near.map((one) => one.id)).toContain(report);
    expect(near.map((one) => one.metres)).toEqual(near.map((one) => one.metres).sort((a, b) => a - b));
    expect((await mair.call('saveReportDraft', { body: { notSimilar: true } })).next).toBe('questions');
    const moved = await mair.call('saveReportDraft', { body: { lon: -3.0017, lat: 51.8421 } });
    expect(moved.next).toBe('similar');
    const far = await mair.say('saveReportDraft', { body: { lon: -4, lat: 52.5 } });
    expect(far.body).toEqual({ code: 'outside' });
  });

  it('stores her photo without what it carried, and offers the place where it was taken', async () => {
    const mair = town.visitor();
    const taken = await jpeg({ lat: '51/1 50/1 31/1', latRef: 'N', lon: '3/1 0/1 7/1', lonRef: 'W' });
    expect(taken.includes('secret camera')).toBe(true);
    const answer = await upload(mair, taken);
    expect(answer.status).toBe(201);
    const draft = (await answer.json()) as { photos: Array<{ hash: string }>; offer: { lon: number } };
    expect(draft.photos).toHaveLength(1);
    expect(draft.offer.lon).toBeCloseTo(-3.0019, 3);
    const { hash } = draft.photos[0]!;
    for (const width of [320, 640, 1280]) {
      const name = `${hash}-${width}.webp`;
      const kept = await sharp(town.app.house.files.pathOf(name)).metadata();
      expect(kept).toMatchObject({ format: 'webp', width: Math.min(width, 900) });
      expect([kept.exif, kept.xmp, kept.iptc]).toEqual([undefined, undefined, undefined]);
    }
    const accepted = await mair.call('startReportDraft', { body: { lon: -3.0019, lat: 51.8419 } });
    expect(accepted.offer).toBeNull();
    const out = await mair.call('removeReportDraftPhoto', { body: { hash } });
    expect(out.photos).toEqual([]);
  });

  it('goes back to the page where a form without a script came from', async () => {
    const mair = town.visitor();
    const answer = await upload(mair, await jpeg(), 'text/html', '&lang=cy');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/cy/reports/new/photos');
    const wrong = await upload(mair, Buffer.from('<svg onload="alert(1)"></svg>'), 'text/html');
    expect(wrong.headers.get('location')).toBe('/reports/new/photos?problem=not_a_photo');
  });
});
