/**
 * Bringing in a map that is the council's own: a GeoJSON file whose features say by their property `layer` what they
 * are. It becomes a file of the site, so that no visitor's browser asks anybody else for it.
 */
import { createHash } from 'node:crypto';
import {
  BASE_LAYERS,
  type BaseFeature,
  type BaseLayer,
  type BaseMap,
  overviewOf,
} from '@folkmoot/core/places/basemap';
import type { Db } from '@folkmoot/db/client';
import type { Files } from '../../kit/files.ts';
import { changePlace } from '../keeping.ts';
import { BadImport, type Feature, featuresOf, isPosition } from './areas.ts';

/** how deep the coordinates of each shape lie */
const DEPTH: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};
const TEXTS = ['class', 'name', 'nameCy'] as const;

const areAt = (depth: number, it: unknown): boolean =>
  depth === 0
    ? isPosition(it)
    : Array.isArray(it) && it.length > 0 && it.every((inner) => areAt(depth - 1, inner));

/** The drawing knows no holes: it draws what lies in one over it. */
function outerRings(type: string, coordinates: unknown): unknown {
  if (type === 'Polygon') return (coordinates as unknown[]).slice(0, 1);
  return type === 'MultiPolygon'
    ? (coordinates as unknown[][]).map((polygon) => polygon.slice(0, 1))
    : coordinates;
}

function readFeature({ type, properties, geometry }: Feature, at: number): BaseFeature {
  const bad = (what: string) => new BadImport(`Feature ${at + 1}: ${what}.`);
  if (type !== 'Feature') throw bad('it is not a GeoJSON feature');
  const layer = properties?.['layer'];
  if (!BASE_LAYERS.includes(layer as BaseLayer))
    throw bad(`its property layer is ${String(layer ?? 'missing')}; it is one of ${BASE_LAYERS.join(', ')}`);
  const depth = DEPTH[geometry?.type ?? ''];
  if (depth === undefined) throw bad(`it is a ${geometry?.type ?? 'nothing'}, which cannot be drawn`);
  if (!areAt(depth, geometry?.coordinates))
    throw bad('a point is not longitude and latitude in degrees (is the file in another projection?)');
  const wards = properties?.['wards'];
  const minZoom = Number(properties?.['minZoom']);
  const texts = TEXTS.flatMap((key) => {
    const text = properties?.[key];
    return typeof text === 'string' && text ? [[key, text] as const] : [];
  });
  return {
    type: 'Feature',
    properties: {
      layer: layer as BaseLayer,
      ...Object.fromEntries(texts),
      ...(minZoom > 0 && { minZoom }),
      ...(Array.isArray(wards) && { wards: wards.map(String) }),
    },
    geometry: {
      type: geometry!.type,
      coordinates: outerRings(geometry!.type!, geometry!.coordinates),
    } as BaseFeature['geometry'],
  };
}

/** Reads and checks the whole file. @throws BadImport naming the feature */
export const readMap = (text: string): BaseMap => ({
  type: 'FeatureCollection',
  features: featuresOf(text).map(readFeature),
});

async function keep(files: Files, map: BaseMap): Promise<string> {
  const content = Buffer.from(JSON.stringify(map));
  const name = `${createHash('sha256').update(content).digest('hex')}.geojson`;
  await files.keep(name, content);
  return `/files/${name}`;
}

/**
 * Makes it the map of the place, at once and on every open page that is loaded anew.
 * @param credit - whom the map is from, in the words that its licence asks for
 * @returns how many features it has
 * @throws BadImport when the file is wrong; then nothing changes
 */
export async function importMap(
  db: Db,
  files: Files,
  text: string,
  credit: { en: string; cy?: string },
): Promise<number> {
  const map = readMap(text);
  const [url, overview] = [await keep(files, map), await keep(files, overviewOf(map))];
  const drawn = { kind: 'geojson' as const, url, overview, attribution: credit };
  await db.transaction((tx) =>
    changePlace(tx, { now: new Date(), by: null }, (before) => ({ ...before, map: drawn })),
  );
  return map.features.length;
}
