// Postcodes as a postman would give them out: ward by ward, street by street, one for every few houses.

import { along, lengthOf } from './geometry.ts';
import type { Line, Point } from './geometry.ts';
import { outness } from './land.ts';
import type { Plan } from './plan.ts';
import { toLonLat } from './projection.ts';
import type { Postcode } from './types.ts';

/** AY is no real postcode area, so no demo address can be somebody's own. */
const SECTORS: Record<string, string> = {
  AB01: 'AY1 1', AB02: 'AY1 2', AB03: 'AY1 3', AB04: 'AY1 4', AB05: 'AY2 1', AB06: 'AY2 2',
  AB07: 'AY2 3', AB08: 'AY3 1', AB09: 'AY3 2', AB10: 'AY3 3', AB11: 'AY4 1', AB12: 'AY4 2',
}; // prettier-ignore

/** Royal Mail leaves out C, I, K, M, O and V at the end: they are misread by hand. */
const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';

const SPACING = 69;

/** Every so many metres along the line a place on the pavement, now left, now right. */
function doorsteps(line: Line): Point[] {
  const out: Point[] = [];
  const total = lengthOf(line);
  let side = 1;
  let d = Math.min(30, total / 2);
  while (d < total) {
    const { at, heading } = along(line, d);
    out.push([at[0] - Math.sin(heading) * 8 * side, at[1] + Math.cos(heading) * 8 * side]);
    side = -side;
    d += outness(at) > 1740 ? SPACING * 4 : SPACING;
  }
  return out;
}

export function postcodesOf({ streets, wardAt }: Plan): Postcode[] {
  const given = new Map<string, number>();
  const out: Postcode[] = [];
  for (const street of streets) {
    if (street.class === 'path') continue;
    for (const p of street.lines.flatMap(doorsteps)) {
      const ward = wardAt(p);
      if (!ward) continue;
      const n = given.get(ward) ?? 0;
      given.set(ward, n + 1);
      const [lon, lat] = toLonLat(p);
      const code = SECTORS[ward]! + LETTERS[Math.floor(n / LETTERS.length)]! + LETTERS[n % LETTERS.length]!;
      out.push({ code, lon, lat, ward, street: street.name });
    }
  }
  return out.sort((a, b) => a.code.localeCompare(b.code));
}
