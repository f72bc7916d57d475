/** The endpoints of the answering desk: what is owed, and one petition to answer. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import { notFound, Refused } from '../kit/errors.ts';
import { serve } from '../kit/serve.ts';
import type { Places } from '../places/index.ts';
import { countOwed, readToAnswer, toAnswer } from './answering.ts';
import { findPetition, subjectOf } from './facts.ts';
import { countWaiting } from './queue.ts';
import { currentSchemes } from './schemes.ts';

type Ability = 'seePetitionQueue' | 'respondToPetition';

/** The organisations where this person has that work. */
export const whereMay = (actor: Actor, ability: Ability): string[] =>
  [...new Set(actor.grants.map((grant) => grant.organisation))].filter((organisation) =>
    petitionPolicy[ability](actor, { organisation }),
  );

/** The one asked for, if it is theirs, or their first. @throws Refused not_allowed */
export function whichOf(actor: Actor, ability: Ability, asked: string | undefined): string {
  const mine = whereMay(actor, ability);
  const organisation = asked ? mine.find((one) => one === asked) : mine[0];
  if (!organisation) throw new Refused('not_allowed', 403);
  return organisation;
}

export function mountAnsweringDesk(app: FastifyInstance, places: Places): void {
  const { house } = app;
  const rooms = { house, places };

  serve(app, contracts.countPetitionDesk, async ({ actor }) => {
    // a body that takes no petitions has no desk for them
    const takers = new Set((await currentSchemes(house.db)).map((one) => one.organisationId));
    const moderates = whereMay(actor, 'seePetitionQueue').filter((one) => takers.has(one));
    const answers = whereMay(actor, 'respondToPetition').filter((one) => takers.has(one));
    return {
      moderate: moderates.length ? await countWaiting(house.db, moderates) : null,
      answer: answers.length ? await countOwed(house.db, answers) : null,
    };
  });

  serve(app, contracts.listPetitionsToAnswer, async ({ query, actor }) =>
    toAnswer(rooms, whichOf(actor, 'respondToPetition', query.organisation), query),
  );

  serve(app, contracts.readPetitionToAnswer, async ({ params, actor }) => {
    const petition = await findPetition(house.db, params.petition);
    if (
      !petition?.openedAt ||
      petition.removedAt ||
      !petitionPolicy.respondToPetition(actor, subjectOf(petition))
    )
      throw notFound();
    return readToAnswer(rooms, petition, actor);
  });
}
