// The lie of the land, drawn by hand: where the river bends, where the old roads run, what is green.
// Drawn on a sheet of 1600 by 1200; one unit of the sheet is 2.6 metres of ground.

import { beside, distance, hash, inside, noise, PointGrid, spline } from './geometry.ts';
import type { Line, Point } from './geometry.ts';

export const METRES_PER_UNIT = 2.6;

/** From the drawing sheet to metres; the sheet's middle is the middle of the borough. */
export const ground = ([x, y]: Point): Point => [
  3000 + (x - 800) * METRES_PER_UNIT,
  2500 + (y - 600) * METRES_PER_UNIT,
];
const curve = (points: Line, closed = false, step = 30) => spline(points.map(ground), closed, step);
const shape = (points: Line) => points.map(ground);

export const RIVER: Line = curve([
  [-1500, 640], [-1060, 590], [-620, 470], [-420, 420], [-240, 372], [-60, 352], [150, 300], [330, 352], [500, 352], [650, 262], [800, 196],
  [980, 196], [1110, 300], [1140, 450], [1070, 590], [920, 668], [760, 716], [668, 812], [690, 930], [820, 1010],
  [990, 1046], [1150, 1110], [1260, 1260], [1330, 1420], [1450, 1560], [1620, 1680], [1840, 1960], [2200, 2240], [2500, 2600],
]); // prettier-ignore

/** Half the river's width in metres at its i-th point: it broadens towards the marsh. */
export const halfWidth = (i: number) => 38 + 20 * noise(i * 0.06, 3) + (i > RIVER.length * 0.66 ? 8 : 0);

export const LEAT: Line = curve([
  [560, 316], [600, 370], [590, 450], [612, 540], [672, 612], [736, 672], [800, 704],
]); // prettier-ignore

export const RIVER_RING: Line = [
  ...beside(RIVER, (i) => -halfWidth(i)),
  ...beside(RIVER, (i) => halfWidth(i)).reverse(),
];
export const ISLE: Line = curve([[912, 690], [938, 674], [966, 656], [990, 643], [984, 655], [952, 676], [928, 692]], true, 12); // prettier-ignore
/** The weir lies aslant from bank to bank. */
export const WEIR: Line = (() => {
  const at = RIVER.reduce(
    (best, p, i) => (distance(p, ground([686, 786])) < distance(RIVER[best]!, ground([686, 786])) ? i : best),
    0,
  );
  const [left, right] = [-1, 1].map((side) => beside(RIVER, (i) => side * (halfWidth(i) - 3)));
  return spline([left![at - 1]!, RIVER[at]!, right![at + 2]!], false, 14);
})();

export const RAIL: Line = curve([
  [-300, 2600], [-140, 2160], [-40, 1900], [60, 1620], [190, 1260], [270, 1060], [352, 860], [404, 720], [430, 560], [446, 420], [474, 250],
  [520, 90], [560, -60], [600, -260], [610, -460], [600, -640], [540, -960], [520, -1400],
], false, 40); // prettier-ignore

function blob(x: number, y: number, rx: number, ry: number, turn: number, seed: number, corners = 9): Line {
  const ring: Line = [];
  for (let i = 0; i < corners; i++) {
    const angle = (i / corners) * Math.PI * 2;
    const swell = 0.8 + 0.42 * hash(i * 7 + seed, seed * 13);
    const [px, py] = [Math.cos(angle) * rx * swell, Math.sin(angle) * ry * swell];
    ring.push([x + px * Math.cos(turn) - py * Math.sin(turn), y + px * Math.sin(turn) + py * Math.cos(turn)]);
  }
  return curve(ring, true, 14);
}

export interface Green {
  name: { en: string; cy: string };
  kind: 'park' | 'wood' | 'field';
  ring: Line;
}
const green = (kind: Green['kind'], en: string, cy: string, ring: Line): Green => ({
  kind,
  name: { en, cy },
  ring,
});

export const GREENS: Green[] = [
  green('park', 'Castle Meadow', 'Dôl y Castell', curve([[948, 268], [1020, 262], [1082, 336], [1106, 440], [1066, 520], [1030, 500], [1022, 420], [990, 350], [936, 306]], true, 14)),
  green('park', 'Weir Fields', 'Caeau’r Gored', curve([[762, 800], [846, 776], [940, 772], [992, 800], [975, 866], [890, 900], [800, 892], [742, 846]], true, 14)),
  green('park', 'Priory Park', 'Parc y Priordy', curve([[640, 118], [730, 78], [786, 90], [786, 150], [740, 166], [668, 206], [610, 196]], true, 14)),
  green('park', 'Long Common', 'Y Comin Hir', blob(1420, 745, 110, 64, 0.6, 4)),
  green('park', 'The Brickfields', 'Y Caeau Brics', blob(250, 880, 84, 60, 0.2, 7)),
  green('park', 'The Rec', 'Y Maes Chwarae', blob(650, 985, 44, 34, 0.1, 21, 8)),
  green('park', 'Abbey Gardens', 'Gerddi’r Abaty', curve([[1180, 480], [1216, 474], [1226, 530], [1190, 540]], true, 16)),
  green('park', 'Otter Marsh', 'Cors y Dyfrgi', blob(1060, 1200, 70, 48, 0.3, 33)),
  green('park', 'Tanner’s Green', 'Grîn y Tanerdy', blob(352, 430, 26, 20, 0, 5, 8)),
  green('park', 'Station Gardens', 'Gerddi’r Orsaf', curve([[480, 470], [540, 456], [548, 492], [490, 506]], true, 16)),
  green('wood', 'Hanging Wood', 'Coed y Llethr', blob(1330, 120, 120, 70, -0.4, 11, 10)),
  green('wood', 'Gallows Hill', 'Bryn y Crocbren', blob(160, 120, 120, 66, 0.3, 17)),
  green('wood', 'Southmoor Wood', 'Coed y Rhos', blob(560, 1230, 130, 60, -0.1, 29)),
  green('wood', 'Cuckoo Copse', 'Prysg y Gog', blob(1640, 560, 70, 44, 0.5, 31)),
  green('wood', 'Nant Wood', 'Coed y Nant', blob(-40, 760, 90, 50, 0.7, 37)),
  green('wood', 'Parson’s Plantation', 'Planhigfa’r Person', blob(1440, 1170, 90, 54, 0.2, 41)),
  green('wood', 'Kiln Wood', 'Coed yr Odyn', blob(900, -170, 110, 46, 0.1, 43)),
  green('wood', 'Badger Wood', 'Coed y Mochyn Daear', blob(60, 1180, 90, 60, -0.5, 47)),
  green('field', 'Riverside Allotments', 'Rhandiroedd Glan yr Afon', shape([[1196, 300], [1250, 284], [1276, 352], [1216, 370]])),
  green('field', 'Station Road Cemetery', 'Mynwent Heol yr Orsaf', shape([[250, 520], [306, 510], [312, 572], [262, 574]])),
]; // prettier-ignore

/** Open ground that the town grew round by itself; named afterwards, so it moves no street. */
const MEADOWS: Green[] = [
  green('park', 'Leat Meadow', 'Dôl y Ffrwd', curve([[640, 636], [676, 652], [716, 694], [676, 742], [648, 796], [628, 772], [622, 700]], true, 14)),
]; // prettier-ignore

export const ALL_GREENS: Green[] = [...GREENS, ...MEADOWS];

export interface Site {
  name: { en: string; cy: string };
  kind: 'school' | 'hospital' | 'industry' | 'depot' | 'station';
  ring: Line;
}
const site = (kind: Site['kind'], en: string, cy: string, ring: Line): Site => ({
  kind,
  name: { en, cy },
  ring: shape(ring),
});

export const SITES: Site[] = [
  site('hospital', 'Anybridge General Hospital', 'Ysbyty Cyffredinol Pontany', [[1156, 214], [1238, 224], [1232, 280], [1160, 264]]),
  site('industry', 'Brickfields Trading Estate', 'Ystad Fasnach y Caeau Brics', [[176, 650], [298, 660], [308, 770], [188, 778]]),
  site('depot', 'Station Road Bus Depot', 'Depo Bysiau Heol yr Orsaf', [[456, 572], [500, 566], [508, 612], [462, 618]]),
  site('school', 'Anybridge High School', 'Ysgol Uwchradd Pontany', [[1400, 530], [1480, 540], [1475, 612], [1396, 602]]),
  site('school', 'Weirside Primary School', 'Ysgol Gynradd Glan-y-gored', [[1004, 834], [1050, 852], [1038, 890], [994, 874]]),
  site('school', 'Southgate Primary School', 'Ysgol Gynradd Porth y De', [[556, 824], [606, 832], [602, 868], [552, 862]]),
  site('school', 'Priory Church in Wales School', 'Ysgol yr Eglwys yng Nghymru y Priordy', [[540, 200], [588, 214], [580, 254], [530, 244]]),
  site('school', 'Ysgol Gymraeg y Tanerdy', 'Ysgol Gymraeg y Tanerdy', [[226, 408], [278, 398], [288, 438], [238, 450]]),
  site('school', 'Long Common Primary School', 'Ysgol Gynradd y Comin Hir', [[1230, 856], [1280, 846], [1290, 884], [1240, 896]]),
  site('school', 'Marsh End Primary School', 'Ysgol Gynradd Pen-y-gors', [[868, 1150], [912, 1146], [916, 1186], [872, 1190]]),
  site('school', 'Hanging Wood Primary School', 'Ysgol Gynradd Coed-y-llethr', [[1084, -14], [1132, -4], [1126, 36], [1078, 28]]),
]; // prettier-ignore

export interface OldRoad {
  name: string;
  class: 'main' | 'street' | 'lane' | 'path';
  line: Line;
}
const road = (name: string, kind: OldRoad['class'], points: Line, closed = false): OldRoad => {
  const line = curve(points, closed, 13);
  return { name, class: kind, line: closed ? [...line, line[0]!] : line };
};

export const OLD_ROADS: OldRoad[] = [
  road('Ring Road', 'main', [[330, 500], [352, 300], [430, 170], [600, 52], [800, 24], [1010, 60], [1240, 196], [1356, 380], [1350, 580], [1262, 760], [1100, 900], [960, 950], [800, 932], [600, 1040], [450, 960], [340, 760], [318, 620]], true),
  road('North Road', 'main', [[808, 300], [800, 196], [792, 100], [800, 24], [812, -60], [850, -280], [840, -460], [860, -660], [800, -980], [820, -1400]]),
  road('London Road', 'main', [[1140, 450], [1240, 446], [1356, 420], [1480, 392], [1660, 380], [1900, 350], [2200, 330], [2600, 260], [3100, 270]]),
  road('Abbey Street', 'main', [[1190, 450], [1236, 540], [1330, 640], [1470, 820], [1660, 960], [1900, 1060], [2200, 1120], [2620, 1300], [3100, 1360]]),
  road('Market Street', 'street', [[800, 458], [806, 520], [812, 590]]),
  road('Bridge Street', 'main', [[812, 590], [826, 640], [846, 712]]),
  road('Weir Street', 'main', [[846, 712], [876, 748], [940, 748], [1012, 778], [1100, 900], [1180, 980], [1330, 1060], [1660, 1140], [1930, 1190], [2200, 1260], [2540, 1460], [3100, 1640]]),
  road('Station Road', 'main', [[720, 470], [640, 500], [560, 520], [440, 560], [324, 560], [160, 600], [-60, 610], [-360, 640], [-660, 640], [-1000, 720], [-1500, 730]]),
  road('Tannery Road', 'main', [[560, 520], [500, 440], [470, 352], [400, 250], [300, 130], [210, -60], [140, -300], [100, -640], [0, -980], [20, -1400]]),
  road('Southgate', 'main', [[640, 500], [600, 640], [540, 760], [470, 900], [450, 960], [420, 1080], [400, 1260], [420, 1480], [400, 1800], [300, 2140], [320, 2600]]),
  road('Marsh Road', 'main', [[960, 950], [996, 1046], [1006, 1110], [960, 1250], [930, 1420], [900, 1600], [900, 1800], [1000, 2140], [960, 2600]]),
  road('Wood Lane', 'street', [[1010, 60], [1030, -40], [1010, -140], [1060, -250], [1110, -460], [1100, -700], [1240, -1000], [1260, -1400]]),
  road('Kiln Road', 'street', [[700, 30], [690, -60], [640, -150], [660, -260], [640, -460], [700, -700], [690, -960]]),
  road('Brickyard Road', 'street', [[450, 960], [350, 1010], [200, 1040], [60, 1070], [-60, 1130], [-220, 1260], [-520, 1300], [-800, 1420], [-1500, 1440]]),
  road('Castle Road', 'street', [[1240, 196], [1300, 230], [1420, 240], [1540, 190], [1700, 170], [1960, 120], [2300, 160], [2700, 60], [3100, 40]]),
  road('High Street', 'main', [[720, 470], [800, 458], [880, 446], [960, 440], [1060, 448], [1140, 450]]),
  road('Tanner’s Row', 'street', [[720, 470], [712, 400], [690, 340], [716, 286]]),
  road('Priory Lane', 'street', [[716, 286], [770, 292], [830, 304], [900, 316], [960, 356]]),
  road('Northgate', 'main', [[880, 446], [852, 380], [820, 330], [808, 300]]),
  road('Castle Street', 'street', [[960, 440], [964, 390], [960, 356], [934, 296]]),
  road('Mill Lane', 'street', [[640, 500], [660, 560], [720, 620], [800, 650], [828, 648]]),
  road('Quay Street', 'street', [[828, 648], [910, 628], [1006, 572], [1062, 504], [1078, 449]]),
  road('Butcher Row', 'street', [[880, 446], [884, 520], [900, 580], [910, 628]]),
  road('Weir Walk', 'lane', [[716, 838], [744, 784], [800, 754], [862, 738]]),
  road('Riverside Path', 'path', [[716, 838], [722, 900], [790, 962], [900, 1000], [990, 1010]]),
  road('Leat Path', 'path', [[716, 286], [640, 330], [618, 372], [606, 452], [628, 536], [660, 560]]),
  road('Castle Walk', 'path', [[960, 356], [1010, 330], [1060, 380], [1078, 449]]),
  road('Monks’ Path', 'path', [[792, 100], [740, 120], [680, 160], [640, 204], [600, 238]]),
  road('Fields Path', 'path', [[800, 754], [820, 820], [880, 850], [940, 830], [980, 766]]),
  road('Common Path', 'path', [[1330, 640], [1400, 690], [1440, 760], [1420, 850]]),
  road('Marsh Boardwalk', 'path', [[1006, 1110], [1040, 1160], [1080, 1200], [1060, 1250], [960, 1250]]),
]; // prettier-ignore

/** How far a place lies from the middle of the built-up town, in metres, with a ragged edge. */
export function outness(p: Point): number {
  const ragged = 230 * (noise(p[0] / 440, p[1] / 440) - 0.5);
  return Math.hypot((p[0] - 3000) / 1.32, p[1] - 2500) + ragged;
}

const waters = new PointGrid<number>(80);
RIVER.forEach((p, i) => waters.add(p, halfWidth(i)));
for (let i = 1; i < RIVER.length; i++) {
  waters.add([(RIVER[i - 1]![0] + RIVER[i]![0]) / 2, (RIVER[i - 1]![1] + RIVER[i]![1]) / 2], halfWidth(i));
}
const leats = new PointGrid<number>(40);
spline(LEAT, false, 8).forEach((p) => leats.add(p, 0));
const rails = new PointGrid<number>(40);
spline(RAIL, false, 10).forEach((p) => rails.add(p, 0));

/** Metres to the river's bank, negative in the water, at most 100. */
export function toRiver(p: Point): number {
  let best = 100;
  waters.each(p, 160, ({ at, value }) => {
    best = Math.min(best, distance(at, p) - value);
  });
  return best;
}
export const toLeat = (p: Point) => (leats.nearest(p, 40)?.distance ?? 40) - 7;
export const toRail = (p: Point) => rails.nearest(p, 40)?.distance ?? 40;

const closed = [...GREENS, ...SITES].map(({ ring }) => ({
  ring,
  west: Math.min(...ring.map((p) => p[0])) - 6,
  east: Math.max(...ring.map((p) => p[0])) + 6,
  north: Math.min(...ring.map((p) => p[1])) - 6,
  south: Math.max(...ring.map((p) => p[1])) + 6,
}));
/** Whether a place is in a park, a wood or the grounds of a school, hospital or works. */
export const kept = (p: Point) =>
  closed.some(
    (box) =>
      p[0] > box.west && p[0] < box.east && p[1] > box.north && p[1] < box.south && inside(p, box.ring),
  );

/** The old town: the tongue of land inside the river's bend. */
export const isOld = (p: Point) => distance(p, ground([850, 450])) < 610 && p[0] > ground([622, 0])[0];
