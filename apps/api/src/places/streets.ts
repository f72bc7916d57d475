/**
 * Streets and where they meet: the path without the map. Two streets meet where their lines cross or where one ends
 * within a few metres of the other. The index of all stretches is built when first asked for.
 */
import Flatbush from 'flatbush';

type Point = [lon: number, lat: number];
export type StreetLines = { id: string; name: string; lines: number[][][] };
export type Junction = { name: string; lon: number; lat: number };

/** how near an end must come to another street to meet it */
const REACH_M = 9;
const M_PER_LAT = 111_320;
/** the same two streets that meet twice within this stand for one junction */
const SAME_M = 60;

type Stretch = { street: number; a: Point; b: Point };

/** Where two stretches cross, or where they come nearer than `reach` (metres): on `one`, in metres along it. */
function meeting(one: Stretch, other: Stretch, perLon: number): number | null {
  const metres = ([lon, lat]: Point): Point => [lon * perLon, lat * M_PER_LAT];
  const [a, b, c, d] = [metres(one.a), metres(one.b), metres(other.a), metres(other.b)];
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const cross = ux * vy - uy * vx;
  const length = Math.hypot(ux, uy);
  if (Math.abs(cross) > 1e-9) {
    const t = ((c[0] - a[0]) * vy - (c[1] - a[1]) * vx) / cross;
    const s = ((c[0] - a[0]) * uy - (c[1] - a[1]) * ux) / cross;
    if (t >= 0 && t <= 1 && s >= 0 && s <= 1) return t * length;
  }
  const near = (p: Point): number | null => {
    const t = Math.min(
      1,
      Math.max(0, ((p[0] - a[0]) * ux + (p[1] - a[1]) * uy) / Math.max(1e-9, length * length)),
    );
    return Math.hypot(a[0] + t * ux - p[0], a[1] + t * uy - p[1]) <= REACH_M ? t * length : null;
  };
  return near(c) ?? near(d);
}

export class StreetIndex {
  readonly #streets: readonly StreetLines[];
  readonly #byId: ReadonlyMap<string, number>;
  readonly #stretches: Stretch[] = [];
  readonly #index: Flatbush | null;

  constructor(streets: readonly StreetLines[]) {
    this.#streets = streets;
    this.#byId = new Map(streets.map((street, i) => [street.id, i]));
    streets.forEach((_, street) => this.#stretches.push(...this.#of(street)));
    this.#index = this.#stretches.length ? new Flatbush(this.#stretches.length) : null;
    for (const { a, b } of this.#stretches)
      this.#index?.add(
        Math.min(a[0], b[0]),
        Math.min(a[1], b[1]),
        Math.max(a[0], b[0]),
        Math.max(a[1], b[1]),
      );
    this.#index?.finish();
  }

  #of(street: number): Stretch[] {
    return this.#streets[street]!.lines.flatMap((line) =>
      line.slice(1).map((b, i) => ({ street, a: line[i] as Point, b: b as Point })),
    );
  }

  /** The junctions of a street in the order of walking along it; none for a street that is not known. */
  junctionsOf(id: string): Junction[] {
    const street = this.#byId.get(id);
    if (street === undefined) return [];
    const found: Array<Junction & { along: number }> = [];
    let along = 0;
    for (const stretch of this.#of(street)) {
      const { a, b } = stretch;
      const perLon = M_PER_LAT * Math.cos((a[1] * Math.PI) / 180);
      const length = Math.hypot((b[0] - a[0]) * perLon, (b[1] - a[1]) * M_PER_LAT);
      const [wide, high] = [REACH_M / perLon, REACH_M / M_PER_LAT];
      const near = this.#index!.search(
        Math.min(a[0], b[0]) - wide,
        Math.min(a[1], b[1]) - high,
        Math.max(a[0], b[0]) + wide,
        Math.max(a[1], b[1]) + high,
      );
      for (const other of near.map((i) => this.#stretches[i]!)) {
        const { name } = this.#streets[other.street]!;
        if (other.street === street || name === this.#streets[street]!.name) continue;
        const at = meeting(stretch, other, perLon);
        if (
          at === null ||
          found.some((one) => one.name === name && Math.abs(one.along - along - at) < SAME_M)
        )
          continue;
        const t = length > 0 ? at / length : 0;
        found.push({ name, along: along + at, lon: a[0] + t * (b[0] - a[0]), lat: a[1] + t * (b[1] - a[1]) });
      }
      along += length;
    }
    return found
      .sort((one, other) => one.along - other.along)
      .map(({ name, lon, lat }) => ({ name, lon: rounded(lon), lat: rounded(lat) }));
  }
}

const rounded = (n: number): number => Math.round(n * 1e6) / 1e6;
