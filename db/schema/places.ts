/** Places: areas with their validity, streets, postcodes, places with names, holidays, pauses and settings. */
import { sql } from 'drizzle-orm';
import {
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { AREA_KINDS, PAUSE_KINDS, PLACE_KINDS } from '@folkmoot/core/places/plain';
import { at, id, inWords, now, words } from './columns.ts';

export const settings = pgTable(
  'settings',
  {
    id: id(),
    key: text('key').notNull(),
    organisationId: uuid('organisation_id'),
    value: jsonb('value').$type<unknown>().notNull(),
    updatedAt: now('updated_at'),
    updatedBy: uuid('updated_by'),
  },
  (t) => [unique('settings_key').on(t.key, t.organisationId).nullsNotDistinct()],
);

/** Boundaries change: an import never edits an area, it ends the old set at a date. Acts keep theirs. */
export const areas = pgTable(
  'areas',
  {
    id: id(),
    kind: text('kind').$type<(typeof AREA_KINDS)[number]>().notNull(),
    code: text('code').notNull(),
    parentId: uuid('parent_id'),
    name: words('name').notNull(),
    slug: text('slug').notNull(),
    population: integer('population'),
    /** GeoJSON MultiPolygon coordinates, WGS84 */
    shape: jsonb('shape').$type<number[][][][]>().notNull(),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    validTo: date('valid_to', { mode: 'string' }),
  },
  (t) => [
    unique('areas_code').on(t.kind, t.code, t.validFrom),
    index('areas_slug').on(t.slug),
    check('areas_kind', inWords(t.kind, AREA_KINDS)),
    check('areas_validity', sql`${t.validTo} is null or ${t.validTo} > ${t.validFrom}`),
  ],
);

export const streets = pgTable(
  'streets',
  {
    id: id(),
    name: text('name').notNull(),
    locality: text('locality'),
    class: text('class').notNull().default('street'),
    /** GeoJSON MultiLineString coordinates */
    lines: jsonb('lines').$type<number[][][]>().notNull(),
    lon: doublePrecision('lon').notNull(),
    lat: doublePrecision('lat').notNull(),
    wardId: uuid('ward_id'),
  },
  (t) => [
    index('streets_words').using('gin', sql`lower(${t.name}) gin_trgm_ops`),
    index('streets_lat').on(t.lat),
  ],
);

export const postcodes = pgTable('postcodes', {
  /** canonical: upper case, no space */
  code: text('code').primaryKey(),
  lon: doublePrecision('lon').notNull(),
  lat: doublePrecision('lat').notNull(),
  streetId: uuid('street_id'),
  wardId: uuid('ward_id'),
});

export const namedPlaces = pgTable(
  'named_places',
  {
    id: id(),
    kind: text('kind').$type<(typeof PLACE_KINDS)[number]>().notNull(),
    name: words('name').notNull(),
    lon: doublePrecision('lon').notNull(),
    lat: doublePrecision('lat').notNull(),
    wardId: uuid('ward_id'),
  },
  (t) => [
    index('named_places_words').using(
      'gin',
      sql`lower((${t.name}->>'en') || ' ' || coalesce(${t.name}->>'cy', '')) gin_trgm_ops`,
    ),
    check('named_places_kind', inWords(t.kind, PLACE_KINDS)),
  ],
);

export const bankHolidays = pgTable('bank_holidays', {
  day: date('day', { mode: 'string' }).primaryKey(),
  name: words('name').notNull(),
});

export const pauses = pgTable(
  'pauses',
  {
    id: id(),
    organisationId: uuid('organisation_id').notNull(),
    what: text('what').$type<(typeof PAUSE_KINDS)[number]>().notNull(),
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    endsOn: date('ends_on', { mode: 'string' }).notNull(),
    reason: words('reason').notNull(),
    createdBy: uuid('created_by'),
    createdAt: now('created_at'),
    endedAt: at('ended_at'),
  },
  (t) => [
    check('pauses_what', inWords(t.what, PAUSE_KINDS)),
    uniqueIndex('pauses_once').on(t.organisationId, t.what, t.startsOn),
  ],
);
