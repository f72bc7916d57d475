/**
 * Importing areas from any GeoJSON file. An import never edits an area: it ends the old set of that kind at a date
 * and begins the new one, in one transaction; a bad feature is named and nothing is half imported.
 */
import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { AreaKind } from '@folkmoot/core/places/plain';
import type { Db } from '@folkmoot/db/client';
import { areas } from '@folkmoot/db/schema/places';
import { record } from '../../kit/events.ts';

export type AreaImport = {
  kind: AreaKind;
  /** the property that holds the name, such as `WD13NM`; the Welsh name may have one of its own */
  name: string;
  nameCy?: string | undefined;
  code: string;
  population?: string | undefined;
  /** `YYYY-MM-DD`: from when the new areas hold, and the old ones no longer */
  from: string;
  say?: (line: string) => void;
};

export class BadImport extends Error {}

export type Feature = {
  type?: string;
  properties?: Record<string, unknown> | null;
  geometry?: { type?: string; coordinates?: unknown } | null;
};
type Row = typeof areas.$inferInsert;

export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

export const isPosition = (it: unknown): it is number[] =>
  Array.isArray(it) &&
  it.length >= 2 &&
  Math.abs(Number(it[0])) <= 180 &&
  Math.abs(Number(it[1])) <= 90 &&
  it.every(Number.isFinite);

function problemOfRing(ring: unknown): string | null {
  if (!Array.isArray(ring) || ring.length < 4) return 'a ring has fewer than four points';
  if (!ring.every(isPosition))
    return 'a point is not longitude and latitude in degrees (is the file in another projection?)';
  const [first, last] = [ring[0] as number[], ring.at(-1) as number[]];
  return first[0] === last[0] && first[1] === last[1] ? null : 'a ring is not closed';
}

/** The coordinates as a MultiPolygon, or what is wrong with them. */
function shapeOf(geometry: Feature['geometry']): { shape: number[][][][] } | { problem: string } {
  const { type, coordinates } = geometry ?? {};
  if (type !== 'Polygon' && type !== 'MultiPolygon')
    return { problem: `it is a ${type ?? 'nothing'}, not a Polygon or MultiPolygon` };
  const shape = (type === 'Polygon' ? [coordinates] : coordinates) as number[][][][];
  if (!Array.isArray(shape) || shape.length === 0) return { problem: 'it has no coordinates' };
  for (const polygon of shape) {
    if (!Array.isArray(polygon) || polygon.length === 0) return { problem: 'a polygon has no ring' };
    for (const ring of polygon) {
      const problem = problemOfRing(ring);
      if (problem) return { problem };
    }
  }
  return { shape };
}

function rowOf(feature: Feature, options: AreaImport, at: number): Row {
  const bad = (what: string) => new BadImport(`Feature ${at + 1}${named ? ` (${named})` : ''}: ${what}.`);
  const property = (key: string | undefined) => (key ? String(feature.properties?.[key] ?? '').trim() : '');
  const named = property(options.name);
  const code = property(options.code);
  if (feature.type !== 'Feature') throw bad('it is not a GeoJSON feature');
  if (!named)
    throw bad(
      `it has no property ${options.name}; it has ${Object.keys(feature.properties ?? {}).join(', ') || 'none'}`,
    );
  if (!code) throw bad(`it has no property ${options.code}`);
  const read = shapeOf(feature.geometry);
  if ('problem' in read) throw bad(read.problem);
  const cy = property(options.nameCy);
  const population = Number(property(options.population));
  return {
    kind: options.kind,
    code,
    name: cy ? { en: named, cy } : { en: named },
    slug: slugOf(named) || code.toLowerCase(),
    population: population > 0 ? Math.round(population) : null,
    shape: read.shape,
    validFrom: options.from,
  };
}

/** @throws BadImport when the text is no GeoJSON with features */
export function featuresOf(text: string): Feature[] {
  let file: { type?: string; features?: Feature[] };
  try {
    file = JSON.parse(text) as typeof file;
  } catch (error) {
    throw new BadImport(`The file is not JSON: ${(error as Error).message}`);
  }
  if (file.type !== 'FeatureCollection' || !Array.isArray(file.features) || file.features.length === 0) {
    throw new BadImport('The file is not a GeoJSON FeatureCollection with features.');
  }
  return file.features;
}

/** Reads and checks the whole file before a row is written. @throws BadImport naming the feature */
export function readAreas(text: string, options: AreaImport): Row[] {
  const rows = featuresOf(text).map((feature, at) => rowOf(feature, options, at));
  for (const key of ['code', 'slug'] as const) {
    const seen = new Map<string, number>();
    rows.forEach((row, at) => {
      const before = seen.get(row[key]);
      if (before !== undefined)
        throw new BadImport(
          `Features ${before + 1} and ${at + 1} have the same ${key === 'code' ? `code ${row.code}` : `name ${row.name.en}`}.`,
        );
      seen.set(row[key], at);
    });
  }
  return rows;
}

/**
 * Imports the areas.
 * @returns how many began and how many ended
 * @throws BadImport when the file is wrong, or a set of this kind already begins on that day or later
 */
export async function importAreas(
  db: Db,
  text: string,
  options: AreaImport,
): Promise<{ began: number; ended: number }> {
  const { kind, from, say = () => undefined } = options;
  const rows = readAreas(text, options);
  say(`${rows.length} areas read and checked`);
  return db.transaction(async (tx) => {
    const current = and(eq(areas.kind, kind), or(isNull(areas.validTo), gt(areas.validTo, from)));
    const [later] = await tx
      .select({ from: areas.validFrom })
      .from(areas)
      .where(and(current, gt(areas.validFrom, from)))
      .limit(1);
    const [same] = await tx
      .select({ code: areas.code })
      .from(areas)
      .where(and(current, eq(areas.validFrom, from)))
      .limit(1);
    if (later ?? same)
      throw new BadImport(
        `Areas of kind ${kind} already begin on ${later?.from ?? from}. Choose a later day with --from.`,
      );
    const ended = await tx.update(areas).set({ validTo: from }).where(current).returning({ id: areas.id });
    for (let at = 0; at < rows.length; at += 50) {
      await tx.insert(areas).values(rows.slice(at, at + 50));
      say(`${Math.min(at + 50, rows.length)} of ${rows.length} written`);
    }
    await record(
      tx,
      { topic: 'places', type: 'places.changed', audience: 'none', data: { kind } },
      new Date(),
    );
    return { began: rows.length, ended: ended.length };
  });
}
