/** The endpoints of what comes after. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import type { Lang } from '@folkmoot/core/kit/plain';
import type { CouncilStep, StepKind } from '@folkmoot/core/petitions/plain';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import { takeStep } from '@folkmoot/core/petitions/rules';
import type { Tx } from '@folkmoot/db/client';
import { people } from '@folkmoot/db/schema/people';
import { petitions, petitionSteps } from '@folkmoot/db/schema/petitions';
import { petitionRatings, signatures } from '@folkmoot/db/schema/signatures';
import { and, eq } from 'drizzle-orm';
import { notFound, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { personOf, serve } from '../kit/serve.ts';
import type { Pauses } from './clocks.ts';
import { lockPetition, type Petition, recordPetition, schemeOf, subjectOf } from './facts.ts';
import { endPetition } from './making.ts';
import { announce } from './milestones.ts';

type Ability = 'respondToPetition' | 'stopPetition' | 'changePetition' | 'seePetition';

/** Loads with lock, authorises, does it in one transaction, and tells the hub. */
async function onPetition<T>(
  house: House,
  actor: Actor,
  id: number,
  ability: Ability,
  act: (tx: Tx, petition: Petition, person: string) => Promise<T>,
): Promise<T> {
  const person = personOf(actor);
  const done = await house.db.transaction(async (tx) => {
    const petition = await lockPetition(tx, id);
    // nothing comes after what was taken away for good
    if (!petition || petition.removedAt || !petitionPolicy[ability](actor, subjectOf(petition)))
      throw notFound();
    return act(tx, petition, person);
  });
  house.saved();
  return done;
}

type Said = {
  kind: StepKind;
  summary: string;
  details?: string | undefined;
  lang: Lang;
  happensOn?: string | undefined;
  by?: string | undefined;
  takes?: readonly CouncilStep[];
  data?: Record<string, string | number | undefined>;
};

/** Writes a step and moves the machines; the signers hear of it, spread over time. */
async function addStep(
  tx: Tx,
  house: House,
  petition: Petition,
  by: { person: string; name: string },
  it: Said,
): Promise<string> {
  const decided = takeStep(petition, it.kind);
  if (!decided.ok) throw new Refused(decided.refused);
  const now = house.clock();
  const { response, debate } = decided.next;
  const given = Object.entries(it.data ?? {}).filter(([, value]) => value !== undefined);
  if (it.takes?.length) {
    const { steps } = await schemeOf(tx, petition);
    if (!it.takes.every((one) => steps.includes(one))) throw new Refused('not_in_scheme');
    given.push(['takes', it.takes.join(',')]);
  }
  const [made] = await tx
    .insert(petitionSteps)
    .values({
      petitionId: petition.id,
      kind: it.kind,
      summary: it.summary,
      details: it.details ?? null,
      lang: it.lang,
      data: Object.fromEntries(given) as Record<string, string | number>,
      happensOn: it.happensOn ?? null,
      byPerson: by.person,
      // an officer often types in what a councillor answers: it stands under the name of who answers
      byName: it.by ?? by.name,
      at: now,
    })
    .returning({ id: petitionSteps.id });
  await tx.update(petitions).set({ response, debate, updatedAt: now }).where(eq(petitions.id, petition.id));
  await recordPetition(tx, house, petition, 'petition.answered', { kind: it.kind, response, debate });
  await announce(tx, house, petition.id, `${it.kind} ${made!.id}`, made!.id);
  return made!.id;
}

async function nameOf(tx: Tx, person: string): Promise<string> {
  const [row] = await tx.select({ name: people.name }).from(people).where(eq(people.id, person));
  return row?.name ?? '';
}

/** Whether its organiser asked scrutiny to look at how it was handled. */
async function wasAsked(tx: Tx, petition: number): Promise<boolean> {
  const asked = and(eq(petitionSteps.petitionId, petition), eq(petitionSteps.kind, 'scrutiny'));
  return (await tx.$count(petitionSteps, asked)) > 0;
}

function byOrganiser(app: FastifyInstance): void {
  const { house } = app;
  serve(app, contracts.askScrutiny, async ({ params, body, actor }) => ({
    step: await onPetition(house, actor, params.petition, 'changePetition', async (tx, petition, person) => {
      if (petition.response !== 'responded') throw new Refused('not_answered');
      if (await wasAsked(tx, petition.id)) throw new Refused('already_asked');
      const by = { person, name: petition.creatorName };
      return addStep(tx, house, petition, by, { kind: 'scrutiny', summary: body.words, lang: body.lang });
    }),
  }));

  serve(app, contracts.ratePetitionAnswer, async ({ params, body, actor }) => {
    await onPetition(house, actor, params.petition, 'seePetition', async (tx, petition, person) => {
      if (petition.response !== 'responded') throw new Refused('not_answered');
      const [signed] = await tx
        .select({ id: signatures.id })
        .from(signatures)
        .where(
          and(
            eq(signatures.petitionId, petition.id),
            eq(signatures.personId, person),
            eq(signatures.state, 'confirmed'),
          ),
        );
      if (!signed) throw new Refused('not_signed');
      const values = { answers: body.answers === 'yes', at: house.clock() };
      await tx
        .insert(petitionRatings)
        .values({ petitionId: petition.id, signatureId: signed.id, ...values })
        .onConflictDoUpdate({
          target: [petitionRatings.petitionId, petitionRatings.signatureId],
          set: values,
        });
    });
    return { ok: true as const };
  });
}

export function mountAfter(app: FastifyInstance, paused: Pauses): void {
  const { house } = app;
  byOrganiser(app);

  serve(app, contracts.answerPetition, async ({ params, body, actor }) => ({
    step: await onPetition(
      house,
      actor,
      params.petition,
      'respondToPetition',
      async (tx, petition, person) => {
        if (await paused(petition.organisationId, 'responding')) throw new Refused('paused');
        if (body.kind === 'scrutiny_outcome' && !(await wasAsked(tx, petition.id)))
          throw new Refused('not_asked');
        return addStep(tx, house, petition, { person, name: await nameOf(tx, person) }, body);
      },
    ),
  }));

  serve(app, contracts.stopPetition, async ({ params, body, actor }) => ({
    state: await onPetition(house, actor, params.petition, 'stopPetition', (tx, petition) =>
      endPetition(tx, house, petition, 'stop', body.reason),
    ),
  }));
}
