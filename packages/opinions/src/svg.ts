import { placedShown, shownGroups } from './disclosure.ts';
import type { Disclosure } from './disclosure.ts';
import { convexHull } from './hull.ts';
import type { Point } from './hull.ts';
import type { GroupRow, OpinionMap } from './types.ts';

const WIDTH = 960;
const HEIGHT = 640;
const MARGIN = 80;
/** Room for a label and the note under the figures. */
const FOOT = 50;

/** Light and dark of each role, from the look of the place; groups differ in head and outline, too. */
const COLOURS: readonly (readonly [name: string, light: string, dark: string])[] = [
  ['surface', 'oklch(.987 .005 120)', 'oklch(.2 .016 210)'],
  ['ink', 'oklch(.245 .03 200)', 'oklch(.95 .01 130)'],
  ['ink-2', 'oklch(.425 .026 200)', 'oklch(.79 .016 165)'],
  ['g0', 'oklch(.405 .125 356)', 'oklch(.81 .078 356)'],
  ['g1', 'oklch(.49 .13 250)', 'oklch(.67 .13 252)'],
  ['g2', 'oklch(.42 .09 160)', 'oklch(.745 .125 168)'],
  ['g3', 'oklch(.32 .11 288)', 'oklch(.87 .06 300)'],
  ['g4', 'oklch(.49 .1 66)', 'oklch(.84 .12 82)'],
];
const HUES = 5;
const DASHES = ['none', '9 6', '2 6', '14 5 2 5', '5 3'];
/** Heads in a square of −1 … 1: circle, square, diamond, triangle, hexagon, bar. */
const HEADS = [
  'M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0z',
  'M-.9-.9h1.8v1.8h-1.8z',
  'M0-1.25 1.25 0 0 1.25-1.25 0z',
  'M0-1.15 1.15.9h-2.3z',
  'M-.6-1.05h1.2l.6 1.05-.6 1.05h-1.2l-.6-1.05z',
  'M-1.4-.6h2.8v1.2h-2.8z',
];

interface Scale {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** Height of a figure in px. */
  readonly size: number;
}

/**
 * The map as one self-contained SVG: each placed person is one "i" whose head tells the group, light or dark
 * by the reader's setting, with a text description. Both axes have one scale. For the public, groups under 8
 * are not drawn and places are rounded to a grid.
 */
export function drawMap(map: OpinionMap, disclosure: Disclosure, title: string): string {
  const { shown, left } = shownGroups(map, disclosure);
  const numbers = new Set(shown.map(({ at }) => at));
  const people = map.people.filter(({ group }) => group !== null && numbers.has(group));
  const scale = fit(people.map(({ x, y }) => [x, y]));
  const grid = disclosure.open ? 4 : 0.1;
  const at = (x: number, y: number): Point => [snap(scale.x(x), grid), snap(scale.y(y), grid)];
  const drawn = shown.map(({ group, at: number }) => {
    const points = people.filter((person) => person.group === number).map(({ x, y }) => at(x, y));
    // By place and not by name: the order of figures must not tell who they are.
    return { group, number, points: points.sort((a, b) => a[1] - b[1] || a[0] - b[0]) };
  });
  const body = [
    ...drawn.map(({ number, points }) => outline(points, number, scale.size)),
    ...drawn.map(({ number, points }) => figures(points, number, scale.size)),
    ...drawn.map(({ group, points }) => label(points, group, disclosure, scale.size)),
  ];
  const description = describe(map, disclosure, left);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="opinion-map" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="opinion-map-title opinion-map-description">`,
    `<title id="opinion-map-title">${escapeText(title)}</title>`,
    `<desc id="opinion-map-description">${escapeText(description)}</desc>`,
    `<style>${style()}</style>`,
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>`,
    ...(people.length === 0
      ? [
          `<text class="note" x="${WIDTH / 2}" y="${HEIGHT / 2}" text-anchor="middle">Nobody is on the map yet.</text>`,
        ]
      : body),
    `<text class="note" x="24" y="${HEIGHT - 20}">One figure is one person. Near each other means voted alike; directions have no meaning of their own.</text>`,
    '</svg>',
    '',
  ].join('\n');
}

/** One sentence on what the map shows, for those who cannot see it. */
export function describe(map: OpinionMap, disclosure: Disclosure, left: number): string {
  const { shown } = shownGroups(map, disclosure);
  const about = disclosure.open ? 'about ' : '';
  const groups = shown.map(
    ({ group }) => `group ${group.label} with ${about}${disclosure.count(group.size)}`,
  );
  const hidden = left === 0 ? '' : ` ${left} smaller ${left === 1 ? 'group is' : 'groups are'} not shown.`;
  const list = groups.length === 0 ? '' : `: ${groups.join(', ')}`;
  return `${about ? 'About ' : ''}${placedShown(map, disclosure)} people on the map in ${groups.length} ${groups.length === 1 ? 'group' : 'groups'}${list}.${hidden}`;
}

/** The four signs that mean something in XML, and control characters that it forbids. */
export function escapeText(text: string): string {
  const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/(?![\t\n\r])\p{Cc}/gu, '').replace(/[&<>"]/g, (sign) => named[sign]!);
}

function style(): string {
  const sheet = (pick: (light: string, dark: string) => string) =>
    `.opinion-map{${COLOURS.map(([name, light, dark]) => `--${name}:${pick(light, dark)}`).join(';')}}`;
  const groups = Array.from({ length: HUES }, (_, hue) => `.opinion-map .c${hue}{--c:var(--g${hue})}`).join(
    '',
  );
  return [
    ':root{color-scheme:light dark}',
    sheet((light, dark) => `light-dark(${light},${dark})`),
    `@supports not (color:light-dark(#000,#fff)){${sheet((light) => light)}}`,
    groups,
    '.opinion-map text{font-family:"Folk Text","Atkinson Hyperlegible",Verdana,sans-serif;fill:var(--ink)}',
    '.opinion-map .ground{fill:var(--surface)}',
    '.opinion-map .note{font-size:16px;fill:var(--ink-2)}',
    '.opinion-map .name{font:600 30px "Folk Display",Clarendon,"Bookman Old Style",Georgia,serif}',
    '.opinion-map .count{font-size:17px}',
    '.opinion-map .label{paint-order:stroke;stroke:var(--surface);stroke-width:6px;stroke-linejoin:round}',
    '.opinion-map .hull{fill:var(--c);fill-opacity:.07;stroke:var(--c);stroke-width:2;stroke-linejoin:round}',
    '.opinion-map .people{fill:var(--c);stroke:none}.opinion-map .s{stroke:var(--c);stroke-linecap:round}',
  ].join('');
}

function fit(points: readonly Point[]): Scale {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right] = [least(xs), -least(xs.map((x) => -x))];
  const [low, high] = [least(ys), -least(ys.map((y) => -y))];
  const unit = Math.min(
    (WIDTH - 2 * MARGIN) / Math.max(right - left, 1e-9),
    (HEIGHT - FOOT - 2 * MARGIN) / Math.max(high - low, 1e-9),
  );
  return {
    x: (value) => WIDTH / 2 + (value - (left + right) / 2) * unit,
    y: (value) => (HEIGHT - FOOT) / 2 - (value - (low + high) / 2) * unit,
    size: points.length <= 60 ? 24 : points.length <= 300 ? 18 : points.length <= 1_500 ? 13 : 9,
  };
}

/** Smallest of a list of any length; 0 of none. */
function least(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((low, value) => Math.min(low, value));
}

const snap = (value: number, grid: number): number => Number((Math.round(value / grid) * grid).toFixed(1));

function outline(points: readonly Point[], number: number, size: number): string {
  const hull = convexHull(points);
  const dash = DASHES[number % DASHES.length]!;
  const padded = hull.flatMap(([x, y]) =>
    Array.from({ length: 8 }, (_, at): Point => {
      const angle = (at * Math.PI) / 4;
      return [x + size * Math.cos(angle), y + size * Math.sin(angle)];
    }),
  );
  const path = convexHull(padded).map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  return `<path class="hull c${number % HUES}" stroke-dasharray="${dash}" d="M${path.join('L')}z"/>`;
}

function figures(points: readonly Point[], number: number, size: number): string {
  const head = HEADS[number % HEADS.length]!;
  const id = `opinion-head-${number}`;
  const r = (size * 0.2).toFixed(2);
  const bodies = points.map(([x, y]) => `M${x} ${y}v${(size * 0.42).toFixed(1)}`).join('');
  const heads = points.map(([x, y]) => `<use href="#${id}" x="${x}" y="${(y - size * 0.38).toFixed(1)}"/>`);
  return [
    `<g class="people c${number % HUES}"><defs><path id="${id}" transform="scale(${r})" d="${head}"/></defs>`,
    `<path class="s" stroke-width="${(size * 0.18).toFixed(2)}" d="${bodies}"/>`,
    ...heads,
    '</g>',
  ].join('');
}

/** The name of a group, over its figures or, in the lower half, under them: outwards, where there is room. */
function label(points: readonly Point[], group: GroupRow, disclosure: Disclosure, size: number): string {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const ys = points.map(([, y]) => y);
  const under = mean(ys) > (HEIGHT - FOOT) / 2 + 1;
  const y = under ? -least(ys.map((one) => -one)) + size + 30 : least(ys) - size - 14;
  const x = Math.min(WIDTH - 120, Math.max(120, mean(points.map(([one]) => one))));
  const people = group.size === 1 ? 'person' : 'people';
  const count = `${disclosure.open ? 'about ' : ''}${disclosure.count(group.size)} ${people}`;
  return `<text class="label" x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="middle"><tspan class="name">${escapeText(group.label)}</tspan><tspan class="count" dx="8">${count}</tspan></text>`;
}
