// Lines and rings in pixels: cutting them to the picture and writing them as SVG path data. Imports nothing.

type Position = [number, number];

/** How far, in pixels, shapes reach beyond the picture, so that no cut edge shows. */
export const BLEED = 30;

/** Cuts a ring to the picture and its bleed (Sutherland and Hodgman, 1974). */
export function clipRing(ring: Position[], width: number, height: number): Position[] {
  let out = ring;
  for (const [axis, limit, sign] of [
    [0, -BLEED, 1],
    [0, width + BLEED, -1],
    [1, -BLEED, 1],
    [1, height + BLEED, -1],
  ] as const) {
    const input = out;
    out = [];
    for (let i = 0; i < input.length; i++) {
      const [a, b] = [input[(i + input.length - 1) % input.length]!, input[i]!];
      const [da, db] = [(a[axis] - limit) * sign, (b[axis] - limit) * sign];
      if (da >= 0 !== db >= 0)
        out.push([a[0] + ((b[0] - a[0]) * da) / (da - db), a[1] + ((b[1] - a[1]) * da) / (da - db)]);
      if (db >= 0) out.push(b);
    }
  }
  return out;
}

/** The runs of a line that come near a box grown by `margin`, each with its first point outside. */
export function clipLine(line: Position[], width: number, height: number, margin: number): Position[][] {
  const out: Position[][] = [];
  let run: Position[] = [];
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!];
    const away =
      Math.max(a[0], b[0]) < -margin || Math.min(a[0], b[0]) > width + margin ||
      Math.max(a[1], b[1]) < -margin || Math.min(a[1], b[1]) > height + margin; // prettier-ignore
    if (away) {
      if (run.length) out.push(run);
      run = [];
    } else if (run.length) run.push(b);
    else run = [a, b];
  }
  if (run.length) out.push(run);
  return out;
}

const tenths = (value: number) => (value / 10).toString().replace(/^(-?)0\./, '$1.');

/** SVG path data with tenths of a pixel, relative and without needless characters. */
export function pathData(points: Position[], close: boolean): string {
  let x = Math.round(points[0]![0] * 10);
  let y = Math.round(points[0]![1] * 10);
  let data = `M${tenths(x)} ${tenths(y)}`;
  let verb = 'l';
  for (let i = 1; i < points.length; i++) {
    const [nx, ny] = [Math.round(points[i]![0] * 10), Math.round(points[i]![1] * 10)];
    if (nx === x && ny === y) continue;
    const [dx, dy] = [tenths(nx - x), tenths(ny - y)];
    data += verb + (verb || dx.startsWith('-') ? '' : ' ') + dx + (dy.startsWith('-') ? '' : ' ') + dy;
    verb = '';
    [x, y] = [nx, ny];
  }
  return close ? `${data}z` : data;
}

/** A number of pixels with at most one decimal. */
export const px = (value: number) => String(Math.round(value * 10) / 10);
