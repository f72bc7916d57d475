// From metres on the drawing to degrees on the globe.

import type { Point } from './geometry.ts';

/** The middle of the borough: an invented place in the hills of the Welsh border. */
export const CENTRE = { lon: -3.002, lat: 51.842 };

const METRES_PER_DEGREE_LAT = 111_250;
const METRES_PER_DEGREE_LON = 111_320 * Math.cos((CENTRE.lat * Math.PI) / 180);
const MIDDLE: Point = [3000, 2500];

const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

/** Metres (x east, y south) to `[lon, lat]`, WGS84 degrees with six decimals (about 0.1 m). */
export const toLonLat = ([x, y]: Point): Point => [
  round(CENTRE.lon + (x - MIDDLE[0]) / METRES_PER_DEGREE_LON),
  round(CENTRE.lat - (y - MIDDLE[1]) / METRES_PER_DEGREE_LAT),
];

/** `[lon, lat]` back to metres on the drawing. */
export const toMetres = ([lon, lat]: Point): Point => [
  MIDDLE[0] + (lon - CENTRE.lon) * METRES_PER_DEGREE_LON,
  MIDDLE[1] - (lat - CENTRE.lat) * METRES_PER_DEGREE_LAT,
];
