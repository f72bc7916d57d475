/**
 * The wards of the place, drawn once until they change. Pages take the shapes by reference from one file that the
 * browser keeps (`<use href="/places/wards.svg#w-AB01">`), so a map of wards costs a page a line a ward.
 */
import { createHash } from 'node:crypto';
import { drawAreas } from '@folkmoot/ui/ward-map';
import type { RequestEvent } from '@sveltejs/kit';
import { api } from '#lib/server/api.ts';

export const WIDTH = 1000;

type Words = { en: string; cy?: string | undefined };
export type DrawnWard = {
  id: string;
  code: string;
  slug: string;
  name: Words;
  population: number | null;
  /** where its words stand */
  x: number;
  y: number;
  path: string;
  href: string;
};
export type Drawn = { height: number; wards: DrawnWard[]; water: { path: string; href: string } | null };

// the place is read anew when its boundaries change: another object, another drawing
const kept = new WeakMap<object, Promise<Drawn>>();

async function draw(event: RequestEvent): Promise<Drawn> {
  const [wards, water] = await Promise.all([
    api(event).get('listWards', { query: { shapes: '1' } }),
    api(event).get('readWater', {}),
  ]);
  const map = drawAreas(
    wards.map(({ shape }) => ({ type: 'MultiPolygon' as const, coordinates: shape ?? [] })),
    WIDTH,
    water.map((ring) => ({ type: 'Polygon' as const, coordinates: [ring] })),
  );
  const shapes = [...map.drawn.map(({ path }) => path), map.over].join();
  const version = createHash('sha1').update(shapes).digest('base64url').slice(0, 8);
  const file = `/places/wards.svg?v=${version}`;
  return {
    height: map.height,
    water: map.over ? { path: map.over, href: `${file}#water` } : null,
    wards: wards.map(({ shape: _, ...ward }, i) => ({
      ...ward,
      ...map.drawn[i]!,
      href: `${file}#w-${ward.code}`,
    })),
  };
}

export function wardsDrawn(event: RequestEvent): Promise<Drawn> {
  const { place } = event.locals;
  const known = kept.get(place);
  if (known) return known;
  const drawing = draw(event);
  kept.set(place, drawing);
  drawing.catch(() => kept.delete(place));
  return drawing;
}
