/**
 * The drawn base map, made ready for painting: every line and ring in world units (0 to 1 from west to east and
 * from north to south, Web Mercator), with the box it lies in. Pure.
 */
export type BaseProperties = {
  layer: string;
  /** Roads and bridges: main, street, lane, path. Labels: ward, park, place, river. Trees: wood, park. */
  class?: string;
  name?: string;
  nameCy?: string;
  minZoom?: number;
  /** Ward edges: the codes of the wards on either side. */
  wards?: string[];
};
type Positions = number[] | number[][] | number[][][] | number[][][][];
export type BaseFeature = { properties: BaseProperties; geometry: { type: string; coordinates: Positions } };
export type BaseMap = { features: BaseFeature[] };

export type Part = {
  properties: BaseProperties;
  /** x, y, x, y … */
  line: Float64Array;
  box: [west: number, north: number, east: number, south: number];
};

export const worldX = (lon: number) => lon / 360 + 0.5;
export const worldY = (lat: number) => {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};

/** Every run of positions, however deep the geometry keeps it. */
function runs(coordinates: Positions): number[][][] {
  if (typeof coordinates[0] === 'number') return [[coordinates as number[]]];
  if (typeof (coordinates as number[][])[0]?.[0] === 'number') return [coordinates as number[][]];
  return (coordinates as number[][][]).flatMap((deeper) => runs(deeper));
}

function part(properties: BaseProperties, positions: number[][]): Part {
  const line = new Float64Array(positions.length * 2);
  const box: Part['box'] = [1, 1, 0, 0];
  positions.forEach(([lon, lat], i) => {
    const [x, y] = [worldX(lon!), worldY(lat!)];
    line[i * 2] = x;
    line[i * 2 + 1] = y;
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  });
  return { properties, line, box };
}

export function readBase(map: BaseMap): Part[] {
  return map.features.flatMap(({ properties, geometry }) => {
    const points = geometry.type.endsWith('Point');
    return runs(geometry.coordinates).flatMap((run) =>
      points ? run.map((position) => part(properties, [position])) : [part(properties, run)],
    );
  });
}

/** A window on the world, in pixels: what the painter sees. */
export type View = { left: number; top: number; width: number; height: number; zoom: number; scale: number };

export function visible(parts: Part[], view: View, margin = 40): Part[] {
  const [west, north] = [(view.left - margin) / view.scale, (view.top - margin) / view.scale];
  const east = west + (view.width + 2 * margin) / view.scale;
  const south = north + (view.height + 2 * margin) / view.scale;
  return parts.filter(
    ({ box, properties }) =>
      (properties.minZoom ?? 0) <= view.zoom &&
      box[0] <= east &&
      box[2] >= west &&
      box[1] <= south &&
      box[3] >= north,
  );
}

/** A part's points in pixels of the view, x, y, x, y … */
export function pixels(part: Part, view: View): Float64Array {
  const out = new Float64Array(part.line.length);
  for (let i = 0; i < out.length; i += 2) {
    out[i] = part.line[i]! * view.scale - view.left;
    out[i + 1] = part.line[i + 1]! * view.scale - view.top;
  }
  return out;
}

/** Pixels that a metre of ground takes in the middle of the view. */
export function perMetre(view: View): number {
  const y = (view.top + view.height / 2) / view.scale;
  const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * y)));
  return view.scale / (40_075_017 * Math.cos(lat));
}
