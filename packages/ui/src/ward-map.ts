/**
 * Draws areas on a flat map. Longitudes are shrunk by the cosine of the middle latitude (equirectangular), which
 * is true enough over a county. Pure: the same picture on server and browser.
 */
import { tenth } from './figures.ts';

export type Polygon = { type: 'Polygon'; coordinates: number[][][] };
export type MultiPolygon = { type: 'MultiPolygon'; coordinates: number[][][][] };
export type AreaShape = Polygon | MultiPolygon;
type Point = [number, number];

const polygons = (shape: AreaShape): number[][][][] =>
  shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;

function areaOf(ring: Point[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!];
    sum += a[0] * b[1] - b[0] * a[1];
  }
  return Math.abs(sum / 2);
}

/** Distance from a point to the ring's edge, negative outside. */
function depth([x, y]: Point, ring: Point[]): number {
  let inside = false;
  let nearest = Infinity;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[ax, ay], [bx, by]] = [ring[i]!, ring[j]!];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    const [dx, dy] = [bx - ax, by - ay];
    const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, Math.hypot(x - ax - t * dx, y - ay - t * dy));
  }
  return inside ? nearest : -nearest;
}

/** The place in a ring, and in none of those to be left free, that has the most room round it: on a grid made finer twice. */
export function roomiest(ring: Point[], free: Point[][] = []): Point {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) {
    [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)];
  }
  let best: Point = [(x0 + x1) / 2, (y0 + y1) / 2];
  let found = -Infinity;
  for (let round = 0; round < 3; round++) {
    const [w, h] = [(x1 - x0) / 12, (y1 - y0) / 12];
    const corner: Point = [x0, y0];
    for (let i = 0; i <= 12; i++)
      for (let j = 0; j <= 12; j++) {
        const point: Point = [corner[0] + i * w, corner[1] + j * h];
        // Words are wider than high: room to the sides counts a little more than room above.
        const room = Math.min(depth(point, ring), ...free.map((other) => -depth(point, other)));
        if (room > found) [found, best] = [room, point];
      }
    [x0, y0, x1, y1] = [best[0] - w, best[1] - h, best[0] + w, best[1] + h];
  }
  return best;
}

/**
 * Path data and label place for each shape, in a frame `width` wide; and the frame's height.
 * @param over what is drawn over them, as far as the frame shows it: a river runs on
 */
export function drawAreas(shapes: AreaShape[], width: number, over: AreaShape[] = []) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const shape of shapes)
    for (const [x, y] of polygons(shape).flat(2) as Point[]) {
      [west, south] = [Math.min(west, x), Math.min(south, y)];
      [east, north] = [Math.max(east, x), Math.max(north, y)];
    }
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = width / ((east - west) * shrink || 1);
  const put = ([x, y]: number[]): Point => [tenth((x! - west) * shrink * scale), tenth((north - y!) * scale)];
  const ringsOf = (shape: AreaShape) =>
    polygons(shape).map((polygon) => polygon.map((ring) => ring.map(put)));
  const pathOf = (rings: Point[][][]) =>
    rings
      .flat()
      .map((ring) => `M${ring.map(([x, y]) => `${x} ${y}`).join('L')}z`)
      .join('');
  const free = over.flatMap((shape) => ringsOf(shape).flat());
  const drawn = shapes.map((shape) => {
    const rings = ringsOf(shape);
    const path = pathOf(rings);
    const largest = rings.map((polygon) => polygon[0]!).sort((a, b) => areaOf(b) - areaOf(a))[0]!;
    const [x, y] = roomiest(largest, free);
    return { path, x: tenth(x), y: tenth(y) };
  });
  return {
    drawn,
    over: over.map((shape) => pathOf(ringsOf(shape))).join(''),
    height: Math.max(1, tenth((north - south) * scale)),
  };
}
