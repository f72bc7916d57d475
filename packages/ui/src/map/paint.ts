/**
 * Paints the base map on a canvas: widths in metres of ground and never less than can be seen, colours by role.
 * The order is the order of things: ground, water, roofs, bridges, roads, rail, ward edges.
 */
import { perMetre, pixels, visible } from './base.ts';
import type { Part, View } from './base.ts';
import { write } from './letters.ts';
import type { Inks } from './letters.ts';

export const ROLES = [
  'land',
  'park',
  'tree',
  'water',
  'water-2',
  'roof',
  'road',
  'kerb',
  'stone',
  'surface',
  'ink-2',
  'accent',
] as const;
export type Colours = Record<(typeof ROLES)[number], string>;
export type Look = { colours: Colours; faces: { text: string; display: string } };
export type PaintOptions = { look: Look; ward?: string; language: string };

type Stroke = { colour: string; width: number; alpha?: number; dash?: number[]; round?: boolean };

const ROADS = ['path', 'lane', 'street', 'main'] as const;
/** The white of a road: metres, least pixels, and the zoom it is first seen at. */
const ROAD = { main: [17, 3, 0], street: [11.5, 1.3, 13], lane: [9, 1, 14], path: [3, 1.4, 15] } as const;

class Sheet {
  private readonly context: CanvasRenderingContext2D;
  private readonly groups = new Map<string, Float64Array[]>();

  constructor(context: CanvasRenderingContext2D, parts: Part[], view: View, ward?: string) {
    this.context = context;
    for (const part of parts) {
      const { layer, class: kind, wards } = part.properties;
      if (layer === 'label') continue;
      const mine = layer === 'ward-edge' && ward !== undefined && wards?.includes(ward);
      const split = layer === 'road' || layer === 'bridge' || layer === 'tree';
      const key = mine ? 'ward-edge mine' : split ? `${layer} ${kind}` : layer;
      const group = this.groups.get(key);
      if (group) group.push(pixels(part, view));
      else this.groups.set(key, [pixels(part, view)]);
    }
  }

  private trace(key: string, close: boolean): boolean {
    const group = this.groups.get(key);
    if (!group) return false;
    this.context.beginPath();
    for (const line of group) {
      this.context.moveTo(line[0]!, line[1]!);
      // A lone point is a stroke that goes nowhere: its round end is a dot.
      if (line.length === 2) this.context.lineTo(line[0]! + 0.01, line[1]!);
      for (let i = 2; i < line.length; i += 2) this.context.lineTo(line[i]!, line[i + 1]!);
      if (close) this.context.closePath();
    }
    return true;
  }

  fill(key: string, colour: string, alpha = 1): void {
    if (!this.trace(key, true)) return;
    this.context.globalAlpha = alpha;
    this.context.fillStyle = colour;
    this.context.fill();
    this.context.globalAlpha = 1;
  }

  stroke(key: string, { colour, width, alpha = 1, dash = [], round = false }: Stroke): void {
    if (!this.trace(key, false)) return;
    this.context.globalAlpha = alpha;
    this.context.strokeStyle = colour;
    this.context.lineWidth = width;
    this.context.lineJoin = 'round';
    this.context.lineCap = round ? 'round' : 'butt';
    this.context.setLineDash(dash);
    this.context.stroke();
    this.context.setLineDash([]);
    this.context.globalAlpha = 1;
  }
}

function paintGround(sheet: Sheet, c: Colours, metre: number): void {
  sheet.stroke('hedge', { colour: c.park, alpha: 0.8, width: Math.max(1.1, 3 * metre) });
  sheet.fill('site', c.roof, 0.42);
  sheet.fill('field', c.park, 0.55);
  sheet.fill('park', c.park);
  sheet.fill('wood', c.park);
  sheet.stroke('tree park', { colour: c.tree, width: Math.max(1.6, 11 * metre), round: true });
  sheet.stroke('tree wood', { colour: c.tree, width: Math.max(2, 15 * metre), round: true });
  sheet.fill('water', c.water);
  sheet.stroke('water-line', { colour: c.water, width: Math.max(2, 15 * metre), round: true });
  sheet.stroke('current', {
    colour: c['water-2'],
    width: Math.max(1, 3 * metre),
    dash: [90 * metre, 64 * metre],
    round: true,
  });
  sheet.fill('isle', c.park);
  sheet.stroke('weir', {
    colour: c.surface,
    width: Math.max(1.6, 5 * metre),
    dash: [6 * metre, 5 * metre],
  });
  sheet.fill('building', c.roof);
}

function paintRoads(sheet: Sheet, c: Colours, zoom: number, metre: number): void {
  const seen = ROADS.filter((kind) => zoom >= ROAD[kind][2]);
  const width = (kind: (typeof ROADS)[number]) => Math.max(ROAD[kind][1], ROAD[kind][0] * metre);
  if (seen.includes('path'))
    sheet.stroke('road path', {
      colour: c.road,
      width: width('path'),
      dash: [7 * metre, 5 * metre],
      round: true,
    });
  const grow = Math.max(3, 8 * metre);
  for (const kind of seen)
    sheet.stroke(`bridge ${kind}`, { colour: c['ink-2'], alpha: 0.5, width: width(kind) + grow + 2 });
  for (const kind of seen) sheet.stroke(`bridge ${kind}`, { colour: c.stone, width: width(kind) + grow });
  const cased = seen.filter((kind) => kind !== 'path');
  const kerb = zoom > 16.5 ? 2 : 1.4;
  for (const kind of cased) sheet.stroke(`road ${kind}`, { colour: c.kerb, width: width(kind) + kerb });
  for (const kind of cased) sheet.stroke(`road ${kind}`, { colour: c.road, width: width(kind), round: true });
}

function paintOver(sheet: Sheet, c: Colours, metre: number): void {
  const rail = Math.max(1.8, 6 * metre);
  sheet.stroke('rail', { colour: c['ink-2'], alpha: 0.6, width: rail });
  sheet.stroke('rail', { colour: c.land, width: rail * 0.5, dash: [rail * 2.4, rail * 2.4] });
  sheet.fill('landmark', c['ink-2'], 0.62);
  const edge = Math.max(2, Math.min(3, 1.6 * metre + 1.4));
  sheet.stroke('ward-edge', {
    colour: c.accent,
    alpha: 0.8,
    width: edge,
    dash: [0.1, edge * 2.7],
    round: true,
  });
  sheet.stroke('ward-edge mine', { colour: c.accent, width: edge + 0.4 });
}

/** Paints what the view shows. `context` is already scaled so that its unit is a CSS pixel. */
export function paint(
  context: CanvasRenderingContext2D,
  parts: Part[],
  view: View,
  { look, ward, language }: PaintOptions,
): void {
  const { colours } = look;
  const seen = visible(parts, view);
  const metre = perMetre(view);
  context.fillStyle = colours.land;
  context.fillRect(0, 0, view.width, view.height);
  const sheet = new Sheet(context, seen, view, ward);
  paintGround(sheet, colours, metre);
  paintRoads(sheet, colours, view.zoom, metre);
  paintOver(sheet, colours, metre);
  const inks: Inks = { ...look.faces, colours };
  write(context, seen, view, inks, language);
}
