// The base map of Anybridge as GeoJSON, drawn here so that the demo needs no map server.

import {
  type BaseFeature,
  type BaseMap,
  type BaseProperties,
  overviewOf,
} from '@folkmoot/core/places/basemap';
import { LANDMARKS } from './landmarks.ts';
import { densify, hash, inside, runs, simplify, beside } from './geometry.ts';
import type { Line, Point } from './geometry.ts';
import { hedges } from './fields.ts';
import {
  ALL_GREENS,
  halfWidth,
  ISLE,
  LEAT,
  RAIL,
  RIVER,
  RIVER_RING,
  SITES,
  toLeat,
  toRiver,
  WEIR,
} from './land.ts';
import { plan } from './plan.ts';
import type { Plan } from './plan.ts';
import { roadGrid } from './roadside.ts';
import { toLonLat } from './projection.ts';
import { wardEdges } from './wards.ts';

const FRAME: Line = [
  [-2800, -2600],
  [8800, -2600],
  [8800, 7600],
  [-2800, 7600],
]; // prettier-ignore // prettier-ignore

const closed = (ring: Line): Point[] => {
  const open = ring.map(toLonLat);
  return [...open, open[0]!];
};
const area = (properties: BaseProperties, ring: Line): BaseFeature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates: [closed(ring)] },
});
const lines = (properties: BaseProperties, list: Line[]): BaseFeature => ({
  type: 'Feature',
  properties,
  geometry:
    list.length === 1
      ? { type: 'LineString', coordinates: list[0]!.map(toLonLat) }
      : { type: 'MultiLineString', coordinates: list.map((line) => line.map(toLonLat)) },
});
const label = (kind: string, at: Point, name: { en: string; cy: string }, minZoom: number): BaseFeature => ({
  type: 'Feature',
  properties: { layer: 'label', class: kind, name: name.en, nameCy: name.cy, minZoom },
  geometry: { type: 'Point', coordinates: toLonLat(at) },
});
const middle = (ring: Line): Point => [
  ring.reduce((sum, p) => sum + p[0], 0) / ring.length,
  ring.reduce((sum, p) => sum + p[1], 0) / ring.length,
];

/** Just under a building, where its name is read best. */
const foot = (ring: Line): Point => [middle(ring)[0], Math.max(...ring.map((p) => p[1])) + 4];

function greens(): BaseFeature[] {
  return [
    ...SITES.map(({ ring, kind, name }) =>
      area({ layer: 'site', class: kind, name: name.en, nameCy: name.cy, minZoom: 14 }, ring),
    ),
    ...ALL_GREENS.map(({ ring, kind, name }) =>
      area({ layer: kind, name: name.en, nameCy: name.cy }, simplify([...ring, ring[0]!], 0.7).slice(0, -1)),
    ),
  ];
}

/** Trees: close together in woods, strewn over parks, clear of paths. */
function trees({ streets }: Plan): BaseFeature[] {
  const roads = roadGrid(streets);
  return ALL_GREENS.filter(({ kind }) => kind !== 'field').map(({ ring, kind }) => {
    const gap = kind === 'wood' ? 27 : 38;
    const spots: Point[] = [];
    const box = [0, 1].map((axis) => [
      Math.min(...ring.map((p) => p[axis]!)),
      Math.max(...ring.map((p) => p[axis]!)),
    ]) as [Point, Point];
    for (let x = box[0][0]; x < box[0][1]; x += gap) {
      for (let y = box[1][0]; y < box[1][1]; y += gap) {
        const [column, row] = [Math.round(x), Math.round(y)];
        const p: Point = [
          x + (hash(column, row) - 0.5) * gap * 1.1,
          y + (hash(row, column + 9) - 0.5) * gap * 1.1,
        ];
        if (kind === 'park' && hash(column + 3, row + 5) > 0.36) continue;
        if (inside(p, ring) && toRiver(p) > 12 && !roads.nearest(p, 14)) spots.push(p);
      }
    }
    return {
      type: 'Feature',
      properties: { layer: 'tree', class: kind, minZoom: 14 },
      geometry: { type: 'MultiPoint', coordinates: spots.map(toLonLat) },
    };
  });
}

function waters(): BaseFeature[] {
  const current = (offset: number) =>
    simplify(
      beside(RIVER, (i) => offset * halfWidth(i)),
      1.5,
    );
  return [
    area({ layer: 'water', name: 'River Any', nameCy: 'Afon Any' }, simplify(RIVER_RING, 0.8)),
    lines({ layer: 'water-line', name: 'Mill Leat', nameCy: 'Ffrwd y Felin' }, [simplify(LEAT, 0.8)]),
    lines({ layer: 'current', minZoom: 14 }, [current(-0.6), current(0.56)]),
    lines({ layer: 'weir', name: 'The Weir', nameCy: 'Y Gored', minZoom: 14 }, [WEIR]),
    area({ layer: 'isle', minZoom: 14 }, simplify([...ISLE, ISLE[0]!], 0.8).slice(0, -1)),
  ];
}

/** Footprints, one feature for each square of 500 m, so that a page draws dozens of shapes, not thousands. */
function buildings(houses: Line[]): BaseFeature[] {
  const squares = new Map<string, Line[]>();
  for (const ring of houses) {
    const [x, y] = middle(ring);
    const key = `${Math.floor(y / 500)}:${Math.floor(x / 500)}`;
    const list = squares.get(key);
    if (list) list.push(ring);
    else squares.set(key, [ring]);
  }
  return [...squares].sort().map(([, rings]) => ({
    type: 'Feature',
    properties: { layer: 'building', minZoom: 15 },
    geometry: { type: 'MultiPolygon', coordinates: rings.map((ring) => [closed(ring)]) },
  }));
}

/** The parts of carriageways that cross water, with a step on to each bank. */
function bridges({ streets }: Plan): BaseFeature[] {
  return streets.flatMap(({ class: kind, line }) => {
    const spans = runs(densify(line, 6), (p) => toRiver(p) < 10 || toLeat(p) < 6);
    return spans.length && kind !== 'path'
      ? [
          lines(
            { layer: 'bridge', class: kind, minZoom: 13 },
            spans.map((span) => simplify(span, 0.6)),
          ),
        ]
      : [];
  });
}

const FIRST_SEEN = { main: 0, street: 13, lane: 14, path: 15 };

function roads({ streets }: Plan): BaseFeature[] {
  return streets.map(({ class: kind, line, name }) =>
    lines({ layer: 'road', class: kind, name, minZoom: FIRST_SEEN[kind] }, [simplify(line, 0.35)]),
  );
}

function edges(): BaseFeature[] {
  return wardEdges().map(({ wards, line }) =>
    lines({ layer: 'ward-edge', wards, minZoom: 12 }, [simplify(line, 0.8)]),
  );
}

/** Where the river's name may stand: off the bridges, on the side that no ward edge runs along. */
function riverNames(): Line[] {
  const side = beside(RIVER, (i) => 0.3 * halfWidth(i));
  const roads = roadGrid(plan().streets);
  return runs(densify(side, 20), (p) => !roads.nearest(p, 34))
    .filter((run) => run.length > 6)
    .map((run) => simplify(run, 1));
}

function labels({ wards }: Plan): BaseFeature[] {
  return [
    ...wards.map((ward) => label('ward', ward.label, ward.name, 13)),
    ...LANDMARKS.map(({ ring, name }) => label('place', foot(ring), name, 15.5)),
    ...SITES.map(({ ring, name }) => label('place', middle(ring), name, 15.5)),
    ...ALL_GREENS.map(({ ring, name, kind }) =>
      label('park', middle(ring), name, kind === 'field' ? 16 : 14.5),
    ),
    lines(
      { layer: 'label', class: 'river', name: 'River Any', nameCy: 'Afon Any', minZoom: 13 },
      riverNames(),
    ),
    lines({ layer: 'label', class: 'river', name: 'Mill Leat', nameCy: 'Ffrwd y Felin', minZoom: 16.5 }, [
      simplify(LEAT, 1),
    ]),
  ];
}

/** The whole base map, for zooms 13 to 18. */
export function baseMap(): BaseMap {
  const drawn = plan();
  return {
    type: 'FeatureCollection',
    features: [
      area({ layer: 'land' }, FRAME),
      lines({ layer: 'hedge', minZoom: 13 }, hedges([-1700, -1500, 7700, 6500])),
      ...greens(),
      ...trees(drawn),
      ...waters(),
      ...buildings(drawn.buildings),
      ...bridges(drawn),
      ...roads(drawn),
      lines({ layer: 'rail', name: 'Railway', nameCy: 'Rheilffordd' }, [simplify(RAIL, 1)]),
      ...LANDMARKS.map(({ ring, name, kind }) =>
        area({ layer: 'landmark', class: kind, name: name.en, nameCy: name.cy, minZoom: 14 }, ring),
      ),
      ...edges(),
      ...labels(drawn),
    ],
  };
}

/** A small base map for the first paint. */
export const overviewMap = (): BaseMap => overviewOf(baseMap());
