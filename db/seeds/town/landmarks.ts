// The big buildings that stand where they always stood; streets and houses make room for them.

import { densify, PointGrid } from './geometry.ts';
import type { Line, Point } from './geometry.ts';
import { ground } from './land.ts';

export interface Landmark {
  name: { en: string; cy: string };
  kind: string;
  ring: Line;
}

const box = (x: number, y: number, width: number, height: number): Line =>
  ([[x, y], [x + width, y], [x + width, y + height], [x, y + height]] as Line).map(ground); // prettier-ignore
const round = (x: number, y: number, radius: number): Line =>
  Array.from({ length: 14 }, (_, i) => {
    const angle = (i / 14) * Math.PI * 2;
    return ground([x + radius * Math.cos(angle), y + radius * Math.sin(angle)]);
  });
const church = (x: number, y: number): Line =>
  ([[x, y], [x + 5, y], [x + 5, y - 4], [x + 11, y - 4], [x + 11, y], [x + 20, y], [x + 20, y + 7], [x + 11, y + 7], [x + 11, y + 11], [x + 5, y + 11], [x + 5, y + 7], [x, y + 7]] as Line).map(ground); // prettier-ignore

/** The buildings people find their way by. */
export const LANDMARKS: Landmark[] = [
  { name: { en: 'Guildhall', cy: 'Neuadd y Dref' }, kind: 'guildhall', ring: box(812, 463, 20, 14) },
  { name: { en: 'Castle', cy: 'Y Castell' }, kind: 'castle', ring: round(1048, 340, 11) },
  { name: { en: 'St Any’s Church', cy: 'Eglwys y Santes Any' }, kind: 'church', ring: church(752, 340) },
  { name: { en: 'Anybridge Station', cy: 'Gorsaf Pontany' }, kind: 'station', ring: box(436, 572, 8, 40) },
  { name: { en: 'Weir Hall Library', cy: 'Llyfrgell Neuadd y Gored' }, kind: 'library', ring: box(898, 727, 18, 11) },
  { name: { en: 'Market Hall', cy: 'Neuadd y Farchnad' }, kind: 'market', ring: box(776, 480, 16, 20) },
  { name: { en: 'Old Mill', cy: 'Yr Hen Felin' }, kind: 'museum', ring: box(740, 646, 14, 10) },
  { name: { en: 'Abbey Church', cy: 'Eglwys yr Abaty' }, kind: 'church', ring: church(1192, 500) },
]; // prettier-ignore

const walls = new PointGrid<number>(30);
LANDMARKS.forEach(({ ring }, i) => densify([...ring, ring[0]!], 8).forEach((p) => walls.add(p, i)));

/** Metres to the nearest landmark's wall, at most 30. */
export const toLandmark = (p: Point) => walls.nearest(p, 30)?.distance ?? 30;
