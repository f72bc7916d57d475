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
export type Drawn = { height: number; wards: DrawnWard[] };

// the place is read anew when its boundaries change: another object, another drawing
const kept = new WeakMap<object, Promise<Drawn>>();

async function draw(event: RequestEvent): Promise<Drawn> {
  const wards = await api(event).get('listWards', { query: { shapes: '1' } });
  const map = drawAreas(
    wards.map(({ shape }) => ({ type: 'MultiPolygon' as const, coordinates: shape ?? [] })),
    WIDTH,
  );
  const shapes = map.drawn.map(({ path }) => path).join();
  const version = createHash('sha1').update(shapes).digest('base64url').slice(0, 8);
  return {
    height: map.height,
    wards: wards.map(({ shape: _, ...ward }, i) => ({
      ...ward,
      ...map.drawn[i]!,
      href: `/places/wards.svg?v=${version}#w-${ward.code}`,
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
