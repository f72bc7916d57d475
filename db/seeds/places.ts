/** Anybridge's areas, streets, postcodes and named places, as rows. */
import { PLACE_KINDS } from '@folkmoot/core/places/plain';
import type { Db } from '../client.ts';
import { areas, bankHolidays, namedPlaces, postcodes, settings, streets } from '../schema/places.ts';
import type { Town } from './town/index.ts';
import { bankHolidaysOf } from './holidays.ts';
import { keepBaseMap } from './base-map.ts';

export type SeededAreas = { place: string; wards: Map<string, string> };

const FROM = '2015-05-07';
export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const middleOf = (lines: number[][][]): number[] => {
  const line = lines[0] ?? [];
  return line[Math.floor(line.length / 2)] ?? [0, 0];
};

/** Streets, postcodes and places with names. */
async function seedAddresses(db: Db, drawn: Town, wards: Map<string, string>): Promise<void> {
  const made = await db
    .insert(streets)
    .values(
      drawn.streets.map((street) => {
        const [lon = 0, lat = 0] = middleOf(street.lines);
        return {
          name: street.name,
          class: street.class,
          lines: street.lines,
          lon,
          lat,
          wardId: wards.get(street.wards[0] ?? '') ?? null,
        };
      }),
    )
    .returning({ id: streets.id, name: streets.name });
  const streetIds = new Map(made.map((row) => [row.name, row.id]));
  await db.insert(postcodes).values(
    drawn.postcodes.map((it) => ({
      code: it.code.replaceAll(' ', ''),
      lon: it.lon,
      lat: it.lat,
      streetId: streetIds.get(it.street) ?? null,
      wardId: wards.get(it.ward) ?? null,
    })),
  );
  const kindOf = (kind: string) => PLACE_KINDS.find((known) => known === kind) ?? 'other';
  await db.insert(namedPlaces).values(
    drawn.places.map((it) => ({
      kind: kindOf(it.kind),
      name: it.name,
      lon: it.lon,
      lat: it.lat,
      wardId: wards.get(it.ward) ?? null,
    })),
  );
}

export async function seedPlaces(db: Db, drawn: Town, filesDir: string): Promise<SeededAreas> {
  const [place] = await db
    .insert(areas)
    .values({
      kind: 'place',
      code: 'AB',
      name: drawn.name,
      slug: 'anybridge',
      population: drawn.population,
      shape: drawn.borough.coordinates,
      validFrom: FROM,
    })
    .returning({ id: areas.id });
  const rows = await db
    .insert(areas)
    .values(
      drawn.wards.map((ward) => ({
        kind: 'ward' as const,
        code: ward.code,
        parentId: place!.id,
        name: ward.name,
        slug: slugOf(ward.name.en),
        population: ward.population,
        shape: ward.geometry.coordinates,
        validFrom: FROM,
      })),
    )
    .returning({ id: areas.id, code: areas.code });
  const wards = new Map(rows.map((row) => [row.code, row.id]));
  await seedAddresses(db, drawn, wards);
  await db.insert(bankHolidays).values(bankHolidaysOf(2023, 2032)).onConflictDoNothing();
  await db.insert(settings).values({
    key: 'place',
    value: {
      name: drawn.name,
      council: { en: 'Anybridge Town Council', cy: 'Cyngor Tref Pontany' },
      phone: '01555 550 100',
      hours: { en: '8 to 6, Monday to Saturday', cy: '8 tan 6, dydd Llun i ddydd Sadwrn' },
      address: { en: 'The Guildhall, High Street', cy: 'Neuadd y Dref, High Street' },
      hue: 356,
      chroma: 0.125,
      map: await keepBaseMap(filesDir),
    },
  });
  return { place: place!.id, wards };
}
