/**
 * The marks of a map view. Up to a hundred reports stand for themselves; where there are more, those that share a
 * cell of a grid fixed to the world become a cluster that says how many of each look it holds.
 */
import { REPORT_LOOKS } from '@folkmoot/core/reports/plain';
import type { ReportArrays } from './arrays.ts';
import { type Sieve, Tally } from './sieve.ts';
import { type Box, gridOf, keyOfCell, toLat, toLon } from './world.ts';

const MOST_SINGLES = 100;

export type Single = { id: number; lon: number; lat: number; look: (typeof REPORT_LOOKS)[number] };
export type Cluster = {
  count: number;
  lon: number;
  lat: number;
  looks: number[];
  bbox: [number, number, number, number];
};
export type View = { singles: Single[]; clusters: Cluster[]; total: number };

const degrees = (n: number): number => Math.round(n * 1e5) / 1e5;

const singleOf = (id: number, look: number, x: number, y: number): Single => ({
  id,
  lon: degrees(toLon(x)),
  lat: degrees(toLat(y)),
  look: REPORT_LOOKS[look]!,
});

function clusterOf(tally: Tally): Cluster {
  return {
    count: tally.count,
    lon: degrees(toLon(tally.sumX / tally.count)),
    lat: degrees(toLat(tally.sumY / tally.count)),
    looks: [...tally.looks],
    bbox: [
      degrees(toLon(tally.minX)),
      degrees(toLat(tally.maxY)),
      degrees(toLon(tally.maxX)),
      degrees(toLat(tally.minY)),
    ],
  };
}

/** The reports of a small view one by one, in the order of their numbers. */
function singlesIn(arrays: ReportArrays, sieve: Sieve, box: Box): Single[] {
  const found: Single[] = [];
  for (const shelf of arrays.shelves())
    for (let b = 0; b < shelf.blocks; b++) {
      if (shelf.outside(b, box)) continue;
      shelf.each(b, sieve, box, (i) => {
        const { ids, codes, x, y } = shelf.rows;
        found.push(singleOf(ids[i]!, codes[i]! & 7, x[i]!, y[i]!));
      });
    }
  return found.sort((a, b) => a.id - b.id);
}

/** Counts inside a box, exactly; everywhere without one. */
export function tallyIn(arrays: ReportArrays, sieve: Sieve, box: Box | null): Tally {
  const tally = new Tally();
  for (const shelf of arrays.shelves()) shelf.tallyBox(sieve, box, tally);
  return tally;
}

/** @param zoom web map zoom, whole */
export function viewOf(arrays: ReportArrays, sieve: Sieve, box: Box, zoom: number): View {
  const total = tallyIn(arrays, sieve, box).count;
  if (total <= MOST_SINGLES) return { singles: singlesIn(arrays, sieve, box), clusters: [], total };
  const grid = gridOf(box, zoom);
  const singles: Single[] = [];
  const clusters: Cluster[] = [];
  const span = 2 ** grid.drop;
  for (let row = 0; row < grid.rows; row++)
    for (let column = 0; column < grid.columns; column++) {
      const low = keyOfCell((grid.left + column) << grid.wide, (grid.top + row) << grid.high);
      const tally = new Tally();
      for (const shelf of arrays.shelves()) shelf.tallyKeys(low, low + span, sieve, tally);
      if (tally.count === 1) singles.push(singleOf(tally.id, tally.look, tally.minX, tally.minY));
      else if (tally.count > 1) clusters.push(clusterOf(tally));
    }
  return { singles, clusters, total };
}
