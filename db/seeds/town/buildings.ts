// Houses along the streets, terraces and pairs, and the few big buildings.

import { along, distance, lengthOf, PointGrid, stream } from './geometry.ts';
import type { Line, Point } from './geometry.ts';
import type { Road } from './growth.ts';
import { LANDMARKS } from './landmarks.ts';
import { isOld, kept, outness, SITES, toLeat, toRail, toRiver } from './land.ts';

function siteBuildings(): Line[] {
  const plans: Record<string, [number, number, number, number][]> = {
    school: [[0.18, 0.2, 0.6, 0.36], [0.18, 0.36, 0.34, 0.62], [0.66, 0.2, 0.8, 0.52]],
    hospital: [[0.12, 0.14, 0.86, 0.34], [0.14, 0.34, 0.28, 0.82], [0.42, 0.34, 0.56, 0.82], [0.7, 0.34, 0.84, 0.82]],
    industry: [[0.06, 0.08, 0.44, 0.26], [0.54, 0.08, 0.94, 0.26], [0.06, 0.36, 0.28, 0.62], [0.34, 0.36, 0.62, 0.62], [0.7, 0.36, 0.94, 0.62], [0.06, 0.72, 0.5, 0.92], [0.58, 0.72, 0.94, 0.92]],
    depot: [[0.16, 0.14, 0.84, 0.5], [0.16, 0.62, 0.44, 0.84]],
  }; // prettier-ignore
  return SITES.flatMap(({ kind, ring }) => {
    const [nw, ne, se, sw] = ring as [Point, Point, Point, Point];
    const at = (u: number, v: number): Point => [
      (nw[0] * (1 - u) + ne[0] * u) * (1 - v) + (sw[0] * (1 - u) + se[0] * u) * v,
      (nw[1] * (1 - u) + ne[1] * u) * (1 - v) + (sw[1] * (1 - u) + se[1] * u) * v,
    ];
    return (plans[kind] ?? []).map(([l, t, r, b]): Line => [at(l, t), at(r, t), at(r, b), at(l, b)]);
  });
}

const HALF_ROAD = { main: 9, street: 6.5, lane: 5.5, path: 4 };

class Builder {
  readonly houses: Line[] = siteBuildings();
  private readonly streets = new PointGrid<number>(20);
  private readonly taken = new PointGrid<number>(20);
  private readonly chance = stream(7_041_931);

  constructor(roads: Road[]) {
    for (const road of roads) {
      const length = lengthOf(road.line);
      for (let d = 0; d <= length; d += 7) this.streets.add(along(road.line, d).at, HALF_ROAD[road.class]);
    }
    for (const { ring } of LANDMARKS) this.occupy(ring, 10);
  }

  private occupy(ring: Line, radius: number): void {
    ring.forEach((p) => this.taken.add(p, radius));
    const middle = ring.reduce(
      (sum, p) => [sum[0] + p[0] / ring.length, sum[1] + p[1] / ring.length] as Point,
      [0, 0],
    );
    this.taken.add(middle, radius * 1.6);
  }

  private free(ring: Line, spine: Line, radius: number): boolean {
    for (const q of [...ring, ...spine]) {
      if (toRiver(q) < 14 || toLeat(q) < 7 || toRail(q) < 16 || kept(q)) return false;
      let clash = false;
      this.streets.each(q, 20, ({ at, value }) => {
        if (distance(at, q) < value + 1.5) clash = true;
      });
      if (clash) return false;
    }
    for (const q of spine) {
      let clash = false;
      this.taken.each(q, 30, ({ at, value }) => {
        if (distance(at, q) < value + radius) clash = true;
      });
      if (clash) return false;
    }
    return true;
  }

  /** Tries one house or terrace whose middle is `d` metres along the street; true when built. */
  private build(
    road: Road,
    d: number,
    side: number,
    length: number,
    depth: number,
    setback: number,
  ): boolean {
    const { at, heading } = along(road.line, d);
    const [ux, uy] = [Math.cos(heading), Math.sin(heading)];
    const [nx, ny] = [-uy * side, ux * side];
    const corner = (x: number, y: number): Point => [at[0] + ux * x + nx * y, at[1] + uy * x + ny * y];
    const [front, back] = [setback, setback + depth];
    const ring = [
      corner(-length / 2, front),
      corner(length / 2, front),
      corner(length / 2, back),
      corner(-length / 2, back),
    ];
    const pieces = Math.max(1, Math.round(length / depth));
    const spine = Array.from({ length: pieces }, (_, i) =>
      corner(((i + 0.5) / pieces - 0.5) * length, (front + back) / 2),
    );
    if (!this.free(ring, spine, depth * 0.52)) return false;
    spine.forEach((p) => this.taken.add(p, depth * 0.52));
    this.houses.push(ring);
    return true;
  }

  line(road: Road, side: number): void {
    const total = lengthOf(road.line);
    let d = 8;
    while (d < total - 10) {
      const { at } = along(road.line, d);
      const old = isOld(at);
      const terrace = old || this.chance() < 0.5;
      const length = old
        ? 14 + this.chance() * 22
        : terrace
          ? 30 + this.chance() * 34
          : 13 + this.chance() * 9;
      const depth = old ? 11 + this.chance() * 7 : 9.5 + this.chance() * 3;
      const gap = old ? 1.5 + this.chance() * 4 : terrace ? 5 + this.chance() * 10 : 4 + this.chance() * 7;
      const setback = HALF_ROAD[road.class] + (old ? 3 : 4.5 + this.chance() * 4);
      const sparse =
        outness(at) > 3200 || this.chance() < (outness(at) > 1740 ? 0.95 : outness(at) > 1600 ? 0.35 : 0);
      const built =
        d + length < total && !sparse && this.build(road, d + length / 2, side, length, depth, setback);
      d += built ? length + gap : 7;
    }
  }
}

/** Footprints in metres, each a ring of four corners that does not repeat its first point. */
export function raiseBuildings(roads: Road[]): Line[] {
  const builder = new Builder(roads);
  for (const road of roads) {
    if (road.class === 'path') continue;
    builder.line(road, 1);
    builder.line(road, -1);
  }
  return builder.houses;
}
