/** Still pictures of the drawn map, for pages without a script and until the map wakes. */
import { readFile } from 'node:fs/promises';
import {
  type BaseFeature,
  type BaseMap,
  type BaseMapIndex,
  type Crop,
  cropSvg,
  indexBaseMap,
} from '@folkmoot/core/places/basemap';
import { LRUCache } from 'lru-cache';
import type { Files } from '../kit/files.ts';
import type { Places } from './index.ts';

/** below this zoom houses are a few pixels and three quarters of the picture's size: the overview does without */
const OVERVIEW_BELOW = 15.5;
const KEPT_BYTES = 24 * 1024 * 1024;

type Ring = Array<[number, number]>;
export type Crops = {
  draw: (crop: Crop) => Promise<string | null>;
  /** Outer rings of rivers and lakes, as the overview has them; none where the place has no drawn map. */
  water: () => Promise<Ring[]>;
};

function ringsOf({ properties, geometry }: BaseFeature): Ring[] {
  if (properties.layer !== 'water') return [];
  if (geometry.type === 'Polygon') return geometry.coordinates.slice(0, 1);
  return geometry.type === 'MultiPolygon' ? geometry.coordinates.flatMap((one) => one.slice(0, 1)) : [];
}

export function cropsOf(files: Files, places: Places): Crops {
  const indexes = new Map<string, Promise<BaseMapIndex | null>>();
  const drawn = new LRUCache<string, string>({ maxSize: KEPT_BYTES, sizeCalculation: (svg) => svg.length });

  const waters = new Map<string, Promise<Ring[]>>();

  const mapAt = async (url: string): Promise<BaseMap | null> => {
    const name = /^\/files\/([a-z0-9._-]+)$/.exec(url)?.[1];
    if (!name || !(await files.has(name))) return null;
    return JSON.parse(await readFile(files.pathOf(name), 'utf8')) as BaseMap;
  };
  const read = async (url: string): Promise<BaseMapIndex | null> => {
    const map = await mapAt(url);
    return map && indexBaseMap(map);
  };
  const indexOf = (url: string): Promise<BaseMapIndex | null> => {
    const known = indexes.get(url) ?? read(url);
    indexes.set(url, known);
    return known;
  };

  return {
    /** @returns the picture, or null where the place has no drawn map */
    async draw(crop) {
      const { kind, url, overview } = places.facts().map;
      if (kind !== 'geojson' || !url) return null;
      const from = crop.zoom < OVERVIEW_BELOW && overview ? overview : url;
      const key = JSON.stringify([from, crop]);
      const known = drawn.get(key);
      if (known) return known;
      const index = await indexOf(from);
      if (!index) return null;
      const svg = cropSvg(index, crop);
      drawn.set(key, svg);
      return svg;
    },
    water() {
      const { kind, url, overview } = places.facts().map;
      const from = overview ?? url;
      if (kind !== 'geojson' || !from) return Promise.resolve([]);
      const known = waters.get(from) ?? mapAt(from).then((map) => map?.features.flatMap(ringsOf) ?? []);
      waters.set(from, known);
      return known;
    },
  };
}
