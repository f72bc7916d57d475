// The whole town in metres, drawn once and kept: what `town()` and the base map are both made from.

import type { Line, Point } from './geometry.ts';
import { inside, runs, densify } from './geometry.ts';
import { raiseBuildings } from './buildings.ts';
import { growRoads } from './growth.ts';
import type { Road } from './growth.ts';
import { nameRoads } from './naming.ts';
import { boroughRing, wardPlans } from './wards.ts';
import type { WardPlan } from './wards.ts';

export interface StreetPlan extends Road {
  id: string;
  name: string;
  /** Codes of the wards it runs through, the one with most of it first. */
  wards: string[];
  /** The parts inside the borough. */
  lines: Line[];
}

export interface Plan {
  borough: Line;
  wards: WardPlan[];
  streets: StreetPlan[];
  buildings: Line[];
  /** The code of the ward a place lies in, or null outside the borough. */
  wardAt(p: Point): string | null;
}

function wardFinder(wards: WardPlan[]): Plan['wardAt'] {
  const boxes = wards.map(({ ring, code }) => ({
    ring,
    code,
    west: Math.min(...ring.map((p) => p[0])),
    east: Math.max(...ring.map((p) => p[0])),
  }));
  return (p) =>
    boxes.find((ward) => p[0] >= ward.west && p[0] <= ward.east && inside(p, ward.ring))?.code ?? null;
}

function wardsOf(lines: Line[], wardAt: Plan['wardAt']): string[] {
  const metres = new Map<string, number>();
  for (const line of lines) {
    for (const p of densify(line, 12)) {
      const ward = wardAt(p);
      if (ward) metres.set(ward, (metres.get(ward) ?? 0) + 1);
    }
  }
  return [...metres].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([code]) => code);
}

function draw(): Plan {
  const borough = boroughRing();
  const wards = wardPlans();
  const wardAt = wardFinder(wards);
  const roads = growRoads(borough);
  const names = nameRoads(roads, (p) => wardAt(p) ?? 'spare');
  const streets = roads.map((road, i): StreetPlan => {
    const lines = runs(road.line, (p) => inside(p, borough));
    return {
      ...road,
      id: `st-${String(i + 1).padStart(3, '0')}`,
      name: names[i]!,
      lines,
      wards: wardsOf(lines, wardAt),
    };
  });
  return { borough, wards, streets, buildings: raiseBuildings(roads), wardAt };
}

let kept: Plan | undefined;
/** The plan of the town; drawn at the first call. */
export function plan(): Plan {
  return (kept ??= draw());
}
