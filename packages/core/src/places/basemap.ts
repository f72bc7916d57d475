// The base map of a place, drawn as a still picture: a page without JavaScript shows it as it stands.
// The council's own drawn map comes as GeoJSON; this file turns a part of it into SVG whose colours are
// the look's custom properties, so that one picture serves day and night. Imports nothing but its lettering.

import { broken, Lettering } from './drawing/lettering.ts';
import { BLEED, clipLine, clipRing, pathData, px } from './drawing/lines.ts';
import type { Layer } from './drawing/paint.ts';
import { drawGround, drawOver, drawRoads, INKS, LETTERS, ROADS } from './drawing/paint.ts';

type Position = [number, number];

// prettier-ignore
export const BASE_LAYERS = [
  'land', 'hedge', 'site', 'field', 'park', 'wood', 'tree', 'water', 'water-line', 'current', 'weir', 'isle',
  'building', 'bridge', 'road', 'rail', 'landmark', 'ward-edge', 'label',
] as const;
export type BaseLayer = (typeof BASE_LAYERS)[number];

export interface BaseProperties {
  layer: BaseLayer;
  /** Roads and bridges: main, street, lane, path. Labels: ward, park, place, river. Trees: wood or park. */
  class?: string;
  name?: string;
  nameCy?: string;
  /** Not drawn below this zoom. */
  minZoom?: number;
  /** Ward edges: the codes of the one or two wards they bound. */
  wards?: string[];
}

export interface BaseFeature {
  type: 'Feature';
  properties: BaseProperties;
  geometry:
    | { type: 'Point'; coordinates: Position }
    | { type: 'MultiPoint' | 'LineString'; coordinates: Position[] }
    | { type: 'MultiLineString' | 'Polygon'; coordinates: Position[][] }
    | { type: 'MultiPolygon'; coordinates: Position[][][] };
}

/** GeoJSON, WGS84 degrees, `[lon, lat]`; rings are outer rings only. */
export interface BaseMap {
  type: 'FeatureCollection';
  features: BaseFeature[];
}

const COARSE: ReadonlySet<BaseLayer> = new Set<BaseLayer>([
  'land',
  'park',
  'wood',
  'water',
  'water-line',
  'bridge',
  'road',
  'rail',
  'ward-edge',
  'label',
]);

/** A small map for the first paint and for views from far: no houses, trees, lanes or paths. */
export const overviewOf = ({ features }: BaseMap): BaseMap => ({
  type: 'FeatureCollection',
  features: features.filter(
    ({ properties: { layer, class: kind } }) =>
      COARSE.has(layer) &&
      !(layer === 'road' && (kind === 'lane' || kind === 'path')) &&
      !(layer === 'label' && kind === 'place'),
  ),
});

export interface Crop {
  /** The middle of the picture, WGS84 degrees. */
  lon: number;
  lat: number;
  widthPx: number;
  heightPx: number;
  /** Web map zoom, 11 to 19; need not be whole. */
  zoom: number;
  /** Names on the map; yes unless told. */
  labels?: boolean;
  /** Which of two names is written; English unless told. */
  lang?: 'en' | 'cy';
  /** Code of the ward whose edge is solid. */
  ward?: string;
  /** Needed when a page has two pictures: the labels' curves are found by id. */
  id?: string;
  /** Text alternative; without it the picture is hidden from assistive technology. */
  title?: string;
}

interface Part {
  properties: BaseProperties;
  area: boolean;
  /** x, y, x, y … in world units: 0 to 1 from west to east and from north to south. */
  line: Float64Array;
  west: number;
  north: number;
  east: number;
  south: number;
}

export interface BaseMapIndex {
  parts: Part[];
  /** Numbers of parts by grid square. */
  cells: Map<number, number[]>;
}

/** Squares of the index: 2^-17 of the world, about 190 m in Britain. */
const SQUARES = 2 ** 17;

const worldX = (lon: number) => lon / 360 + 0.5;
/** The web map ends here: at the pole itself its y is endless, and so would be the drawing. */
const LAST_LAT = 85.0511;
const worldY = (lat: number) => {
  const sine = Math.sin((Math.max(-LAST_LAT, Math.min(LAST_LAT, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};

function linesOf({ geometry }: BaseFeature): Position[][] {
  switch (geometry.type) {
    case 'Point':
      return [[geometry.coordinates]];
    case 'MultiPoint':
      return geometry.coordinates.map((p) => [p]);
    case 'LineString':
      return [geometry.coordinates];
    case 'MultiPolygon':
      return geometry.coordinates.flat();
    default:
      return geometry.coordinates;
  }
}

function partOf(properties: BaseProperties, area: boolean, positions: Position[]): Part {
  const line = new Float64Array(positions.length * 2);
  const part: Part = { properties, area, line, west: 1, north: 1, east: 0, south: 0 };
  positions.forEach(([lon, lat], i) => {
    const [x, y] = [worldX(lon), worldY(lat)];
    line[i * 2] = x;
    line[i * 2 + 1] = y;
    part.west = Math.min(part.west, x);
    part.east = Math.max(part.east, x);
    part.north = Math.min(part.north, y);
    part.south = Math.max(part.south, y);
  });
  return part;
}

/** Prepares a base map for `cropSvg`; once per map (some 30 ms for a town of 60,000). */
export function indexBaseMap(map: BaseMap): BaseMapIndex {
  const index: BaseMapIndex = { parts: [], cells: new Map() };
  for (const feature of map.features) {
    const area = feature.geometry.type.endsWith('Polygon');
    for (const positions of linesOf(feature)) {
      const part = partOf(feature.properties, area, positions);
      const number = index.parts.push(part) - 1;
      for (let column = Math.floor(part.west * SQUARES); column <= part.east * SQUARES; column++) {
        for (let row = Math.floor(part.north * SQUARES); row <= part.south * SQUARES; row++) {
          const key = column * SQUARES + row;
          const list = index.cells.get(key);
          if (list) list.push(number);
          else index.cells.set(key, [number]);
        }
      }
    }
  }
  return index;
}

/** The picture's window on the world, and pixels to the world's width. */
class View {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly zoom: number;

  constructor({ lon, lat, widthPx, heightPx, zoom }: Crop) {
    this.zoom = zoom;
    this.scale = 256 * 2 ** zoom;
    this.width = widthPx;
    this.height = heightPx;
    this.left = worldX(lon) * this.scale - widthPx / 2;
    this.top = worldY(lat) * this.scale - heightPx / 2;
  }

  /** Pixels of real ground a metre takes here. */
  perMetre(lat: number): number {
    return this.scale / (40_075_017 * Math.cos((lat * Math.PI) / 180));
  }

  points({ line }: Part): Position[] {
    const out: Position[] = [];
    for (let i = 0; i < line.length; i += 2) {
      out.push([line[i]! * this.scale - this.left, line[i + 1]! * this.scale - this.top]);
    }
    return out;
  }

  parts(index: BaseMapIndex, margin: number): Part[] {
    const [west, north] = [(this.left - margin) / this.scale, (this.top - margin) / this.scale];
    const [east, south] = [
      west + (this.width + 2 * margin) / this.scale,
      north + (this.height + 2 * margin) / this.scale,
    ];
    const found = new Set<number>();
    for (let column = Math.floor(west * SQUARES); column <= east * SQUARES; column++) {
      for (let row = Math.floor(north * SQUARES); row <= south * SQUARES; row++) {
        for (const number of index.cells.get(column * SQUARES + row) ?? []) found.add(number);
      }
    }
    return [...found]
      .sort((a, b) => a - b)
      .map((number) => index.parts[number]!)
      .filter((part) => part.west <= east && part.east >= west && part.north <= south && part.south >= north);
  }
}

/** Where a place lies in the picture, in pixels from its left and top: for pins laid over it. */
export function pixelInCrop(crop: Crop, place: { lon: number; lat: number }): { x: number; y: number } {
  const view = new View(crop);
  return { x: worldX(place.lon) * view.scale - view.left, y: worldY(place.lat) * view.scale - view.top };
}

/** What is seen, as path data by layer and class. */
class Sheet {
  readonly paths = new Map<string, string>();
  readonly roads: { name: string; class: string; line: Position[] }[] = [];
  readonly labels: { properties: BaseProperties; at: Position }[] = [];
  readonly rivers: { name: string; line: Position[] }[] = [];

  constructor(view: View, parts: Part[], crop: Crop) {
    for (const part of parts) {
      const { properties } = part;
      if ((properties.minZoom ?? 0) > view.zoom) continue;
      const points = view.points(part);
      const label = nameIn(properties, crop.lang);
      if (properties.layer === 'label') {
        if (points.length > 1) this.rivers.push({ name: label, line: points });
        else this.labels.push({ properties, at: points[0]! });
        continue;
      }
      this.add(this.key(properties, crop), this.draw(points, part, view));
      if (properties.layer === 'road' && label) {
        this.roads.push({ name: label, class: properties.class ?? 'street', line: points });
      }
    }
  }

  private key({ layer, class: kind, wards }: BaseProperties, crop: Crop): string {
    if (layer === 'ward-edge') return crop.ward && wards?.includes(crop.ward) ? 'ward-edge mine' : layer;
    return layer === 'road' || layer === 'bridge' || layer === 'tree' ? `${layer} ${kind}` : layer;
  }

  private draw(points: Position[], part: Part, { width, height }: View): string {
    if (points.length === 1) return `${pathData(points, false)}h0`;
    if (!part.area)
      return clipLine(points, width, height, BLEED)
        .map((run) => pathData(run, false))
        .join('');
    const ring = part.properties.layer === 'building' ? points : clipRing(points, width, height);
    return ring.length > 2 ? pathData(ring, true) : '';
  }

  private add(key: string, data: string): void {
    if (data) this.paths.set(key, (this.paths.get(key) ?? '') + data);
  }

  path(key: string, attributes: string): string {
    const data = this.paths.get(key);
    return data ? `<path ${attributes} d="${data}"/>` : '';
  }
}

const nameIn = ({ name, nameCy }: BaseProperties, lang?: 'en' | 'cy') =>
  (lang === 'cy' && nameCy) || name || '';

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** All names that find room: wards, the river, places and parks, then streets from the widest down. */
function drawLabels(sheet: Sheet, view: View, crop: Crop): string {
  const lettering = new Lettering(view.width, view.height);
  const id = crop.id ?? 'map';
  let count = 0;
  const level = (kind: string) =>
    sheet.labels
      .filter(({ properties }) => properties.class === kind)
      .map(({ properties, at: [x, y] }) => {
        const lines =
          kind === 'ward' ? [nameIn(properties, crop.lang)] : broken(nameIn(properties, crop.lang));
        const size = kind === 'ward' ? 20 : 13;
        const below = kind === 'place' ? 9 + lines.length * 4 : 0;
        if (!lettering.level([x, y + below], lines, size)) return '';
        const first = y + below - ((lines.length - 1) / 2) * size * 1.15 + size * 0.34;
        const rows = lines.map(
          (line, i) => `<tspan x="${px(x)}" y="${px(first + i * size * 1.15)}">${escaped(line)}</tspan>`,
        );
        return `<text ${INKS[kind]}>${rows.join('')}</text>`;
      })
      .join('');
  const curved = (kind: 'river' | 'street', name: string, line: Position[], apart: number) => {
    const size = kind === 'river' ? 17 : 12.5;
    const runs = clipLine(line, view.width, view.height, -8).sort((a, b) => b.length - a.length);
    for (const run of runs) {
      const found = lettering.along(run, name, size, apart);
      if (!found) continue;
      const ref = `${id}-n${count++}`;
      return `<path id="${ref}" fill="none" d="${pathData(found, false)}"/><text ${INKS[kind]} dy=".34em"><textPath href="#${ref}" startOffset="50%">${escaped(name)}</textPath></text>`;
    }
    return '';
  };
  const wards = view.zoom < 16.6 ? level('ward') : '';
  const rivers = sheet.rivers.map(({ name, line }) => curved('river', name, line, 560)).join('');
  const rest = ['place', 'park'].map(level).join('');
  const streets = sheet.roads
    .sort((a, b) => ROADS.indexOf(b.class as 'main') - ROADS.indexOf(a.class as 'main'))
    .map(({ name, line }) => curved('street', name, line, Infinity))
    .join('');
  return `<g font-family="var(--face-text)" text-rendering="geometricPrecision" ${LETTERS}>${streets}${rest}${rivers}${wards}</g>`;
}

/**
 * A still map as one `<svg>` string without script or style rules: 1 to 4 ms and 7 to 36 kB for a
 * picture of 760 by 570 at zoom 16.5 to 17.5, 20 ms and 200 kB for 1200 by 900 at zoom 15. Pixels are CSS pixels; colours are var(--land), var(--park),
 * var(--water), var(--road) and the other map roles of the look. Pure.
 */
export function cropSvg(index: BaseMapIndex, crop: Crop): string {
  const view = new View(crop);
  const metre = view.perMetre(crop.lat);
  const sheet = new Sheet(view, view.parts(index, BLEED), crop);
  const layer: Layer = (key, attributes) => sheet.path(key, attributes);
  const says = crop.title ? `role="img" aria-label="${escaped(crop.title)}"` : 'aria-hidden="true"';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="basemap" viewBox="0 0 ${px(crop.widthPx)} ${px(crop.heightPx)}" preserveAspectRatio="xMidYMid slice" ${says} focusable="false">` +
    `<rect fill="var(--land)" width="${px(crop.widthPx)}" height="${px(crop.heightPx)}"/>` +
    drawGround(layer, metre) +
    layer('building', 'fill="var(--roof)"') +
    drawRoads(layer, view.zoom, metre) +
    drawOver(layer, metre) +
    (crop.labels === false ? '' : drawLabels(sheet, view, crop)) +
    '</svg>'
  );
}
