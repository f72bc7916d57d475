/** Where things lie on a still map: web Mercator, for pages before the map wakes and without a script. */
import type { Box } from './around.ts';

export type Picture = { lon: number; lat: number; zoom: number; width: number; height: number; box: Box };

const TILE = 256;
const worldX = (lon: number): number => lon / 360 + 0.5;
const worldY = (lat: number): number => {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};
const toLat = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
const toLon = (x: number): number => (x - 0.5) * 360;

/** The box that a picture shows. */
export function boxAround(lon: number, lat: number, zoom: number, width: number, height: number): Box {
  const side = TILE * 2 ** zoom;
  const [x, y] = [worldX(lon), worldY(lat)];
  const [dx, dy] = [width / 2 / side, height / 2 / side];
  return [toLon(x - dx), toLat(y + dy), toLon(x + dx), toLat(y - dy)];
}

/** The picture of a given size that shows the whole of a box, in half steps of zoom as the map takes them. */
export function pictureOf([west, south, east, north]: Box, width: number, height: number): Picture {
  const across = worldX(east) - worldX(west);
  const down = worldY(south) - worldY(north);
  const fits = Math.log2(Math.min(width / across, height / down) / TILE);
  // a hair under, so that a box that fits exactly is not pushed half a step away by rounding
  const zoom = Math.min(18, Math.max(11, Math.floor(fits * 2 + 0.02) / 2));
  const lon = toLon((worldX(west) + worldX(east)) / 2);
  const lat = toLat((worldY(north) + worldY(south)) / 2);
  return { lon, lat, zoom, width, height, box: boxAround(lon, lat, zoom, width, height) };
}

/** Pixels from the picture's left and top. */
export function spotIn(picture: Picture, lon: number, lat: number): { x: number; y: number } {
  const side = TILE * 2 ** picture.zoom;
  return {
    x: (worldX(lon) - worldX(picture.lon)) * side + picture.width / 2,
    y: (worldY(lat) - worldY(picture.lat)) * side + picture.height / 2,
  };
}

/** A box at least so wide (degrees), so that a place where all lies on one point can still be looked at closer. */
export function widened([west, south, east, north]: Box, least = 0.0012): Box {
  const [dx, dy] = [Math.max(0, least - (east - west)) / 2, Math.max(0, least * 0.62 - (north - south)) / 2];
  return [west - dx, south - dy, east + dx, north + dy];
}
