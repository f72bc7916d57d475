/**
 * Names on the painted map: wards and parks lie level, streets and the river ride along their bend, none upon
 * another, each with a halo of what it lies on.
 */
import { pixels } from './base.ts';
import type { BaseProperties, Part, View } from './base.ts';
import type { Colours } from './paint.ts';

export type Inks = { text: string; display: string; colours: Colours };
type Spot = { x: number; y: number; radius: number };
type Letter = { text: string; x: number; y: number; angle: number };
type Hand = { font: string; size: number; ink: string; halo: string };

/** A name too long for one line, broken at the space nearest its middle. */
export function broken(text: string, longest = 11): string[] {
  if (text.length <= longest) return [text];
  const middle = text.length / 2;
  let at = -1;
  for (let i = 0; i < text.length; i++)
    if (text[i] === ' ' && (at < 0 || Math.abs(i - middle) < Math.abs(at - middle))) at = i;
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** The stretches of a line that lie in the view, from left to right where they can. */
export function stretches(line: Float64Array, width: number, height: number): number[][] {
  const out: number[][] = [];
  let run: number[] = [];
  for (let i = 0; i < line.length; i += 2) {
    const [x, y] = [line[i]!, line[i + 1]!];
    if (x > 4 && y > 4 && x < width - 4 && y < height - 4) run.push(x, y);
    else {
      if (run.length > 2) out.push(run);
      run = [];
    }
  }
  if (run.length > 2) out.push(run);
  return out.sort((a, b) => b.length - a.length);
}

/** Where each letter of a name stands along a line, from `start` pixels on; null where the bend is too sharp. */
export function along(line: number[], start: number, widths: number[], text: string[]): Letter[] | null {
  const letters: Letter[] = [];
  let i = 2;
  let walked = 0;
  let at = start;
  let before: number | undefined;
  for (let n = 0; n < text.length; n++) {
    const target = at + widths[n]! / 2;
    let length = Math.hypot(line[i]! - line[i - 2]!, line[i + 1]! - line[i - 1]!);
    while (walked + length < target) {
      walked += length;
      i += 2;
      if (i >= line.length) return null;
      length = Math.hypot(line[i]! - line[i - 2]!, line[i + 1]! - line[i - 1]!);
    }
    const share = (target - walked) / (length || 1);
    const angle = Math.atan2(line[i + 1]! - line[i - 1]!, line[i]! - line[i - 2]!);
    if (
      before !== undefined &&
      Math.abs(Math.atan2(Math.sin(angle - before), Math.cos(angle - before))) > 0.5
    )
      return null;
    before = angle;
    letters.push({
      text: text[n]!,
      x: line[i - 2]! + (line[i]! - line[i - 2]!) * share,
      y: line[i - 1]! + (line[i + 1]! - line[i - 1]!) * share,
      angle,
    });
    at += widths[n]!;
  }
  // Letters that turn little by little may still end up standing on their heads.
  return letters.every(({ angle }) => Math.abs(angle) < 1.9) ? letters : null;
}

class Lettering {
  private readonly context: CanvasRenderingContext2D;
  private readonly view: View;
  private readonly taken: Spot[] = [];
  private readonly written = new Map<string, { x: number; y: number }[]>();

  constructor(context: CanvasRenderingContext2D, view: View) {
    this.context = context;
    this.view = view;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = 3.5;
  }

  private free(spots: { x: number; y: number }[], radius: number): boolean {
    return spots.every(({ x, y }) =>
      this.taken.every((spot) => Math.hypot(spot.x - x, spot.y - y) > spot.radius + radius),
    );
  }

  private hold({ font, ink, halo }: Hand): void {
    this.context.font = font;
    this.context.fillStyle = ink;
    this.context.strokeStyle = halo;
  }

  level(name: string, x: number, y: number, hand: Hand, lines: string[]): void {
    this.hold(hand);
    const height = hand.size * 1.15;
    const spots = lines.flatMap((line, row) => {
      const half = this.context.measureText(line).width / 2;
      const count = Math.max(1, Math.ceil((2 * half) / hand.size));
      return Array.from({ length: count + 1 }, (_, i) => ({
        x: x - half + (2 * half * i) / count,
        y: y + (row - (lines.length - 1) / 2) * height,
      }));
    });
    const inside = spots.every((s) => s.x > 2 && s.x < this.view.width - 2);
    if (!inside || !this.free(spots, hand.size * 0.55)) return;
    for (const spot of spots) this.taken.push({ ...spot, radius: hand.size * 0.7 });
    lines.forEach((line, row) => {
      const at = y + (row - (lines.length - 1) / 2) * height;
      this.context.strokeText(line, x, at);
      this.context.fillText(line, x, at);
    });
  }

  curve(name: string, line: number[], hand: Hand, apart: number): boolean {
    this.hold(hand);
    const text = [...name];
    const widths = text.map((letter) => this.context.measureText(letter).width + (hand.size > 15 ? 1 : 0.2));
    const length = widths.reduce((sum, width) => sum + width, 0);
    let total = 0;
    for (let i = 2; i < line.length; i += 2)
      total += Math.hypot(line[i]! - line[i - 2]!, line[i + 1]! - line[i - 1]!);
    const slack = total - length - hand.size;
    if (slack < 0) return false;
    for (const share of [0.5, 0.34, 0.66, 0.18, 0.82]) {
      const letters = along(line, hand.size / 2 + slack * share, widths, text);
      if (!letters || !this.free(letters, hand.size * 0.55)) continue;
      const middle = letters[letters.length >> 1]!;
      const known = this.written.get(name) ?? [];
      if (known.some((old) => Math.hypot(old.x - middle.x, old.y - middle.y) < apart)) continue;
      this.written.set(name, [...known, middle]);
      for (const { x, y } of letters) this.taken.push({ x, y, radius: hand.size * 0.75 });
      // All halos first: a letter's halo must not eat the letter before it.
      for (const how of ['strokeText', 'fillText'] as const)
        for (const { text: letter, x, y, angle } of letters) {
          this.context.save();
          this.context.translate(x, y);
          this.context.rotate(angle);
          this.context[how](letter, 0, 0);
          this.context.restore();
        }
      return true;
    }
    return false;
  }
}

const nameIn = ({ name, nameCy }: BaseProperties, language: string) =>
  (language === 'cy' && nameCy) || name || '';

function rightWay(line: number[]): number[] {
  if (line[0]! <= line[line.length - 2]!) return line;
  const out: number[] = [];
  for (let i = line.length - 2; i >= 0; i -= 2) out.push(line[i]!, line[i + 1]!);
  return out;
}

/** Writes every name that finds room: wards, rivers, places, parks, then streets from the widest down. */
export function write(
  context: CanvasRenderingContext2D,
  parts: Part[],
  view: View,
  { text, display, colours }: Inks,
  language: string,
): void {
  const lettering = new Lettering(context, view);
  const ink = colours['ink-2'];
  const hands: Record<string, Hand> = {
    ward: { font: `600 19px ${display}`, size: 19, ink: colours.accent, halo: colours.land },
    river: { font: `600 16px ${display}`, size: 16, ink, halo: colours.water },
    place: { font: `400 13px ${text}`, size: 13, ink, halo: colours.land },
    park: { font: `400 13px ${text}`, size: 13, ink, halo: colours.park },
    street: { font: `400 12.5px ${text}`, size: 12.5, ink, halo: colours.road },
  };
  const named = (kind: string) =>
    parts.filter((part) => part.properties.layer === 'label' && part.properties.class === kind);
  const level = (kind: string) => {
    for (const part of named(kind)) {
      const name = nameIn(part.properties, language);
      const [x, y] = pixels(part, view);
      const lines = kind === 'ward' ? [name] : broken(name);
      const below = kind === 'place' ? 9 + lines.length * 4 : 0;
      lettering.level(name, x!, y! + below, hands[kind]!, lines);
    }
  };
  const ride = (part: Part, hand: Hand, apart: number) => {
    for (const run of stretches(pixels(part, view), view.width, view.height))
      if (lettering.curve(nameIn(part.properties, language), rightWay(run), hand, apart)) return;
  };
  if (view.zoom < 16.6) level('ward');
  for (const part of named('river')) ride(part, hands.river!, 560);
  level('place');
  level('park');
  for (const kind of ['main', 'street', 'lane'])
    for (const part of parts)
      if (part.properties.layer === 'road' && part.properties.class === kind && part.properties.name)
        ride(part, hands.street!, Infinity);
}
