// Hedges between the fields round the town: a loose net, torn where town, water, wood or railway lies.

import { hash } from './geometry.ts';
import type { Line, Point } from './geometry.ts';
import { kept, outness, toRail, toRiver } from './land.ts';

const FIELD = 340;
/** Hedges begin where the last gardens end. */
const OUT_OF_TOWN = 1790;

function corner(column: number, row: number): Point {
  const shift = (seed: number) => (hash(column * 3 + seed, row * 5 + seed * 7) - 0.5) * FIELD * 0.62;
  return [column * FIELD + (row % 2) * FIELD * 0.4 + shift(1), row * FIELD + shift(2)];
}

const open = (p: Point) => outness(p) > OUT_OF_TOWN && toRiver(p) > 24 && toRail(p) > 12 && !kept(p);

function hedge(from: Point, to: Point, seed: number): Line | null {
  const bow = (hash(seed, seed * 3 + 1) - 0.5) * 46;
  const middle: Point = [
    (from[0] + to[0]) / 2 + ((to[1] - from[1]) / FIELD) * bow,
    (from[1] + to[1]) / 2 - ((to[0] - from[0]) / FIELD) * bow,
  ];
  const quarter = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  return [from, quarter(from, middle), middle, quarter(middle, to), to].every(open)
    ? [from, middle, to]
    : null;
}

/** Hedges in metres inside a frame [west, north, east, south]. */
export function hedges([west, north, east, south]: [number, number, number, number]): Line[] {
  const out: Line[] = [];
  for (let row = Math.floor(north / FIELD); row < south / FIELD; row++) {
    for (let column = Math.floor(west / FIELD); column < east / FIELD; column++) {
      const here = corner(column, row);
      const seed = column * 131 + row;
      for (const [i, next] of [corner(column + 1, row), corner(column, row + 1)].entries()) {
        const line = hash(seed, 40 + i) < 0.8 ? hedge(here, next, seed * 2 + i) : null;
        if (line) out.push(line);
      }
    }
  }
  return out;
}
