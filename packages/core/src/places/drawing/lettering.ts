// Finds room for names on a map picture: along a street's bend or over a place, none upon another.
// Imports nothing; everything is in pixels of the picture.

type Position = [number, number];

export const widthOf = (text: string, size: number) => text.length * size * 0.54;

/** A name too long for one line, broken at the space nearest its middle. */
export function broken(text: string, longest = 11): string[] {
  if (text.length <= longest) return [text];
  const spaces = [...text].flatMap((letter, i) => (letter === ' ' ? [i] : []));
  if (!spaces.length) return [text];
  const middle = text.length / 2;
  const at = spaces.reduce((best, i) => (Math.abs(i - middle) < Math.abs(best - middle) ? i : best));
  return [text.slice(0, at), text.slice(at + 1)];
}

function measure(line: Position[]): number[] {
  const sums = [0];
  for (let i = 1; i < line.length; i++) {
    sums.push(sums[i - 1]! + Math.hypot(line[i]![0] - line[i - 1]![0], line[i]![1] - line[i - 1]![1]));
  }
  return sums;
}

function pointAt(line: Position[], sums: number[], d: number): Position {
  let i = 1;
  while (i < line.length - 1 && sums[i]! < d) i++;
  const [a, b] = [line[i - 1]!, line[i]!];
  const t = (d - sums[i - 1]!) / (sums[i]! - sums[i - 1]! || 1);
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
}

/** The piece of a line between two distances along it, every few pixels, so that letters ride smoothly. */
function piece(line: Position[], sums: number[], from: number, to: number): Position[] {
  const steps = Math.max(2, Math.round((to - from) / 12));
  const raw = Array.from({ length: steps + 1 }, (_, i) =>
    pointAt(line, sums, from + ((to - from) * i) / steps),
  );
  return raw.map((p, i): Position => {
    const [a, b] = [raw[Math.max(0, i - 1)]!, raw[Math.min(steps, i + 1)]!];
    return [(a[0] + 2 * p[0] + b[0]) / 4, (a[1] + 2 * p[1] + b[1]) / 4];
  });
}

/** The sharpest turn within a line, in radians. */
function sharpest(line: Position[]): number {
  let worst = 0;
  for (let i = 2; i < line.length; i++) {
    const [a, b, c] = [line[i - 2]!, line[i - 1]!, line[i]!];
    const turn = Math.atan2(c[1] - b[1], c[0] - b[0]) - Math.atan2(b[1] - a[1], b[0] - a[0]);
    worst = Math.max(worst, Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn))));
  }
  return worst;
}

/** The sheet of a picture with the room that names have taken on it. */
export class Lettering {
  private readonly width: number;
  private readonly height: number;
  private readonly written: { text: string; at: Position }[] = [];
  private readonly taken: { x: number; y: number; radius: number }[] = [];

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  private free(spots: Position[], radius: number, margin: number): boolean {
    return spots.every(
      ([x, y]) =>
        x > margin && y > margin && x < this.width - margin && y < this.height - margin &&
        this.taken.every((spot) => Math.hypot(spot.x - x, spot.y - y) > spot.radius + radius), // prettier-ignore
    );
  }

  private take(spots: Position[], radius: number): void {
    for (const [x, y] of spots) this.taken.push({ x, y, radius });
  }

  /** Keeps room for level lines of text around a point; false if there is none. */
  level(at: Position, lines: string[], size: number): boolean {
    const half = Math.max(...lines.map((line) => widthOf(line, size))) / 2;
    const count = Math.max(1, Math.ceil((2 * half) / (size * 1.6)));
    const spots = lines.flatMap((_, row) =>
      Array.from({ length: count + 1 }, (__, i): Position => [
        at[0] - half + (2 * half * i) / count,
        at[1] + (row - (lines.length - 1) / 2) * size * 1.15,
      ]),
    );
    if (!this.free(spots, size * 0.6, 4)) return false;
    this.take(spots, size * 0.75);
    return true;
  }

  /**
   * The stretch of a line to write a name along, left to right, or null where it does not fit or stands
   * already within `apart` pixels.
   */
  along(line: Position[], text: string, size: number, apart: number): Position[] | null {
    const length = widthOf(text, size) * (size > 15 ? 1.12 : 1) + size;
    const sums = measure(line);
    const total = sums[sums.length - 1]!;
    if (total < length) return null;
    const slack = total - length;
    for (const share of [0.5, 0.36, 0.64, 0.22, 0.78, 0.08, 0.92]) {
      const found = piece(line, sums, slack * share, slack * share + length);
      if (sharpest(found) > 0.42 || !this.free(found, size * 0.7, size * 0.8)) continue;
      const at = found[found.length >> 1]!;
      if (
        this.written.some(
          (old) => old.text === text && Math.hypot(old.at[0] - at[0], old.at[1] - at[1]) < apart,
        )
      ) {
        continue;
      }
      this.written.push({ text, at });
      this.take(found, size * 0.8);
      return found[0]![0] <= found[found.length - 1]![0] ? found : found.reverse();
    }
    return null;
  }
}
