// Streets as points every few metres, for asking how near one is.

import { densify, PointGrid } from './geometry.ts';
import type { Line } from './geometry.ts';

export function roadGrid(streets: { line: Line }[]): PointGrid<number> {
  const grid = new PointGrid<number>(30);
  streets.forEach(({ line }, i) => {
    for (const p of densify(line, 8)) grid.add(p, i);
  });
  return grid;
}
