// Plane geometry in metres (x east, y south) and the seeded chance that the whole town is drawn with.

export type Point = [number, number];
export type Line = Point[];

/** A seeded stream of numbers in [0, 1): mulberry32 by Tommy Ettinger (public domain). */
export function stream(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One number in [0, 1) for a pair of whole numbers, always the same. */
export function hash(x: number, y: number): number {
  let mixed = (Math.imul(x, 374761393) + Math.imul(y, 668265263)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 13), 1274126177);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296;
}

const ease = (t: number) => t * t * (3 - 2 * t);

/** Smooth value noise in [0, 1) with one lattice point a unit. */
export function noise(x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const u = ease(x - left);
  const v = ease(y - top);
  const upper = hash(left, top) * (1 - u) + hash(left + 1, top) * u;
  const lower = hash(left, top + 1) * (1 - u) + hash(left + 1, top + 1) * u;
  return upper * (1 - v) + lower * v;
}

export const distance = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1]);

export function lengthOf(line: Line): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += distance(line[i - 1]!, line[i]!);
  return sum;
}

/** A Catmull-Rom curve through all points, sampled about every `step` metres. */
export function spline(points: Line, closed = false, step = 30): Line {
  const count = points.length;
  const pick = (i: number): Point =>
    closed ? points[(i + count) % count]! : points[Math.max(0, Math.min(count - 1, i))]!;
  const out: Line = [];
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    const [p0, p1, p2, p3] = [pick(i - 1), pick(i), pick(i + 1), pick(i + 2)];
    const pieces = Math.max(2, Math.round(distance(p1, p2) / step));
    for (let j = 0; j < pieces; j++) {
      const t = j / pieces;
      const axis = (q: 0 | 1) =>
        0.5 *
        (2 * p1[q] +
          (p2[q] - p0[q]) * t +
          (2 * p0[q] - 5 * p1[q] + 4 * p2[q] - p3[q]) * t * t +
          (3 * p1[q] - p0[q] - 3 * p2[q] + p3[q]) * t * t * t);
      out.push([axis(0), axis(1)]);
    }
  }
  if (!closed) out.push([...points[count - 1]!]);
  return out;
}

/** The nearest place on the stretch from a to b. */
export function foot(p: Point, a: Point, b: Point): Point {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const along = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.max(0, Math.min(1, along));
  return [a[0] + t * dx, a[1] + t * dy];
}

export function distanceToLine(p: Point, line: Line): number {
  let best = Infinity;
  for (let i = 1; i < line.length; i++) {
    best = Math.min(best, distance(p, foot(p, line[i - 1]!, line[i]!)));
  }
  return best;
}

/** Even-odd point in polygon; the ring need not repeat its first point. */
export function inside(p: Point, ring: Line): boolean {
  let within = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i]!;
    const b = ring[j]!;
    if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0]) {
      within = !within;
    }
  }
  return within;
}

/** Signed area of a ring by the shoelace formula, in square units of its points. */
export function areaOf(ring: Line): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    sum += ring[j]![0] * ring[i]![1] - ring[i]![0] * ring[j]![1];
  }
  return sum / 2;
}

/** Douglas-Peucker: keeps every point that is further than `tolerance` from the simpler line. */
export function simplify(line: Line, tolerance: number): Line {
  if (line.length < 3) return line;
  const first = line[0]!;
  const last = line[line.length - 1]!;
  let worst = 0;
  let at = 0;
  for (let i = 1; i < line.length - 1; i++) {
    const off = distance(line[i]!, foot(line[i]!, first, last));
    if (off > worst) {
      worst = off;
      at = i;
    }
  }
  if (worst <= tolerance) return [first, last];
  return [...simplify(line.slice(0, at + 1), tolerance).slice(0, -1), ...simplify(line.slice(at), tolerance)];
}

/** The same line with a point at least every `step` metres. */
export function densify(line: Line, step: number): Line {
  const out: Line = [];
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1]!;
    const b = line[i]!;
    const pieces = Math.max(1, Math.ceil(distance(a, b) / step));
    for (let j = 0; j < pieces; j++) {
      out.push([a[0] + ((b[0] - a[0]) * j) / pieces, a[1] + ((b[1] - a[1]) * j) / pieces]);
    }
  }
  out.push(line[line.length - 1]!);
  return out;
}

/** The place and heading at `metres` along a line. */
export function along(line: Line, metres: number): { at: Point; heading: number } {
  let left = metres;
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1]!;
    const b = line[i]!;
    const length = distance(a, b);
    if (left <= length || i === line.length - 1) {
      const t = length ? Math.max(0, Math.min(1, left / length)) : 0;
      return {
        at: [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t],
        heading: Math.atan2(b[1] - a[1], b[0] - a[0]),
      };
    }
    left -= length;
  }
  return { at: line[0]!, heading: 0 };
}

/** The line moved sideways (to the right of its course, seen on the map) by a distance that may vary. */
export function beside(line: Line, offset: (i: number) => number): Line {
  return line.map((p, i) => {
    const a = line[Math.max(0, i - 1)]!;
    const b = line[Math.min(line.length - 1, i + 1)]!;
    const length = distance(a, b) || 1;
    return [p[0] - ((b[1] - a[1]) / length) * offset(i), p[1] + ((b[0] - a[0]) / length) * offset(i)];
  });
}

/** Splits a line into the runs whose points satisfy `keep`. */
export function runs(line: Line, keep: (p: Point, i: number) => boolean): Line[] {
  const out: Line[] = [];
  let run: Line = [];
  line.forEach((p, i) => {
    if (keep(p, i)) run.push(p);
    else {
      if (run.length > 1) out.push(run);
      run = [];
    }
  });
  if (run.length > 1) out.push(run);
  return out;
}

export interface Near<T> {
  distance: number;
  at: Point;
  value: T;
}

/** Points in squares of `cell` metres, so that looking for neighbours does not walk the whole town. */
export class PointGrid<T> {
  readonly cell: number;
  readonly cells = new Map<number, { at: Point; value: T }[]>();

  constructor(cell: number) {
    this.cell = cell;
  }

  add(at: Point, value: T): void {
    const key = this.key(Math.floor(at[0] / this.cell), Math.floor(at[1] / this.cell));
    const list = this.cells.get(key);
    if (list) list.push({ at, value });
    else this.cells.set(key, [{ at, value }]);
  }

  /** The nearest entry closer than `reach` metres, or null. */
  nearest(p: Point, reach: number, skip?: (value: T) => boolean): Near<T> | null {
    let best: Near<T> | null = null;
    let limit = reach;
    this.each(p, reach, (entry) => {
      const off = distance(entry.at, p);
      if (off < limit && !skip?.(entry.value)) {
        limit = off;
        best = { distance: off, at: entry.at, value: entry.value };
      }
    });
    return best;
  }

  each(p: Point, reach: number, visit: (entry: { at: Point; value: T }) => void): void {
    const span = Math.ceil(reach / this.cell);
    const column = Math.floor(p[0] / this.cell);
    const row = Math.floor(p[1] / this.cell);
    for (let i = -span; i <= span; i++) {
      for (let j = -span; j <= span; j++) {
        for (const entry of this.cells.get(this.key(column + i, row + j)) ?? []) visit(entry);
      }
    }
  }

  private key(column: number, row: number): number {
    return (column + 2000) * 8192 + row + 2000;
  }
}
