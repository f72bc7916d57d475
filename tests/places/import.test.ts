import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  importAreas,
  importMap,
  importPostcodes,
  importStreets,
  readAreas,
  readMap,
} from '@folkmoot/api/places/index';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const bristol = fileURLToPath(new URL('../../../shared/data/places/bristol-wards.geojson', import.meta.url));
const there = existsSync(bristol);

const square = (x: number, y: number, size: number) => [
  [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
    [x, y],
  ],
];
const feature = (name: string, code: string, coordinates: unknown, type = 'Polygon') => ({
  type: 'Feature',
  properties: { name, code },
  geometry: { type, coordinates },
});
const file = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });
const options = { kind: 'ward', name: 'name', code: 'code', from: '2025-10-16' } as const;

describe('Tomasz imports the wards of a place', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it.each([
    ['no name', file(feature('', 'A1', square(-3, 52, 1))), 'Feature 1: it has no property name'],
    ['no code', file(feature('North', '', square(-3, 52, 1))), 'Feature 1 (North): it has no property code'],
    [
      'a line',
      file(
        feature(
          'North',
          'A1',
          [
            [-3, 52],
            [-2, 52],
          ],
          'LineString',
        ),
      ),
      'Feature 1 (North): it is a LineString',
    ],
    [
      'an open ring',
      file(feature('North', 'A1', [square(-3, 52, 1)[0]!.slice(0, 4)])),
      'a ring is not closed',
    ],
    ['metres', file(feature('North', 'A1', square(358000, 172000, 10))), 'in another projection'],
    [
      'a code twice',
      file(feature('North', 'A1', square(-3, 52, 1)), feature('South', 'A1', square(-3, 51, 1))),
      'Features 1 and 2 have the same code A1',
    ],
    ['no JSON', '{', 'not JSON'],
    ['no features', '{"type":"FeatureCollection","features":[]}', 'with features'],
  ])('names what is wrong with a file that has %s', (_what, text, words) => {
    expect(() => readAreas(text, options)).toThrow(words);
  });

  it('imports nothing when the last feature is bad', async () => {
    const before = (await town.visitor().call('listWards', { query: {} })).length;
    const text = file(feature('North', 'N1', square(-3, 52, 1)), feature('South', 'S1', [[[1, 2]]]));
    await expect(importAreas(town.app.house.db, text, options)).rejects.toThrow('Feature 2 (South)');
    expect(
      (await town.sql.query(`select count(*)::int as n from areas where kind = 'ward' and valid_to is null`))
        .rows[0].n,
    ).toBe(before);
  });

  it('ends the old wards on the day the new ones begin; reports keep the ward they were made in', async () => {
    const grace = await town.as('Grace Okafor');
    const here = { lon: -3.0018, lat: 51.842 };
    const category = (await grace.call('listReportCategories', { query: here })).find(
      (one) => one.code === 'bin',
    )!;
    const { report } = await grace.call('makeReport', {
      body: { ...here, category: category.id, title: 'Full bin', detail: 'By the weir', lang: 'en' },
    });
    const ward = (await grace.call('readReport', { params: { report } })).ward!;

    const all = square(-3.2, 51.7, 0.4);
    const done = await importAreas(town.app.house.db, file(feature('The Whole Town', 'W1', all)), options);
    expect(done).toEqual({ began: 1, ended: 12 });
    town.app.house.saved();
    await expect
      .poll(async () => (await town.visitor().call('listWards', { query: {} })).map((one) => one.slug))
      .toEqual(['the-whole-town']);
    expect((await grace.call('readPoint', { query: here })).ward?.slug).toBe('the-whole-town');
    expect((await grace.call('readReport', { params: { report } })).ward).toEqual(ward);

    await expect(importAreas(town.app.house.db, file(feature('Again', 'W2', all)), options)).rejects.toThrow(
      'already begin on 2025-10-16',
    );
  });

  it('keeps reports coming to whoever takes them: also behind new boundaries, and where nobody said who acts where', async () => {
    const here = { lon: -3.0018, lat: 51.842 };
    const takers = async () =>
      (await town.visitor().call('readPoint', { query: here })).organisations.map((one) => one.id).sort();
    const promised = async () =>
      (await town.visitor().call('listPetitionSchemes', {})).map((one) => one.debateNeeds);
    const [before, numbers] = [await takers(), await promised()];
    expect(before.length).toBeGreaterThan(2);
    const { rows } = await town.sql.query(
      `select code, population from areas where kind = 'place' and valid_to is null`,
    );
    const again = async (code: string, from: string, size: number) => {
      const drawn = feature('The Town', code, square(-3.2, 51.7, size));
      const counted = { ...drawn, properties: { ...drawn.properties, people: rows[0].population } };
      const as = { ...options, kind: 'place', population: 'people', from } as const;
      await importAreas(town.app.house.db, file(counted), as);
      town.app.house.saved();
      await expect
        .poll(async () => (await town.visitor().call('readPlace', {})).bounds[2])
        .toBeCloseTo(-3.2 + size);
      expect(await takers()).toEqual(before);
      expect(await promised()).toEqual(numbers);
    };
    // the same place, drawn anew; then another one, where no organisation acts by name
    await again(rows[0].code, '2025-10-15', 0.5);
    await again('T2', '2025-10-16', 0.6);
  });

  it.each([
    ['no layer', { properties: {} }, 'Feature 1: its property layer is missing; it is one of land,'],
    ['a layer of its own', { properties: { layer: 'castle' } }, 'its property layer is castle'],
    ['a circle', { geometry: { type: 'Circle' } }, 'it is a Circle, which cannot be drawn'],
    [
      'metres',
      { geometry: { type: 'Polygon', coordinates: square(358000, 172000, 10) } },
      'in another projection',
    ],
    [
      'a line of no points',
      { geometry: { type: 'LineString', coordinates: [] } },
      'a point is not longitude',
    ],
  ])('names what is wrong with a map that has %s', (_what, given, words) => {
    const river = { ...feature('Wend', 'r', square(-3, 51.8, 0.1)), properties: { layer: 'water' } };
    expect(() => readMap(file({ ...river, ...given }))).toThrow(words);
  });

  it('draws a map that the council brings, its holes filled, without houses from far', async () => {
    const drawn = (layer: string, name: string, ring: number[][][], more: number[][][] = []) => ({
      ...feature(name, name, [...ring, ...more]),
      properties: { layer, name, secret: 'note' },
    });
    const text = file(
      drawn('water', 'Wend', square(-3.01, 51.83, 0.02), square(-3.005, 51.835, 0.005)),
      drawn('building', 'Guildhall', square(-3.002, 51.841, 0.0005)),
      {
        ...drawn('ward-edge', '', square(-3.01, 51.83, 0.01)),
        properties: { layer: 'ward-edge', wards: ['W1'] },
      },
    );
    const { db, files } = town.app.house;
    expect(await importMap(db, files, text, { en: 'Drawn by the council' })).toBe(3);
    town.app.house.saved();
    const map = async () => (await town.visitor().call('readPlace', {})).map;
    await expect.poll(map).toMatchObject({ kind: 'geojson', attribution: { en: 'Drawn by the council' } });
    const { url, overview } = await map();
    const read = async (path: string) =>
      (await (await fetch(`${town.url}${path}`)).json()) as ReturnType<typeof readMap>;
    const [whole, far] = [await read(url), await read(overview!)];
    expect(whole.features.map(({ properties }) => properties)).toEqual([
      { layer: 'water', name: 'Wend' },
      { layer: 'building', name: 'Guildhall' },
      { layer: 'ward-edge', wards: ['W1'] },
    ]);
    expect(whole.features[0]!.geometry.coordinates).toHaveLength(1);
    expect(far.features.map(({ properties }) => properties.layer)).toEqual(['water', 'ward-edge']);
  });

  it('imports postcodes and streets from CSV, the whole file or nothing', async () => {
    const { db } = town.app.house;
    expect(await importPostcodes(db, 'postcode,lon,lat\nAY9 9ZZ,-3.0018,51.842\n')).toBe(1);
    await expect(
      importPostcodes(db, 'postcode,lon,lat\nAY9 9YY,-3,51.8\nnonsense,-3,51.8\n'),
    ).rejects.toThrow('Row 3: “nonsense” is not a postcode');
    expect(
      (await town.sql.query(`select count(*)::int as n from postcodes where code = 'AY99YY'`)).rows[0].n,
    ).toBe(0);
    await expect(importStreets(db, 'street,lon,lat\nHigh Street,-3,51.8\n')).rejects.toThrow(
      'The header lacks name',
    );
    await expect(importStreets(db, 'name,lon,lat\nHigh Street,51.8,x\n')).rejects.toThrow('Row 2');
    expect(await importStreets(db, 'name,lon,lat,locality\nHigh Street,-3.0018,51.842,Old Town\n')).toBe(1);
  });

  // The real wards of Bristol lie beside the repository on some machines only.
  describe.skipIf(!there)(
    'with the 35 real wards of Bristol (left out where shared/data is not there)',
    () => {
      it('imports and answers which ward a point is in', async () => {
        const given = { kind: 'ward', name: 'WD13NM', code: 'WD13CD', from: '2026-01-01' } as const;
        const done = await importAreas(town.app.house.db, readFileSync(bristol, 'utf8'), given);
        expect(done.began).toBe(35);
        town.clock.now = new Date('2026-01-02T10:00:00Z');
        town.app.house.saved();
        // the Council House on College Green
        const harbour = { lon: -2.6023, lat: 51.4525 };
        await expect
          .poll(async () => (await town.visitor().call('readPoint', { query: harbour })).ward?.name.en)
          .toBe('Cabot');
      });
    },
  );
});
