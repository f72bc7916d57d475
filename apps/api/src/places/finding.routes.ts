/** Finding one's place with words: the one box, the streets and their junctions, a ward, a drawn map. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { shareable } from '../kit/caching.ts';
import { notFound } from '../kit/errors.ts';
import { serve } from '../kit/serve.ts';
import { cropsOf } from './crops.ts';
import { findPlaces, type ReportByNumber } from './finding.ts';
import type { Places } from './index.ts';
import { councillorsOf, streetById, streetLines, streetPage } from './store.ts';
import { StreetIndex } from './streets.ts';

const STREETS = 30;
const MOST_PAGES = 100;

/** The index of junctions, made when first asked for and again when the place was read anew. */
function junctionsIn(app: FastifyInstance, places: Places): () => Promise<StreetIndex> {
  let made: { for: unknown; index: Promise<StreetIndex> } | null = null;
  return () => {
    if (made?.for !== places.atlas())
      made = { for: places.atlas(), index: streetLines(app.house.db).then((rows) => new StreetIndex(rows)) };
    made.index.catch(() => (made = null));
    return made.index;
  };
}

export function mountFinding(app: FastifyInstance, places: Places, report: ReportByNumber): void {
  const { house } = app;
  const streets = junctionsIn(app, places);
  const crops = cropsOf(house.files, places);

  serve(app, contracts.findPlaces, async ({ query }) =>
    findPlaces(query.q, { db: house.db, places, report, lang: query.lang }),
  );

  serve(app, contracts.listStreets, async ({ query }) => {
    const { rows, total } = query.street
      ? { rows: await streetById(house.db, query.street), total: 1 }
      : await streetPage(house.db, query.q, query.page, STREETS);
    const index = await streets();
    const items = rows.map(({ wardId, ...street }) => ({
      ...street,
      ward: places.atlas().byId.get(wardId ?? '')?.name ?? null,
      junctions: index.junctionsOf(street.id),
    }));
    return { items, pages: Math.min(MOST_PAGES, Math.ceil(total / STREETS)) };
  });

  serve(app, contracts.readWard, async ({ params }) => {
    const ward = places
      .atlas()
      .wards()
      .find((one) => one.slug === params.slug);
    if (!ward) throw notFound();
    const { id, code, slug, name, population, bounds } = ward;
    const [west, south, east, north] = bounds;
    const centre = { lon: (west + east) / 2, lat: (south + north) / 2 };
    return {
      id,
      code,
      slug,
      name,
      population,
      bounds,
      centre,
      councillors: await councillorsOf(house.db, id),
    };
  });

  serve(app, contracts.drawCrop, async ({ query, request, reply }) => {
    shareable(request, reply);
    const { width, height, ...rest } = query;
    const svg = await crops.draw({ ...rest, widthPx: width, heightPx: height });
    if (!svg) throw notFound();
    return { svg };
  });

  serve(app, contracts.readWater, ({ request, reply }) => {
    shareable(request, reply);
    return crops.water();
  });
}
