// Anybridge, the demo town: a river town of sixty thousand people that does not exist, near the Welsh
// border. Everything here is invented, and the same every time.

import { areaOf, lengthOf, simplify } from './geometry.ts';
import type { Line } from './geometry.ts';
import { junctionsOf, placesOf } from './places.ts';
import { plan } from './plan.ts';
import { postcodesOf } from './postcodes.ts';
import { CENTRE, toLonLat, toMetres } from './projection.ts';
import type { MultiPolygon, Position, Street, Town } from './types.ts';

export type * from './types.ts';

/** A ring in metres to a closed ring in degrees, counter-clockwise as RFC 7946 asks. */
function polygon(ring: Line): MultiPolygon {
  const turned = areaOf(ring) > 0 ? [...ring].reverse() : ring;
  const open = turned.map(toLonLat);
  return { type: 'MultiPolygon', coordinates: [[[...open, open[0]!]]] };
}

/** The town as plain data. Deterministic; about a third of a second. */
export function town(): Town {
  const drawn = plan();
  const borough = polygon(drawn.borough);
  const rim = borough.coordinates[0]![0]!;
  const [lons, lats] = [rim.map((p) => p[0]), rim.map((p) => p[1])];
  return {
    name: { en: 'Anybridge', cy: 'Pontany' },
    bounds: [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)],
    centre: CENTRE,
    population: drawn.wards.reduce((sum, ward) => sum + ward.population, 0),
    borough,
    wards: drawn.wards.map(({ code, name, population, ring, label }) => {
      const [lon, lat] = toLonLat(label);
      return { code, name, population, geometry: polygon(ring), label: { lon, lat } };
    }),
    streets: drawn.streets.map(({ id, name, class: kind, lines, wards }) => ({
      id,
      name,
      class: kind,
      lines: lines.map((line) => simplify(line, 0.6).map(toLonLat)),
      wards,
      length: Math.round(lines.reduce((sum, line) => sum + lengthOf(line), 0)),
    })),
    postcodes: postcodesOf(drawn),
    places: placesOf(drawn),
    junctions: junctionsOf(drawn),
  };
}

/** The place at a share `t` (0 to 1) of the street's length, `[lon, lat]`. */
export function pointOnStreet(street: Pick<Street, 'lines'>, t: number): Position {
  const lines = street.lines.map((line) => line.map(toMetres));
  let left = Math.max(0, Math.min(1, t)) * lines.reduce((sum, line) => sum + lengthOf(line), 0);
  for (const line of lines) {
    const length = lengthOf(line);
    if (left <= length) return pointAlong(line, left);
    left -= length;
  }
  const last = street.lines[street.lines.length - 1]!;
  return last[last.length - 1]!;
}

function pointAlong(line: Line, metres: number): Position {
  let left = metres;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (left <= length && length > 0) {
      return toLonLat([a[0] + ((b[0] - a[0]) * left) / length, a[1] + ((b[1] - a[1]) * left) / length]);
    }
    left -= length;
  }
  return toLonLat(line[line.length - 1]!);
}
