/** Reading petitions: what everybody may see, the same for everybody, kept for a second. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import { visitor } from '@folkmoot/core/kit/policy';
import type { PetitionPage } from '@folkmoot/core/petitions/contract';
import { petitionDays } from '@folkmoot/db/schema/signatures';
import { asc, eq } from 'drizzle-orm';
import { shareable } from '../kit/caching.ts';
import { notFound, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { serve } from '../kit/serve.ts';
import { sharedFor } from '../kit/shared.ts';
import { findPetition, isSupporterKey, type Petition, subjectOf } from './facts.ts';
import { listsOf } from './lists.ts';
import { pagesOf } from './page.ts';
import { similarPetitions } from './similar.ts';

/** What was taken away for good says so, and keeps its reason. */
const gone = (petition: Petition | null): void => {
  if (petition?.removedAt) throw new Refused('removed', 410, null, petition.removedReason);
};

/** A petition that everybody may see, by its number; null where there is none. */
export async function publicPetition({ db }: Pick<House, 'db'>, id: number): Promise<Petition | null> {
  const petition = await findPetition(db, id);
  return petition && !petition.removedAt && petitionPolicy.seePetition(visitor, subjectOf(petition))
    ? petition
    : null;
}

/** a page in memory is up to a second and a half old: what it is made from must be younger than the rest of two */
const SHARED_MS = 400;

export function mountReading(app: FastifyInstance): void {
  const { house } = app;
  const lists = listsOf(house);
  const pageOf = pagesOf(house);
  const shared = sharedFor<PetitionPage>(SHARED_MS);

  serve(app, contracts.listPetitions, async ({ query, request, reply }) => {
    shareable(request, reply);
    const [list, counts, signedLately] = await Promise.all([
      lists.read(query),
      lists.counts(query),
      lists.signedLately(),
    ]);
    return { ...list, counts, signedLately };
  });

  serve(app, contracts.readPetition, async ({ params, query, actor, request, reply }) => {
    const petition = await findPetition(house.db, params.petition);
    gone(petition);
    const withKey = isSupporterKey(house, params.petition, query.key);
    if (!petition || !petitionPolicy.seePetition(actor, subjectOf(petition, withKey))) throw notFound();
    if (!petitionPolicy.seePetition(visitor, subjectOf(petition))) {
      void reply.header('cache-control', 'no-store');
      return pageOf(petition);
    }
    shareable(request, reply);
    // what was decided is seen at once; only the count may be a second old
    return shared(`${petition.id} ${petition.updatedAt.getTime()}`, () => pageOf(petition));
  });

  serve(app, contracts.readPetitionDays, async ({ params, request, reply }) => {
    const petition = await publicPetition(house, params.petition);
    if (!petition) throw notFound();
    shareable(request, reply);
    const days = await house.db
      .select({
        day: petitionDays.day,
        confirmed: petitionDays.confirmed,
        invalidated: petitionDays.invalidated,
      })
      .from(petitionDays)
      .where(eq(petitionDays.petitionId, petition.id))
      .orderBy(asc(petitionDays.day))
      .limit(1_000);
    return { days };
  });

  serve(app, contracts.listSimilarPetitions, async ({ query, request, reply }) => {
    shareable(request, reply);
    return similarPetitions(house.db, query.q, query.not ?? null);
  });
}
