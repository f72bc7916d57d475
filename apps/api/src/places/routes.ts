import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { serve } from '../kit/serve.ts';
import { mountPlaceAdmin } from './admin.routes.ts';
import { mountCrest } from './crest.routes.ts';
import { mountIcons } from './icons.ts';
import type { Places } from './index.ts';

const round = (n: number): number => Math.round(n * 1e5) / 1e5;

export function mountPlaces(app: FastifyInstance, places: Places): void {
  mountPlaceAdmin(app, places);
  mountCrest(app, places);
  mountIcons(app, places);
  const { house } = app;
  // an import in any process: every process reads its atlas again
  house.hub.watch((events) => {
    if (events.some((event) => event.type === 'places.changed'))
      places.refresh().catch((error: unknown) => house.log.error({ err: error }, 'atlas'));
  });

  serve(app, contracts.readPlace, async () => {
    const { unread, settings: _, ...facts } = places.facts();
    const { demo } = house.settings;
    return { ...facts, demo, open: demo || unread.length === 0 };
  });

  serve(app, contracts.readPoint, async ({ query }) => {
    const here = places.at(query.lon, query.lat);
    const ward = here.ward
      ? { id: here.ward.id, code: here.ward.code, slug: here.ward.slug, name: here.ward.name }
      : null;
    const street = here.inside ? await places.nearestStreet(query.lon, query.lat) : null;
    return {
      inside: here.inside,
      ward,
      street,
      organisations: here.bodies.map(({ id, kind, name }) => ({ id, kind, name })),
    };
  });

  serve(app, contracts.listWards, async ({ query }) =>
    places
      .atlas()
      .wards()
      .map(({ id, code, slug, name, population, shape }) => ({
        id,
        code,
        slug,
        name,
        population,
        shape:
          query.shapes === '1'
            ? shape.map((polygon) =>
                polygon.map((ring) => ring.map(([x = 0, y = 0]) => [round(x), round(y)])),
              )
            : null,
      })),
  );
}
