/** The endpoints of integrity: the public panel, receipts, paper sheets, and taking false signatures away. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import type { InvalidReason } from '@folkmoot/core/petitions/plain';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import type { Queryable } from '@folkmoot/db/client';
import { people } from '@folkmoot/db/schema/people';
import { petitionInvalidations } from '@folkmoot/db/schema/signatures';
import { desc, eq } from 'drizzle-orm';
import { shareable } from '../kit/caching.ts';
import { notFound } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import type { Job } from '../kit/jobs.ts';
import { reveal } from '../kit/reveal.ts';
import { personOf, serve } from '../kit/serve.ts';
import { sharedFor } from '../kit/shared.ts';
import type { Rooms } from './counting.ts';
import { countsOf, findPetition, lockPetition, type Petition, subjectOf } from './facts.ts';
import { checkReceipt, readIntegrity } from './integrity.ts';
import {
  countFound,
  type Invalidation,
  runInvalidation,
  someFound,
  stateOf,
  turnInvalidation,
} from './invalidating.ts';
import { publicPetition } from './reading.routes.ts';
import { enterSheet, type SheetDesk, sheetsAs } from './sheets.ts';
import { pageOfTrees } from './trees.ts';

/** from so many signatures on the panel is counted once a minute: it reads them all */
const HEAVY = 20_000;
const PANEL_MS = 60_000;

function reading(app: FastifyInstance): void {
  const { house } = app;
  const panels = sharedFor<Awaited<ReturnType<typeof readIntegrity>>>(PANEL_MS);
  serve(app, contracts.readPetitionIntegrity, async ({ params, request, reply }) => {
    const petition = await publicPetition(house, params.petition);
    if (!petition) throw notFound();
    shareable(request, reply);
    const { online } = await countsOf(house.db, petition.id);
    const read = () => readIntegrity(house.db, petition);
    return online < HEAVY ? read() : panels(String(petition.id), read);
  });

  serve(app, contracts.checkReceipt, async ({ params, body }) => {
    const petition = await publicPetition(house, params.petition);
    if (!petition) throw notFound();
    return checkReceipt(house.db, petition, body.receipt);
  });

  serve(app, contracts.listPetitionTrees, async ({ query, request, reply }) => {
    shareable(request, reply);
    return pageOfTrees(house.db, query.page);
  });
}

const shown = (it: Invalidation, by: string | null) => ({
  id: it.id,
  reason: it.reasonCode as InvalidReason,
  at: it.createdAt.toISOString(),
  by,
  found: it.found,
  done: it.done,
  givenBack: it.givenBack,
  state: stateOf(it),
});

/** What was taken away of a petition and what is being, the newest first. */
export async function invalidationsOf(db: Queryable, petition: number) {
  const rows = await db
    .select({ it: petitionInvalidations, by: people.name })
    .from(petitionInvalidations)
    .leftJoin(people, eq(people.id, petitionInvalidations.madeBy))
    .where(eq(petitionInvalidations.petitionId, petition))
    .orderBy(desc(petitionInvalidations.createdAt), desc(petitionInvalidations.id))
    .limit(100);
  return rows.map(({ it, by }) => shown(it, by));
}

/** A petition whose signatures this person may take away; to anybody else it is not there. */
export async function mayTake(house: House, actor: Actor, id: number | null): Promise<Petition> {
  const petition = id === null ? null : await findPetition(house.db, id);
  if (!petition || !petitionPolicy.invalidateSignatures(actor, subjectOf(petition))) throw notFound();
  return petition;
}

type InvalidationJob = Job<{ id: string }>;

function turning(app: FastifyInstance, rooms: Rooms, job: InvalidationJob): void {
  const { house } = app;
  serve(app, contracts.cancelInvalidation, async ({ params, actor }) => {
    await house.db.transaction((tx) => turnInvalidation(tx, rooms, actor, params.invalidation, 'stop'));
    house.saved();
    return { ok: true as const };
  });

  serve(app, contracts.undoInvalidation, async ({ params, actor }) => {
    const { invalidation: id } = params;
    await house.db.transaction(async (tx) => {
      await turnInvalidation(tx, rooms, actor, id, 'undo');
      await job.send({ id }, { tx });
    });
    house.saved();
    return { ok: true as const };
  });
}

function taking(app: FastifyInstance, rooms: Rooms, job: InvalidationJob): void {
  const { house } = app;
  serve(app, contracts.listInvalidations, async ({ params, actor }) => {
    const petition = await mayTake(house, actor, params.petition);
    return invalidationsOf(house.db, petition.id);
  });

  serve(app, contracts.tryInvalidation, async ({ params, body, actor, request }) => {
    const petition = await mayTake(house, actor, params.petition);
    if (!petitionPolicy.seeSigners(actor, subjectOf(petition))) throw notFound();
    const sample = await someFound(house.db, petition.id, body);
    const topic = `petition:${petition.id}`;
    await reveal(
      request,
      sample.map(({ person }) => ({ what: 'list', why: 'moderating', person, topic })),
    );
    return {
      ...(await countFound(house.db, petition.id, body)),
      sample: sample.map(({ person: _, at, ...one }) => ({ ...one, at: new Date(at).toISOString() })),
    };
  });

  serve(app, contracts.startInvalidation, async ({ params, body, actor }) => {
    const petition = await mayTake(house, actor, params.petition);
    const given = Object.entries(body.query).filter((one): one is [string, string] => one[1] !== undefined);
    return house.db.transaction(async (tx) => {
      const [made] = await tx
        .insert(petitionInvalidations)
        .values({
          petitionId: petition.id,
          query: Object.fromEntries(given),
          reasonCode: body.reason,
          madeBy: personOf(actor),
          createdAt: house.clock(),
          found: (await countFound(tx, petition.id, body.query)).found,
        })
        .returning();
      await job.send({ id: made!.id }, { tx });
      return shown(made!, null);
    });
  });
  turning(app, rooms, job);
}

export function mountIntegrity(app: FastifyInstance, desk: SheetDesk): void {
  const { house } = app;
  const job = house.jobs.add<{ id: string }>({
    name: 'invalidate_signatures',
    seconds: 3_600,
    work: ({ id }) => runInvalidation(desk, id),
  });
  reading(app);
  taking(app, desk, job);

  serve(app, contracts.enterPetitionSheet, async ({ params, body, actor }) => {
    const entered = await house.db.transaction(async (tx) => {
      const petition = await lockPetition(tx, params.petition);
      if (!petition || !(await sheetsAs(tx, actor, petition))) throw notFound();
      return enterSheet(tx, desk, petition, personOf(actor), body);
    });
    house.saved();
    return entered;
  });
}
