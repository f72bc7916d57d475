// Places that people name when they say where something is.

import { along, distance, lengthOf } from './geometry.ts';
import type { Line, Point } from './geometry.ts';
import { LANDMARKS } from './landmarks.ts';
import { ALL_GREENS, ground, SITES } from './land.ts';
import type { Plan } from './plan.ts';
import { toLonLat } from './projection.ts';
import type { Junction, Place } from './types.ts';

/** On a street: English, Welsh, kind, street, how far along it (0 to 1). */
const ON_STREETS: [string, string, string, string, number][] = [
  ['The baker’s on Weir Street', 'Y becws ar Weir Street', 'shop', 'Weir Street', 0.014],
  ['Weirside Post Office', 'Swyddfa Bost Glan-y-gored', 'post_office', 'Weir Street', 0.05],
  ['The Salmon Leap', 'Naid yr Eog', 'pub', 'Weir Walk', 0.6],
  ['The chemist on High Street', 'Y fferyllfa ar High Street', 'shop', 'High Street', 0.62],
  ['Anybridge Covered Market', 'Marchnad Dan Do Pontany', 'market', 'Market Street', 0.55],
  ['The Mill steps', 'Grisiau’r felin', 'steps', 'Mill Lane', 0.55],
  ['The Quay', 'Y Cei', 'quay', 'Quay Street', 0.4],
  ['The Drovers’ Arms', 'Tafarn y Porthmyn', 'pub', 'Abbey Street', 0.34],
  ['Abbey Surgery', 'Meddygfa’r Abaty', 'surgery', 'Abbey Street', 0.12],
  ['Southgate Health Centre', 'Canolfan Iechyd Porth y De', 'surgery', 'Southgate', 0.2],
  ['Any Leisure Centre', 'Canolfan Hamdden Any', 'leisure', 'Ring Road', 0.52],
  ['Anybridge Police Station', 'Gorsaf Heddlu Pontany', 'police', 'Northgate', 0.5],
  ['Anybridge Fire Station', 'Gorsaf Dân Pontany', 'fire_station', 'Ring Road', 0.12],
  ['Riverside Superstore', 'Archfarchnad Glan yr Afon', 'shop', 'London Road', 0.2],
  ['Anybridge Bus Station', 'Gorsaf Fysiau Pontany', 'bus_station', 'Station Road', 0.1],
  ['Polish Centre', 'Canolfan y Pwyliaid', 'community', 'Tannery Road', 0.08],
  ['Anybridge Mosque', 'Mosg Pontany', 'worship', 'Station Road', 0.28],
  ['Long Common Community Hall', 'Neuadd Gymuned y Comin Hir', 'community', 'Common Road', 0.4],
  ['Marsh End Chapel', 'Capel Pen-y-gors', 'worship', 'Marsh Road', 0.36],
  ['Brickfields Community Centre', 'Canolfan Gymuned y Caeau Brics', 'community', 'Brickyard Road', 0.3],
  ['Tannery Arts', 'Celfyddydau’r Tanerdy', 'arts', 'Tannery Road', 0.2],
  ['Hanging Wood Shops', 'Siopau Coed-y-llethr', 'shop', 'Wood Lane', 0.2],
]; // prettier-ignore

/** By the river, on the drawing sheet. */
const BY_RIVER: [string, string, string, Point][] = [
  ['Old Bridge', 'Yr Hen Bont', 'bridge', [834, 685]],
  ['The Weir', 'Y Gored', 'weir', [690, 788]],
  ['Mill Leat', 'Ffrwd y Felin', 'leat', [604, 500]],
  ['North Bridge', 'Pont y Gogledd', 'bridge', [800, 202]],
  ['London Road Bridge', 'Pont Heol Llundain', 'bridge', [1134, 450]],
];

const middleOf = (ring: Line): Point => [
  ring.reduce((sum, p) => sum + p[0], 0) / ring.length,
  ring.reduce((sum, p) => sum + p[1], 0) / ring.length,
];

function frontage({ streets }: Plan, name: string, t: number): Point {
  const street = streets.find((entry) => entry.name === name);
  const line = street?.lines[0];
  if (!line) throw new Error(`No street ${name} for a place to stand on`);
  const { at, heading } = along(line, lengthOf(line) * t);
  return [at[0] - Math.sin(heading) * 13, at[1] + Math.cos(heading) * 13];
}

/** The named places inside the borough, in metres and in degrees. */
export function placesOf(plan: Plan): Place[] {
  const out: Place[] = [];
  const put = (name: Place['name'], kind: string, p: Point, street?: string) => {
    const ward = plan.wardAt(p);
    if (!ward) return;
    const [lon, lat] = toLonLat(p);
    out.push({ name, kind, lon, lat, ward, ...(street ? { street } : {}) });
  };
  for (const { name, kind, ring } of LANDMARKS) put(name, kind, middleOf(ring));
  for (const { name, kind, ring } of SITES) put(name, kind, middleOf(ring));
  for (const { name, kind, ring } of ALL_GREENS) put(name, kind === 'field' ? 'green' : kind, middleOf(ring));
  for (const [en, cy, kind, p] of BY_RIVER) put({ en, cy }, kind, ground(p));
  for (const [en, cy, kind, street, t] of ON_STREETS)
    put({ en, cy }, kind, frontage(plan, street, t), street);
  return out;
}

interface Stretch {
  street: number;
  a: Point;
  b: Point;
}

/** Where two stretches meet, or null; a touch within 0.5 m counts. */
function meeting({ a, b }: Stretch, { a: c, b: d }: Stretch): Point | null {
  const [rx, ry, sx, sy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const cross = rx * sy - ry * sx;
  if (Math.abs(cross) < 1e-6) return null;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross;
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross;
  const [slackT, slackU] = [0.5 / Math.hypot(rx, ry), 0.5 / Math.hypot(sx, sy)];
  if (t < -slackT || t > 1 + slackT || u < -slackU || u > 1 + slackU) return null;
  return [a[0] + rx * t, a[1] + ry * t];
}

function stretchesByCell({ streets }: Plan): Map<string, Stretch[]> {
  const cells = new Map<string, Stretch[]>();
  const size = 90;
  streets.forEach((street, index) => {
    for (const line of street.lines) {
      for (let i = 1; i < line.length; i++) {
        const stretch = { street: index, a: line[i - 1]!, b: line[i]! };
        const keys = new Set(
          [stretch.a, stretch.b].map((p) => `${Math.floor(p[0] / size)}:${Math.floor(p[1] / size)}`),
        );
        for (const key of keys) {
          const list = cells.get(key);
          if (list) list.push(stretch);
          else cells.set(key, [stretch]);
        }
      }
    }
  });
  return cells;
}

/** Where streets meet: for people who say "the corner of Mill Lane and Market Street". */
export function junctionsOf(plan: Plan): Junction[] {
  const found: { p: Point; pair: [number, number] }[] = [];
  const byPair = new Map<string, Point[]>();
  for (const list of stretchesByCell(plan).values()) {
    for (let i = 0; i < list.length; i++) {
      for (let j = i + 1; j < list.length; j++) {
        const [one, two] = [list[i]!, list[j]!];
        if (one.street === two.street) continue;
        const p = meeting(one, two);
        if (!p) continue;
        const pair: [number, number] = [Math.min(one.street, two.street), Math.max(one.street, two.street)];
        const known = byPair.get(pair.join()) ?? [];
        if (known.some((q) => distance(p, q) < 40)) continue;
        byPair.set(pair.join(), [...known, p]);
        found.push({ p, pair });
      }
    }
  }
  return found.flatMap(({ p, pair }) => {
    const ward = plan.wardAt(p);
    if (!ward) return [];
    const [lon, lat] = toLonLat(p);
    return [
      { lon, lat, ward, streets: [plan.streets[pair[0]]!.id, plan.streets[pair[1]]!.id] as [string, string] },
    ];
  });
}
