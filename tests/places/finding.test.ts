import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('Mair says where it is', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());
  const find = (q: string, lang: 'en' | 'cy' = 'en') =>
    town.visitor().call('findPlaces', { query: { q, lang } });

  it('by a postcode, however she types it', async () => {
    const { rows } = await town.sql.query<{ code: string; lon: number; lat: number }>(
      'select code, lon, lat from postcodes order by code limit 1',
    );
    const { code, lon, lat } = rows[0]!;
    const typed = `${code.slice(0, -3).toLowerCase()} ${code.slice(-3).toLowerCase()}`;
    expect((await find(typed)).items[0]).toMatchObject({ kind: 'postcode', lon, lat });
    expect((await find(typed.replace(' ', ''))).items[0]).toMatchObject({ lon, lat });
    expect((await find(typed.slice(0, 5))).items.length).toBeGreaterThan(1);
  });

  it('by a street, also with a letter wrong, and with its ward behind a comma', async () => {
    expect((await find('weir str')).items).toContainEqual(
      expect.objectContaining({ kind: 'street', label: 'Weir Street' }),
    );
    expect((await find('Wier Street')).items.map((one) => one.label)).toContain('Weir Street');
    const ward = (await find('Weir Street')).items[0]!.detail!;
    expect((await find(`Weir Street, ${ward.en}`)).items[0]).toMatchObject({ label: 'Weir Street' });
  });

  it('by a name in either language, and reads it in her own', async () => {
    const guildhall = await find('Neuadd y Dref', 'cy');
    expect(guildhall.items[0]).toMatchObject({ kind: 'place', label: 'Neuadd y Dref' });
    expect((await find('Neuadd y Dref')).items[0]!.label).toBe('Guildhall');
  });

  it('by coordinates; outside the town she is told so', async () => {
    expect((await find('51.842, -3.0018')).items[0]).toMatchObject({
      kind: 'point',
      lon: -3.0018,
      lat: 51.842,
    });
    expect(await find('52.5 -4.0')).toEqual({ items: [], outside: true });
    expect(await find('SW1A 1AA')).toEqual({ items: [], outside: true });
  });

  it('by the number of a report that everybody may see, and of no other', async () => {
    const mair = await town.as('Mair Pritchard');
    const at = { lon: -3.0018, lat: 51.842 };
    const categories = await mair.call('listReportCategories', { query: at });
    const make = (code: string) =>
      mair.call('makeReport', {
        body: {
          ...at,
          category: categories.find((one) => one.code === code)!.id,
          answers: {},
          title: 'Light out',
          detail: 'Dark',
          lang: 'en',
        },
      });
    const open = await make('drain');
    expect((await find(`#${open.report}`)).items[0]).toMatchObject({ kind: 'report', report: open.report });
    const secret = await make('rough_sleeper');
    expect((await find(`${secret.report}`)).items).toEqual([]);
  });

  it('without a map: by letter, street and the street it meets', async () => {
    const under = await town.visitor().call('listStreets', { query: { q: 'w' } });
    expect(under.items.every((one) => one.name.toLowerCase().startsWith('w'))).toBe(true);
    const weir = under.items.find((one) => one.name === 'Weir Street')!;
    const alone = await town.visitor().call('listStreets', { query: { street: weir.id } });
    expect(alone.items).toEqual([weir]);
    expect(weir.junctions.map((one) => one.name)).toContain('Bridge Street');
    const all = await town.visitor().call('listStreets', { query: {} });
    expect(all.pages).toBeGreaterThan(5);
  });

  it('sees a still picture of it, drawn from the town’s own map', async () => {
    const { svg } = await town.visitor().call('drawCrop', {
      query: { lon: -3.0018, lat: 51.842, width: 600, height: 340, zoom: 17 },
    });
    expect(svg.startsWith('<svg ') && svg.includes('Bridge Street')).toBe(true);
    expect(svg).not.toMatch(/<script|<style/);
  });

  it('finds the way by the river that runs through the town', async () => {
    const [any] = await town.visitor().call('readWater', {});
    const { bounds } = await town.visitor().call('readPlace', {});
    const [west, south, east, north] = bounds;
    const inside = any!.filter(([lon, lat]) => lon! > west && lon! < east && lat! > south && lat! < north);
    expect(inside.length).toBeGreaterThan(20);
  });

  it('reads of a ward who was elected there', async () => {
    await town.sql.query(
      `update grants set area_id = (select id from areas where kind = 'ward' order by code limit 1)
       where role = 'councillor' and person_id = (select id from people where name = 'Rhian Pugh')`,
    );
    const wards = await town.visitor().call('listWards', { query: {} });
    const read = await Promise.all(
      wards.map((ward) => town.visitor().call('readWard', { params: { slug: ward.slug } })),
    );
    expect(read.flatMap((ward) => ward.councillors.map((one) => one.name))).toContain('Rhian Pugh');
    expect((await town.visitor().say('readWard', { params: { slug: 'nowhere' } })).status).toBe(404);
  });
});

describe('The browser fetches files', () => {
  let town: Town;
  let url = '';
  beforeAll(async () => {
    town = await openTown();
    url = (await town.visitor().call('readPlace', {})).map.url;
  });
  afterAll(() => town.close());

  it('the drawn map comes pressed, typed, for ever, and once', async () => {
    const said = await town.visitor().fetch(url, { headers: { 'accept-encoding': 'br' } });
    expect(said.status).toBe(200);
    expect(Object.fromEntries(said.headers)).toMatchObject({
      'content-type': 'application/geo+json; charset=utf-8',
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      vary: expect.stringContaining('accept-encoding'),
    });
    expect(((await said.json()) as { type: string }).type).toBe('FeatureCollection');
    const again = await town.visitor().fetch(url, {
      headers: { 'accept-encoding': 'br', 'if-none-match': said.headers.get('etag')! },
    });
    expect(again.status).toBe(304);
    const plain = await town.visitor().fetch(url, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
  });

  it('a photo comes as what it is; nothing outside the folder ever does', async () => {
    await town.app.house.files.keep('abc123-640.webp', Buffer.from('RIFF'));
    const photo = await town.visitor().fetch('/files/abc123-640.webp');
    expect(photo.headers.get('content-type')).toBe('image/webp');
    for (const name of [
      '..%2f..%2fsecret.key',
      '%2e%2e/secret.key',
      'a.html',
      `${url.slice(7)}.br`,
      'no.webp',
    ])
      expect((await town.visitor().fetch(`/files/${name}`)).status, name).toBe(404);
  });

  it('a picture comes from where the council has put a copy of the files; the map does not', async () => {
    const { settings } = town.app.house;
    await town.app.house.files.keep('abc123-320.webp', Buffer.from('RIFF'));
    settings.filesUrl = 'https://cdn.anytown.example/moot';
    try {
      const photo = await town.visitor().fetch('/files/abc123-320.webp');
      expect([photo.status, photo.headers.get('location')]).toEqual([
        302,
        'https://cdn.anytown.example/moot/ab/abc123-320.webp',
      ]);
      expect((await town.visitor().fetch('/files/no-320.webp')).status).toBe(404);
      expect((await town.visitor().fetch(url)).status).toBe(200);
    } finally {
      settings.filesUrl = null;
    }
  });
});
