// Still pictures of Anybridge straight from the drawing, for seeds and tests; the API draws the same
// pictures from the GeoJSON that it keeps.

import { cropSvg as crop, indexBaseMap } from '@folkmoot/core/places/basemap';
import type { BaseMapIndex, Crop } from '@folkmoot/core/places/basemap';
import { baseMap } from './basemap.ts';

let index: BaseMapIndex | undefined;

/** An inline `<svg>` of the town around a point; pixels are CSS pixels, zoom as on a web map. */
export function cropSvg(view: Crop): string {
  return crop((index ??= indexBaseMap(baseMap())), view);
}
