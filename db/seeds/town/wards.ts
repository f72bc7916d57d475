// The twelve wards: a net of boundaries, each drawn once and shared by the wards on both sides of it,
// so that the wards tile the borough with no gap and no overlap.

import { densify, distance, noise, spline } from './geometry.ts';
import type { Line, Point } from './geometry.ts';
import { ground, LEAT, RIVER } from './land.ts';

export interface WardPlan {
  code: string;
  name: { en: string; cy: string };
  population: number;
  /** Where its name is written, in metres. */
  label: Point;
  /** A ring in metres that does not repeat its first point. */
  ring: Line;
}

const indexOn = (line: Line, sheet: Point) => {
  const p = ground(sheet);
  return line.reduce((best, q, i) => (distance(q, p) < distance(line[best]!, p) ? i : best), 0);
};

const rivers = {
  enter: indexOn(RIVER, [-330, 396]),
  head: indexOn(RIVER, [560, 316]),
  north: indexOn(RIVER, [800, 196]),
  east: indexOn(RIVER, [1140, 450]),
  quay: indexOn(RIVER, [1000, 636]),
  tail: indexOn(RIVER, [800, 704]),
  south: indexOn(RIVER, [820, 1010]),
  marsh: indexOn(RIVER, [1072, 1072]),
  leave: indexOn(RIVER, [1400, 1490]),
};
type RiverNode = keyof typeof rivers;
const leats = { mill: indexOn(LEAT, [592, 440]), sluice: indexOn(LEAT, [606, 520]) };

/** The borough's outline: where the wards' boundaries end on it has a name. */
const OUTLINE: [string, Point][] = [
  ['enter', RIVER[rivers.enter]!],
  ['', ground([-300, 180])],
  ['', ground([-180, -60])],
  ['', ground([80, -230])],
  ['', ground([420, -310])],
  ['n', ground([760, -330])],
  ['', ground([1080, -318])],
  ['', ground([1400, -250])],
  ['ne', ground([1700, -60])],
  ['', ground([1860, 120])],
  ['e1', ground([1920, 300])],
  ['', ground([1944, 500])],
  ['e2', ground([1930, 720])],
  ['', ground([1890, 980])],
  ['', ground([1760, 1260])],
  ['', ground([1590, 1440])],
  ['leave', RIVER[rivers.leave]!],
  ['', ground([1120, 1520])],
  ['s1', ground([780, 1500])],
  ['', ground([520, 1530])],
  ['s2', ground([260, 1480])],
  ['', ground([20, 1380])],
  ['', ground([-170, 1180])],
  ['', ground([-300, 980])],
  ['w3', ground([-340, 780])],
  ['w2', ground([-346, 560])],
];

/** Boundaries across the land, from node to node by way of points on the drawing sheet. */
const ACROSS: [string, string, Line][] = [
  ['north', 'p1', [[816, 150]]],
  ['p1', 'n', [[850, 10], [800, -120], [790, -240]]],
  ['p1', 'ne', [[930, 108], [1100, 124], [1240, 60], [1420, 30], [1560, -10]]],
  ['east', 'e1', [[1260, 418], [1390, 360], [1540, 320], [1740, 316]]],
  ['quay', 'p2', [[1060, 664]]],
  ['p2', 'e2', [[1230, 640], [1310, 690], [1420, 660], [1600, 690], [1780, 716]]],
  ['p2', 'marsh', [[1140, 790], [1120, 880], [1080, 980]]],
  ['south', 's1', [[808, 1080], [764, 1200], [800, 1320], [770, 1420]]],
  ['sluice', 'p3', [[566, 590], [540, 660]]],
  ['p3', 'w3', [[390, 770], [250, 800], [80, 776], [-120, 800]]],
  ['p3', 's2', [[440, 880], [400, 1010], [340, 1160], [310, 1320]]],
  ['mill', 'w2', [[520, 470], [430, 470], [300, 490], [130, 520], [-80, 540], [-220, 540]]],
]; // prettier-ignore

/** Shakes a boundary drawn with a ruler; its ends stay where they are. */
function weathered(line: Line): Line {
  const fine = densify(line, 60);
  return fine.map((p, i) => {
    const free = Math.min(1, Math.min(i, fine.length - 1 - i) / 3);
    const shift = (seed: number) => 90 * free * (noise(p[0] / 130 + seed, p[1] / 130 + seed * 2) - 0.5);
    return [p[0] + shift(5), p[1] + shift(31)];
  });
}

function net(): Map<string, Line> {
  const edges = new Map<string, Line>();
  const put = (from: string, to: string, line: Line) => {
    edges.set(`${from}>${to}`, line);
    edges.set(`${to}>${from}`, [...line].reverse());
  };
  const nodes = new Map<string, Point>([
    ['p1', ground([836, 104])],
    ['p2', ground([1128, 700])],
    ['p3', ground([486, 762])],
    ['mill', LEAT[leats.mill]!],
    ['sluice', LEAT[leats.sluice]!],
    ...OUTLINE.filter(([name]) => name),
    ...Object.entries(rivers).map(([name, i]): [string, Point] => [name, RIVER[i]!]),
  ]);
  const order = Object.keys(rivers) as RiverNode[];
  order.slice(1).forEach((to, i) => put(order[i]!, to, RIVER.slice(rivers[order[i]!], rivers[to] + 1)));
  const [head, tail] = [RIVER[rivers.head]!, RIVER[rivers.tail]!];
  put('head', 'mill', [head, ...LEAT.slice(1, leats.mill + 1)]);
  put('mill', 'sluice', LEAT.slice(leats.mill, leats.sluice + 1));
  put('sluice', 'tail', [...LEAT.slice(leats.sluice, -1), tail]);
  for (const [from, to, via] of ACROSS) {
    put(from, to, weathered(spline([nodes.get(from)!, ...via.map(ground), nodes.get(to)!], false, 60)));
  }
  const rim = spline(OUTLINE.map(([, p]) => p), true, 90); // prettier-ignore
  const stops = OUTLINE.filter(([name]) => name).map(([name, p]) => ({
    name,
    at: rim.findIndex((q) => distance(p, q) < 0.001),
  }));
  stops.forEach((stop, i) => {
    const next = stops[(i + 1) % stops.length]!;
    const line = next.at > stop.at ? rim.slice(stop.at, next.at + 1) : [...rim.slice(stop.at), rim[0]!];
    put(stop.name, next.name, weathered(line));
  });
  return edges;
}

const WARDS: [string, string, number, Point, string][] = [
  ['Old Town', 'Yr Hen Dref', 4514, [838, 412], 'head north east quay tail sluice mill'],
  ['Weirside', 'Glan-y-gored', 5382, [960, 700], 'quay p2 marsh south tail'],
  ['Castle', 'Y Castell', 4617, [1180, 170], 'north p1 ne e1 east'],
  ['Abbey', 'Yr Abaty', 6088, [1250, 560], 'east e1 e2 p2 quay'],
  ['Long Common', 'Y Comin Hir', 6841, [1300, 940], 'p2 e2 leave marsh'],
  ['Marsh End', 'Pen-y-gors', 2659, [900, 1110], 'south marsh leave s1'],
  ['Southgate', 'Porth y De', 6426, [590, 930], 'tail south s1 s2 p3 sluice'],
  ['Brickfields', 'Y Caeau Brics', 5571, [300, 980], 'p3 s2 w3'],
  ['Station', 'Yr Orsaf', 5230, [360, 640], 'mill sluice p3 w3 w2'],
  ['Tannery', 'Y Tanerdy', 4983, [196, 408], 'head mill w2 enter'],
  ['Priory', 'Y Priordy', 5207, [560, 180], 'enter n p1 north head'],
  ['Hanging Wood', 'Coed-y-llethr', 2482, [1000, -30], 'n ne p1'],
]; // prettier-ignore

/** The twelve wards in metres. Neighbours share the very same points along their common boundary. */
export function wardPlans(): WardPlan[] {
  const edges = net();
  return WARDS.map(([en, cy, population, label, cycle], i) => {
    const stops = cycle.split(' ');
    const ring = stops.flatMap((stop, k) => {
      const to = stops[(k + 1) % stops.length]!;
      const line = edges.get(`${stop}>${to}`);
      if (!line) throw new Error(`No boundary from ${stop} to ${to} for ${en}`);
      return line.slice(0, -1);
    });
    const code = `AB${String(i + 1).padStart(2, '0')}`;
    return { code, name: { en, cy }, population, label: ground(label), ring };
  });
}

/** The borough's outline in metres: the outer sides of the wards. */
export function boroughRing(): Line {
  const edges = net();
  const stops = OUTLINE.map(([name]) => name).filter(Boolean);
  return stops.flatMap((stop, i) => edges.get(`${stop}>${stops[(i + 1) % stops.length]!}`)!.slice(0, -1));
}

/** Every boundary once, with the codes of the ward or wards on its sides. */
export function wardEdges(): { wards: string[]; line: Line }[] {
  const edges = net();
  const sides = new Map<string, { wards: string[]; line: Line }>();
  WARDS.forEach(([, , , , cycle], i) => {
    const stops = cycle.split(' ');
    stops.forEach((from, k) => {
      const to = stops[(k + 1) % stops.length]!;
      const key = [from, to].sort().join('>');
      const code = `AB${String(i + 1).padStart(2, '0')}`;
      const known = sides.get(key);
      if (known) known.wards.push(code);
      else sides.set(key, { wards: [code], line: edges.get(`${from}>${to}`)! });
    });
  });
  return [...sides.values()];
}
