import { BLANKS, PAGES } from '@folkmoot/core/content/plain';
import { openTown, type Town } from '@folkmoot/testkit/town';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('The pages that a council may not go live without', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it.each(PAGES)('%s is there from the start, in both languages, with nothing left blank', async (slug) => {
    const page = await town.visitor().call('readPage', { params: { slug } });
    for (const text of [page.title.en, page.title.cy, page.body.en, page.body.cy]) {
      expect(text!.length).toBeGreaterThan(3);
      for (const blank of BLANKS) expect(text).not.toContain(`{${blank}}`);
    }
    expect(page.body.en.length).toBeGreaterThan(600);
    // as much is said in Welsh as in English
    expect(page.body.cy!.length / page.body.en.length).toBeGreaterThan(0.85);
    expect(page.agreed).toBe(false);
  });

  it('names six house rules, in their order', async () => {
    const { body } = await town.visitor().call('readPage', { params: { slug: 'house-rules' } });
    for (const text of [body.en, body.cy!])
      expect([...text.matchAll(/^(\d)\. \*\*/gm)].map(([, n]) => Number(n))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('tells in the privacy notice what the register holds', async () => {
    const { body } = await town.visitor().call('readPage', { params: { slug: 'privacy' } });
    expect(body.en).toContain('| What for | Why we may | How long at most |');
    expect(body.en.match(/^\| /gm)!.length).toBeGreaterThan(10);
    expect(body.en).toContain('01555 550 100');
  });

  it('is written anew by Tomasz: a version more, the old one kept, everybody reads it', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const before = await tomasz.call('readPageSource', { params: { slug: 'terms' }, query: {} });
    const title = { en: 'Terms', cy: '' };
    const text = { en: 'We keep our word. Ring {phone}.', cy: '' };
    const body = { title, body: text, version: before.version };
    const saved = await tomasz.call('savePage', { params: { slug: 'terms' }, body });
    expect(saved.version).toBe(before.version + 1);

    const read = await town.visitor().call('readPage', { params: { slug: 'terms' } });
    expect(read).toMatchObject({ agreed: true, body: { en: 'We keep our word. Ring 01555 550 100.' } });
    expect(read.body.cy).toBeUndefined();
    const { items } = await tomasz.call('listPages', {});
    expect(items.find((one) => one.slug === 'terms')).toMatchObject({ agreed: true, cy: false });

    const old = await tomasz.call('readPageSource', { params: { slug: 'terms' }, query: { version: 1 } });
    expect(old.body).toEqual(before.body);
    expect(old.versions[0]).toMatchObject({ version: saved.version, by: 'Tomasz Nowak' });

    const late = await tomasz.say('savePage', { params: { slug: 'terms' }, body });
    expect(late).toMatchObject({ status: 409, body: { code: 'changed_meanwhile' } });
  });

  it('is agreed to by saving it as it stands, without a new version', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const { title, body, version } = await tomasz.call('readPageSource', {
      params: { slug: 'cookies' },
      query: {},
    });
    const same = { title: { en: title.en, cy: title.cy! }, body: { en: body.en, cy: body.cy! }, version };
    const saved = await tomasz.call('savePage', { params: { slug: 'cookies' }, body: same });
    expect(saved.version).toBe(version);
    expect((await town.visitor().call('readPage', { params: { slug: 'cookies' } })).agreed).toBe(true);
    // a council may not go live before it has read all of them; the demo, which speaks for none, may
    expect(town.app.house.place().unread).toContain('privacy');
    expect(town.app.house.place().unread).not.toContain('cookies');
    expect((await town.visitor().call('readPlace', {})).open).toBe(true);
  });

  it('is not for officers of another body, nor for visitors, to write', async () => {
    const input = { params: { slug: 'terms' as const }, query: {} };
    expect((await town.visitor().say('readPageSource', input)).status).toBe(401);
    expect((await (await town.as('Dylan Rees')).say('readPageSource', input)).status).toBe(403);
    expect((await (await town.as('Sunita Rao')).say('listPages', {})).status).toBe(403);
  });
});

describe('Tomasz sets the place up', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it('changes name, colour and telephone, and every page has them', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const before = await tomasz.call('readPlaceSettings', {});
    const body = {
      ...before,
      name: { en: 'Newbridge', cy: '' },
      hue: 210,
      phone: '01555 111 222',
      security: 'mailto:web@example.org',
    };
    await tomasz.call('savePlaceSettings', { body });
    const place = await town.visitor().call('readPlace', {});
    expect(place).toMatchObject({ name: { en: 'Newbridge' }, hue: 210, phone: '01555 111 222' });
    expect(place.name.cy).toBeUndefined();
    expect(place.map.overview).not.toBeNull();
    const { rows } = await town.sql.query("select topic from events where type = 'places.changed'");
    expect(rows).toHaveLength(1);
  });

  it('is told what cannot be: a colour too strong, a map over http', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const before = await tomasz.call('readPlaceSettings', {});
    const map = { ...before.map, url: 'http://tiles.example.org/{z}/{x}/{y}' };
    const said = await tomasz.say('savePlaceSettings', { body: { ...before, chroma: 0.3, map } });
    expect(said).toMatchObject({ status: 422, body: { fields: { chroma: 'too_big' } } });
    expect(said.body['fields'] as object satisfies object).toHaveProperty(['map.url']);
  });

  it('adds a free day, and the days we promise are counted without it', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const day = '2025-10-17';
    await tomasz.call('addHoliday', { body: { day, name: { en: 'Fair day', cy: 'Dydd y ffair' } } });
    const { items } = await tomasz.call('listHolidays', {});
    expect(items).toContainEqual({ day, name: { en: 'Fair day', cy: 'Dydd y ffair' } });
    await tomasz.call('removeHoliday', { params: { day } });
    const again = await tomasz.say('removeHoliday', { params: { day } });
    expect(again.body).toEqual({ code: 'not_found' });
    const dylan = await town.as('Dylan Rees');
    expect((await dylan.say('listHolidays', {})).status).toBe(403);
  });

  it('puts the council’s own crest in the place of the bridge, and takes it away again', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const send = async (content: Buffer, who = tomasz, accept = 'application/json') => {
      const body = new FormData();
      body.set('file', new Blob([new Uint8Array(content)]), 'crest.png');
      return who.fetch('/api/v1/admin/place/crest', { method: 'POST', body, headers: { accept } });
    };
    const ground = { r: 0, g: 90, b: 40, alpha: 1 };
    const shield = await sharp({ create: { width: 300, height: 700, channels: 4, background: ground } })
      .png()
      .toBuffer();
    const answer = await send(shield);
    expect(answer.status).toBe(200);
    const { crest } = (await answer.json()) as { crest: string };
    expect((await town.visitor().call('readPlace', {})).crest).toBe(crest);
    const kept = Buffer.from(await (await town.visitor().fetch(`/files/${crest}`)).arrayBuffer());
    expect(await sharp(kept).metadata()).toMatchObject({ format: 'png', width: 512, height: 512 });
    const icon = await (await town.visitor().fetch('/api/v1/place/icon.svg')).text();
    expect(icon).toContain('data:image/png;base64,');
    const png = await (await town.visitor().fetch('/api/v1/place/icon-192.png')).arrayBuffer();
    const { data } = await sharp(Buffer.from(png)).raw().toBuffer({ resolveWithObject: true });
    expect([...data.subarray((96 * 192 + 96) * 3, (96 * 192 + 96) * 3 + 3)]).toEqual([0, 90, 40]);

    // saving the rest of the settings keeps it
    await tomasz.call('savePlaceSettings', { body: await tomasz.call('readPlaceSettings', {}) });
    expect((await town.visitor().call('readPlace', {})).crest).toBe(crest);

    const wrong = await send(Buffer.from('<svg onload="alert(1)"/>'.repeat(9)), tomasz, 'text/html');
    expect(wrong.headers.get('location')).toBe('/admin/place?problem=not_a_photo#crest');
    expect((await send(shield, await town.as('Dylan Rees'))).status).toBe(403);
    expect((await send(shield, town.visitor())).status).toBe(401);
    await tomasz.call('removeCrest', {});
    expect((await town.visitor().call('readPlace', {})).crest).toBeNull();
    expect((await town.visitor().fetch(`/files/${crest}`)).status).toBe(404);
  });

  it('sees the town’s sign on tabs and phones', async () => {
    const svg = await town.visitor().fetch('/api/v1/place/icon.svg');
    expect(await svg.text()).toMatch(/fill="#[0-9a-f]{6}"/);
    const png = await town.visitor().fetch('/api/v1/place/icon-192.png');
    expect(png.headers.get('content-type')).toBe('image/png');
    expect((await town.visitor().fetch('/api/v1/place/icon-9999.png')).status).toBe(404);
  });
});
