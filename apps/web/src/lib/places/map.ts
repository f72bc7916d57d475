/** The place's map on a page, and what lies where somebody puts a pin. */
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import { placeEndpoints } from '@folkmoot/core/places/endpoints';
import { say } from '#lib/say.ts';

/** WGS84 degrees. */
export type Pin = { lon: number; lat: number };

/** What `Map` needs of a place: how far it may be moved, and what it is drawn on. */
export const mapOf = ({ bounds, map }: CallAnswer<Contracts['readPlace']>) => ({
  limits: bounds,
  base: map.kind === 'geojson' ? map.url : undefined,
  tiles:
    map.kind === 'tiles'
      ? { url: map.url, attribution: map.attribution ? say(map.attribution) : '', maxZoom: 18 }
      : undefined,
});

/** The street and the ward at a point; null without signal or where nothing is known of it. */
export async function readPoint({ lon, lat }: Pin): Promise<CallAnswer<Contracts['readPoint']> | null> {
  const query = new URLSearchParams({ lon: String(lon), lat: String(lat) });
  const answer = await fetch(`/api/v1${placeEndpoints.readPoint.path}?${query}`).catch(() => null);
  return answer?.ok ? ((await answer.json()) as CallAnswer<Contracts['readPoint']>) : null;
}

type Said = { outside: () => string; on: (street: string) => string; there: () => string };

/** Says where a pin is, for everybody and above all for who does not see it. */
export function pointWords(here: CallAnswer<Contracts['readPoint']>, { outside, on, there }: Said): string {
  if (!here.inside) return outside();
  const where = here.street ? on(here.street) : there();
  return here.ward ? `${where} ${say(here.ward.name)}.` : where;
}
