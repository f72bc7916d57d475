// Grows the younger streets from the old roads, the way a town does: side streets off main roads, closes
// off side streets, each stopping at water, railway, park, or another street.

import { distance, inside, noise, PointGrid, stream } from './geometry.ts';
import type { Line, Point } from './geometry.ts';
import { toLandmark } from './landmarks.ts';
import { isOld, kept, OLD_ROADS, outness, toLeat, toRail, toRiver } from './land.ts';

export interface Road {
  /** Only the old roads have a name from the start. */
  name: string | null;
  class: 'main' | 'street' | 'lane' | 'path';
  /** 1 main road, 2 old street, 3 and more: how many turnings off the old roads. */
  level: number;
  line: Line;
  /** Whether the far end meets another street. */
  through: boolean;
}

interface Mark {
  road: number;
  index: number;
}
interface Bud {
  at: Point;
  heading: number;
  parent: number;
  level: number;
}

const STEP = 15;
const EDGE_OF_TOWN = 1700;
const OLD_LEVEL = { main: 1, street: 2, lane: 2, path: 9 };

/** The state of growing: what stands, what may still sprout, and the chance it is drawn with. */
class Growth {
  readonly roads: Road[] = [];
  readonly grid = new PointGrid<Mark>(40);
  readonly buds: Bud[] = [];
  readonly chance = stream(20261016);
  readonly borough: Line;

  constructor(borough: Line) {
    this.borough = borough;
  }

  add(road: Road): void {
    const id = this.roads.push(road) - 1;
    road.line.forEach((p, index) => this.grid.add(p, { road: id, index }));
    if (road.level < 6) this.sprout(id, road);
  }

  private sprout(id: number, road: Road): void {
    const spacing = road.level < 3 ? (road.level === 1 ? 120 : 84) : 106 + this.chance() * 40;
    const { line } = road;
    let left = spacing * 0.5;
    let side = 1;
    for (let i = 2; i < line.length - 2; i++) {
      left -= distance(line[i]!, line[i - 1]!);
      if (left > 0) continue;
      const [a, b] = [line[i - 1]!, line[i + 1]!];
      const heading = Math.atan2(b[1] - a[1], b[0] - a[0]);
      for (const turn of road.level < 3 ? [1, -1] : [side]) {
        const wobble = (this.chance() - 0.5) * 0.14;
        const level = Math.max(3, road.level + 1);
        this.buds.push({ at: line[i]!, heading: heading + (turn * Math.PI) / 2 + wobble, parent: id, level });
      }
      side = this.chance() < 0.72 ? -side : side;
      left = spacing * (0.75 + this.chance() * 0.7);
    }
  }

  /** Whether a street may run over this place. */
  private open(p: Point): boolean {
    return (
      outness(p) < EDGE_OF_TOWN &&
      toRiver(p) > 30 &&
      toLeat(p) > 16 &&
      toRail(p) > 28 &&
      !kept(p) &&
      toLandmark(p) > 15 &&
      inside(p, this.borough)
    );
  }

  private crowded(p: Point, heading: number, bud: Bud, old: boolean): boolean {
    const near = this.grid.nearest(p, old ? 46 : 66, (mark) => mark.road === bud.parent);
    if (!near) return false;
    const { line } = this.roads[near.value.road]!;
    const a = line[Math.max(0, near.value.index - 1)]!;
    const b = line[Math.min(line.length - 1, near.value.index + 1)]!;
    const other = Math.atan2(b[1] - a[1], b[0] - a[0]);
    return Math.abs(Math.cos(other - heading)) > 0.86;
  }

  /** Grows one bud; returns whether it became a street. */
  grow(bud: Bud): boolean {
    const old = isOld(bud.at);
    const reach = old ? 340 : (bud.level === 3 ? 860 : 560) * (0.5 + this.chance());
    const bend = (this.chance() - 0.5) * 0.012;
    const line: Line = [bud.at];
    let { heading } = bud;
    let length = 0;
    let through = false;
    while (length < reach) {
      const last = line[line.length - 1]!;
      heading += bend + (noise(last[0] / 160 + bud.at[0], last[1] / 160 + bud.at[1]) - 0.5) * 0.04;
      const p: Point = [last[0] + Math.cos(heading) * STEP, last[1] + Math.sin(heading) * STEP];
      if (!this.open(p)) break;
      const skip = length < 60 ? (mark: Mark) => mark.road === bud.parent : undefined;
      const meets = this.grid.nearest(p, old ? 26 : 30, skip);
      if (meets) {
        line.push(meets.at);
        length += STEP;
        through = true;
        break;
      }
      if (length > 70 && this.crowded(p, heading, bud, old)) break;
      line.push(p);
      length += STEP;
    }
    if (length < (old ? 66 : 100) || (!through && !old && length < 130)) return false;
    this.add({ name: null, class: length < 170 ? 'lane' : 'street', level: bud.level, line, through });
    return true;
  }
}

/** All streets of the town in metres: the old roads first, then the grown ones. Always the same. */
export function growRoads(borough: Line): Road[] {
  const growth = new Growth(borough);
  for (const { name, class: kind, line } of OLD_ROADS) {
    growth.add({ name, class: kind, level: OLD_LEVEL[kind], line, through: true });
  }
  let patience = 9000;
  while (growth.buds.length && patience-- > 0) {
    const pick = Math.floor(growth.chance() * Math.min(growth.buds.length, 40));
    growth.grow(growth.buds.splice(pick, 1)[0]!);
  }
  return growth.roads;
}
