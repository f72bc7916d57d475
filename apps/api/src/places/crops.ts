/** Still pictures of the drawn map, for pages without a script and until the map wakes. */
import { readFile } from 'node:fs/promises';
import {
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

export type Crops = { draw: (crop: Crop) => Promise<string | null> };

export function cropsOf(files: Files, places: Places): Crops {
  const indexes = new Map<string, Promise<BaseMapIndex | null>>();
  const drawn = new LRUCache<string, string>({ maxSize: KEPT_BYTES, sizeCalculation: (svg) => svg.length });

  const read = async (url: string): Promise<BaseMapIndex | null> => {
    const name = /^\/files\/([a-z0-9._-]+)$/.exec(url)?.[1];
    if (!name || !(await files.has(name))) return null;
    return indexBaseMap(JSON.parse(await readFile(files.pathOf(name), 'utf8')) as BaseMap);
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
  };
}
