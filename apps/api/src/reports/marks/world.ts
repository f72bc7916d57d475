/**
 * The world as a square of whole numbers: web Mercator, 2^32 steps a side (9 mm in Britain), and the Morton key that
 * keeps what lies together on the ground together in memory. Squares of a power of two are then runs of keys, so a
 * cluster's members are found by two binary searches. (Morton 1966; the interleaving is Hacker's Delight 7-2.)
 */
const SIDE = 2 ** 32;
/** bits of each axis that enter the key: squares of 19 m at the equator, 12 m in Britain */
export const KEY_BITS = 21;
const CUT = 32 - KEY_BITS;
const MOST_NORTH = 85.05;

/** west, south, east, north in degrees */
export type Degrees = [west: number, south: number, east: number, north: number];
/** the same in steps of the world square; y grows to the south */
export type Box = { minX: number; minY: number; maxX: number; maxY: number };

const steps = (share: number): number => Math.min(SIDE - 1, Math.max(0, Math.floor(share * SIDE)));

export const toX = (lon: number): number => steps(lon / 360 + 0.5);
export function toY(lat: number): number {
  const sine = Math.sin((Math.min(MOST_NORTH, Math.max(-MOST_NORTH, lat)) * Math.PI) / 180);
  return steps(0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI));
}
export const toLon = (x: number): number => (x / SIDE - 0.5) * 360;
export const toLat = (y: number): number =>
  (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / SIDE))) * 180) / Math.PI;

export function boxOf([west, south, east, north]: Degrees): Box {
  return {
    minX: toX(Math.min(west, east)),
    minY: toY(Math.max(south, north)),
    maxX: toX(Math.max(west, east)),
    maxY: toY(Math.min(south, north)),
  };
}

/** `west,south,east,north` as it stands in addresses. */
export const readBox = (written: string): Box => boxOf(written.split(',').map(Number) as Degrees);

function spread(v: number): number {
  let it = (v | (v << 8)) & 0x00ff00ff;
  it = (it | (it << 4)) & 0x0f0f0f0f;
  it = (it | (it << 2)) & 0x33333333;
  return (it | (it << 1)) & 0x55555555;
}

/** The key of a square of 2^-21: x in the even bits, y in the odd ones; a whole number below 2^42. */
export function keyOfCell(x: number, y: number): number {
  const high = (spread(y >>> 16) << 1) | spread(x >>> 16);
  const low = ((spread(y & 0xffff) << 1) | spread(x & 0xffff)) >>> 0;
  return high * SIDE + low;
}
export const keyOf = (x: number, y: number): number => keyOfCell(x >>> CUT, y >>> CUT);

/** A grid fixed to the world, so that clusters do not jump while the map is moved. */
export type Grid = {
  /** low bits of the key that one cell spans */
  drop: number;
  /** width and height of a cell as powers of two, in squares of 2^-21 */
  wide: number;
  high: number;
  left: number;
  top: number;
  columns: number;
  rows: number;
};

const MOST_CELLS = 110;

/**
 * The finest grid of at least 64 pixel cells whose count stays at about a hundred. It depends on the size of the view
 * and not on where it lies. Each step doubles a cell's width and height by turns, so cells are square or 2 to 1.
 */
export function gridOf(box: Box, zoom: number): Grid {
  const [across, down] = [(box.maxX - box.minX) / 2 ** CUT, (box.maxY - box.minY) / 2 ** CUT];
  const cells = (drop: number) =>
    (across / 2 ** Math.ceil(drop / 2) + 1) * (down / 2 ** Math.floor(drop / 2) + 1);
  let drop = Math.max(0, 2 * (KEY_BITS - 8 + 6 - Math.round(zoom)));
  while (cells(drop) > MOST_CELLS && drop < 2 * KEY_BITS) drop += 1;
  const [wide, high] = [Math.ceil(drop / 2), Math.floor(drop / 2)];
  const cut = (value: number, power: number) => (value >>> CUT) >>> power;
  const [left, top] = [cut(box.minX, wide), cut(box.minY, high)];
  return {
    drop,
    wide,
    high,
    left,
    top,
    columns: cut(box.maxX, wide) - left + 1,
    rows: cut(box.maxY, high) - top + 1,
  };
}
