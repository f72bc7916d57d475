/**
 * The home page: what is happening now, in the whole town and in each ward. Everything here is for everybody, and
 * counted; a breakdown by ward is of this morning and goes through `disclose`.
 */
import { contracts } from '@folkmoot/core/contracts';
import type { FastifyInstance } from 'fastify';
import { shareable } from '../kit/caching.ts';
import { notFound } from '../kit/errors.ts';
import { serve } from '../kit/serve.ts';
import type { Area, Places } from '../places/index.ts';
import { nowOf, openIn } from './now.ts';
import { readSnapshot, takeSnapshot } from './snapshot.ts';

const brief = ({ id, code, slug, name }: Area) => ({ id, code, slug, name });

/** Mounts the pages' endpoints and the morning's job; where there is no snapshot yet, the first is taken at the start. */
export function mountHome(app: FastifyInstance, places: Places): void {
  const { house } = app;
  const now = nowOf(house);
  const wards = () => places.atlas().wards();
  const snapshot = () =>
    takeSnapshot(
      house,
      wards().map(({ id }) => id),
    );
  house.jobs.add({ name: 'snapshot_wards', every: '10 4 * * *', work: snapshot });

  serve(app, contracts.readTown, async ({ request, reply }) => {
    shareable(request, reply);
    return now.read(null);
  });

  serve(app, contracts.readWardNow, async ({ params, request, reply }) => {
    const ward = wards().find(({ slug }) => slug === params.slug);
    if (!ward) throw notFound();
    shareable(request, reply);
    return { ...(await now.read(ward.id)), ward: brief(ward) };
  });

  serve(app, contracts.listWardsNow, async ({ request, reply }) => {
    shareable(request, reply);
    const [morning, open] = await Promise.all([now.snapshot(), now.open()]);
    const took = new Map((morning?.wards ?? []).map((one) => [one.ward, one.tookPart]));
    return {
      asOf: morning?.asOf ?? null,
      wards: wards().map((ward) => {
        const { all } = openIn(open, ward.id);
        const perThousand = ward.population ? Math.round((all / ward.population) * 10_000) / 10 : null;
        return {
          ...brief(ward),
          population: ward.population,
          open: all,
          perThousand,
          tookPart: took.get(ward.id) ?? null,
        };
      }),
    };
  });

  app.addHook('onReady', async () => {
    if ((await readSnapshot(house)) === null) await snapshot();
  });
}
