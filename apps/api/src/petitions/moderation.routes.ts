/** The endpoints of the moderators' desk for petitions, and of the public log. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import type { Tx } from '@folkmoot/db/client';
import { notFound, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { personOf, serve } from '../kit/serve.ts';
import type { Pauses } from './clocks.ts';
import type { Rooms } from './counting.ts';
import { whichOf } from './answering.routes.ts';
import { readAtDesk } from './atdesk.ts';
import { findPetition, lockPetition, type Petition, subjectOf } from './facts.ts';
import { publicLog } from './log.ts';
import { appealIn, decideAppealIn, decideIn, undoIn } from './moderating.ts';
import { openingsOf, setOpening } from './openings.ts';
import { queueOf } from './queue.ts';
import { rejectionCodes } from './store.ts';

type Desk = Rooms & { paused: Pauses };

async function seen(house: House, actor: Actor, id: number): Promise<Petition> {
  const petition = await findPetition(house.db, id);
  if (!petition || petition.state === 'draft' || !petitionPolicy.seePetitionQueue(actor, subjectOf(petition)))
    throw notFound();
  return petition;
}

/** Loads with lock, authorises, does it in one transaction, and tells the hub. What one may not know of is 404. */
async function onPetition<T>(
  house: House,
  actor: Actor,
  id: number,
  act: (tx: Tx, petition: Petition, person: string) => Promise<T>,
): Promise<T> {
  const person = personOf(actor);
  const done = await house.db.transaction(async (tx) => {
    const petition = await lockPetition(tx, id);
    if (
      !petition ||
      petition.state === 'draft' ||
      !petitionPolicy.moderatePetition(actor, subjectOf(petition))
    )
      throw notFound();
    return act(tx, petition, person);
  });
  house.saved();
  return done;
}

function opening(app: FastifyInstance): void {
  const { house } = app;
  serve(app, contracts.openPetitionAtDesk, async ({ params, body, actor }) => {
    const person = personOf(actor);
    const petition = await seen(house, actor, params.petition);
    await house.db.transaction((tx) => setOpening(tx, house, petition, person, body.open));
    house.saved();
    return (await openingsOf(house.db, [petition.id], person, house.clock()))(petition.id);
  });
}

function reading(app: FastifyInstance, desk: Desk): void {
  const { house } = app;
  serve(app, contracts.listPetitionQueue, async ({ query, actor }) => {
    const organisation = whichOf(actor, 'seePetitionQueue', query.organisation);
    return queueOf(house, desk.places, organisation, personOf(actor), query);
  });

  serve(app, contracts.readPetitionAtDesk, async ({ params, actor }) =>
    readAtDesk(house, await seen(house, actor, params.petition), actor, personOf(actor)),
  );

  serve(app, contracts.listPetitionDecisions, async ({ query }) => publicLog(house.db, query.page));
  serve(app, contracts.listPetitionRejectionCodes, async () =>
    (await rejectionCodes(house.db)).filter((one) => !one.retired),
  );
}

export function mountModeratingPetitions(app: FastifyInstance, desk: Desk): void {
  const { house } = app;
  reading(app, desk);
  opening(app);

  serve(app, contracts.decidePetition, async ({ params, body, actor }) =>
    onPetition(house, actor, params.petition, async (tx, petition, person) => {
      const hides = body.command === 'hide' || body.command === 'show';
      if (hides && !petitionPolicy.hidePetition(actor, subjectOf(petition)))
        throw new Refused('not_allowed', 403);
      const decision = await decideIn(tx, desk, petition, person, body);
      const after = await findPetition(tx, petition.id);
      return { state: after!.state, decision };
    }),
  );

  serve(app, contracts.undoPetitionDecision, async ({ params, actor }) => ({
    state: await onPetition(house, actor, params.petition, (tx, petition, person) =>
      undoIn(tx, desk, petition, person),
    ),
  }));

  serve(app, contracts.decidePetitionAppeal, async ({ params, body, actor }) => ({
    state: await onPetition(house, actor, params.petition, (tx, petition, person) =>
      decideAppealIn(tx, desk, petition, person, { ...body, upheld: body.upheld === 'yes' }),
    ),
  }));

  serve(app, contracts.appealPetitionDecision, async ({ params, body, actor }) => {
    personOf(actor);
    await house.db.transaction(async (tx) => {
      const petition = await lockPetition(tx, params.petition);
      if (!petition || !petitionPolicy.changePetition(actor, subjectOf(petition))) throw notFound();
      await appealIn(tx, desk, petition, body);
    });
    house.saved();
    return { ok: true as const };
  });
}
