// How each layer of the base map is painted: widths in metres of ground, never less than can be seen; colours
// by the map roles of the look, as presentation attributes, since the site's policy allows no inline style.

import { px } from './lines.ts';

/** Gives a `<path>` for a layer with these attributes, or nothing where the layer is empty. */
export type Layer = (key: string, attributes: string) => string;

/** From the narrowest to the widest. */
export const ROADS = ['path', 'lane', 'street', 'main'] as const;
/** Width of the white in metres, and the least in pixels. */
const ROAD_WIDTH = { main: [17, 3], street: [11.5, 1.3], lane: [9, 1], path: [3, 1.4] } as const;
const ROAD_ZOOM = { main: 0, street: 13, lane: 14, path: 15 } as const;
const STROKE = 'fill="none" stroke-linejoin="round"';

export function drawGround(layer: Layer, metre: number): string {
  const line = (metres: number, least: number) =>
    `${STROKE} stroke-linecap="round" stroke-width="${px(Math.max(least, metres * metre))}"`;
  return (
    layer(
      'hedge',
      `${STROKE} stroke="var(--park)" stroke-opacity=".8" stroke-width="${px(Math.max(1.1, 3 * metre))}"`,
    ) +
    layer('site', 'fill="var(--roof)" fill-opacity=".42"') +
    layer('field', 'fill="var(--park)" fill-opacity=".55"') +
    layer('park', 'fill="var(--park)"') +
    layer('wood', 'fill="var(--park)"') +
    layer('tree park', `stroke="var(--tree)" ${line(11, 1.6)}`) +
    layer('tree wood', `stroke="var(--tree)" ${line(15, 2)}`) +
    layer('water', 'fill="var(--water)"') +
    layer('water-line', `stroke="var(--water)" ${line(15, 2)}`) +
    layer(
      'current',
      `stroke="var(--water-2)" stroke-dasharray="${px(90 * metre)} ${px(64 * metre)}" ${line(3, 1)}`,
    ) +
    layer('isle', 'fill="var(--park)"') +
    layer(
      'weir',
      `stroke="var(--surface)" stroke-dasharray="${px(6 * metre)} ${px(5 * metre)}" fill="none" stroke-width="${px(Math.max(1.6, 5 * metre))}"`,
    )
  );
}

export function drawRoads(layer: Layer, zoom: number, metre: number): string {
  const seen = ROADS.filter((kind) => zoom >= ROAD_ZOOM[kind]);
  const width = (kind: (typeof ROADS)[number]) => Math.max(ROAD_WIDTH[kind][1], ROAD_WIDTH[kind][0] * metre);
  const bed = (extra: number, color: string, more = '') =>
    seen
      .map((kind) =>
        layer(
          `bridge ${kind}`,
          `${STROKE} stroke="${color}" stroke-width="${px(width(kind) + extra)}"${more}`,
        ),
      )
      .join('');
  const cased = seen.filter((kind) => kind !== 'path');
  const trail = seen.includes('path')
    ? layer(
        'road path',
        `${STROKE} stroke="var(--road)" stroke-linecap="round" stroke-dasharray="${px(7 * metre)} ${px(5 * metre)}" stroke-width="${px(width('path'))}"`,
      )
    : '';
  const grow = Math.max(3, 8 * metre);
  return (
    trail +
    bed(grow + 2, 'var(--ink-2)', ' stroke-opacity=".5"') +
    bed(grow, 'var(--stone)') +
    cased
      .map((kind) =>
        layer(
          `road ${kind}`,
          `${STROKE} stroke="var(--kerb)" stroke-width="${px(width(kind) + (zoom > 16.5 ? 2 : 1.4))}"`,
        ),
      )
      .join('') +
    cased
      .map((kind) =>
        layer(
          `road ${kind}`,
          `${STROKE} stroke="var(--road)" stroke-linecap="round" stroke-width="${px(width(kind))}"`,
        ),
      )
      .join('')
  );
}

export function drawOver(layer: Layer, metre: number): string {
  const rail = Math.max(1.8, 6 * metre);
  const edge = Math.max(2, Math.min(3, 1.6 * metre + 1.4));
  return (
    layer('rail', `${STROKE} stroke="var(--ink-2)" stroke-opacity=".6" stroke-width="${px(rail)}"`) +
    layer(
      'rail',
      `${STROKE} stroke="var(--land)" stroke-width="${px(rail * 0.5)}" stroke-dasharray="${px(rail * 2.4)} ${px(rail * 2.4)}"`,
    ) +
    layer('landmark', 'fill="var(--ink-2)" fill-opacity=".62"') +
    layer(
      'ward-edge',
      `${STROKE} stroke="var(--accent)" stroke-opacity=".8" stroke-linecap="round" stroke-dasharray=".1 ${px(edge * 2.7)}" stroke-width="${px(edge)}"`,
    ) +
    layer('ward-edge mine', `${STROKE} stroke="var(--accent)" stroke-width="${px(edge + 0.4)}"`)
  );
}

export const LETTERS = 'text-anchor="middle" paint-order="stroke" stroke-linejoin="round" stroke-width="3.5"';
const DISPLAY = 'font-family="var(--face-display)" font-weight="600"';
export const INKS: Record<string, string> = {
  ward: `class="t-ward" ${DISPLAY} font-size="20" fill="var(--accent)" stroke="var(--land)"`,
  park: 'class="t-park" font-size="13" fill="var(--ink-2)" stroke="var(--park)"',
  place: 'class="t-place" font-size="13" fill="var(--ink-2)" stroke="var(--land)"',
  river: `class="t-river" ${DISPLAY} font-size="17" letter-spacing="1" fill="var(--ink-2)" stroke="var(--water)"`,
  street: 'class="t-street" font-size="12.5" fill="var(--ink-2)" stroke="var(--road)"',
};
