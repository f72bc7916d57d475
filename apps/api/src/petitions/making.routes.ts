/** The endpoints of making a petition. They are the organiser's alone; to everybody else a draft is not there. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import type { Basis } from '@folkmoot/core/petitions/plain';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { petitionDecisions, petitions } from '@folkmoot/db/schema/petitions';
import { asc, desc, eq } from 'drizzle-orm';
import { Invalid, notFound } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { personOf, serve } from '../kit/serve.ts';
import type { Rooms } from './counting.ts';
import { findPetition, lockPetition, type Petition, subjectOf, supporterPath } from './facts.ts';
import { dropDraft, endPetition, savePetition, startPetition, submitPetition } from './making.ts';
import type { OwnSignature } from './signing.ts';
import { readBriefs, readFull } from './store.ts';
import { accountOf, type Signers } from './who.ts';

const PER_PAGE = 20;

/** Loads with lock, authorises, does it in one transaction, and tells the hub. */
async function onMine<T>(
  house: House,
  actor: Actor,
  id: number,
  act: (tx: Tx, petition: Petition, person: string) => Promise<T>,
): Promise<T> {
  const person = personOf(actor);
  const done = await house.db.transaction(async (tx) => {
    const petition = await lockPetition(tx, id);
    if (!petition || !petitionPolicy.changePetition(actor, subjectOf(petition))) throw notFound();
    return act(tx, petition, person);
  });
  house.saved();
  return done;
}

/** What moderators decided, with their reasons and without their notes. */
export async function decisionsOf(db: Queryable, id: number) {
  const rows = await db
    .select()
    .from(petitionDecisions)
    .where(eq(petitionDecisions.petitionId, id))
    .orderBy(asc(petitionDecisions.at))
    .limit(20);
  const last = rows.at(-1);
  return rows.map(({ command, code, reason, lang, passages, at, appealedAt, ...row }) => ({
    id: row.id,
    command,
    code,
    reason,
    lang,
    passages,
    at: at.toISOString(),
    appealedAt: appealedAt?.toISOString() ?? null,
    appealUpheld: row.appealUpheld,
    appealReason: row.appealReason,
    mayAppeal: row.id === last?.id && appealedAt === null && (command === 'reject' || command === 'hide'),
  }));
}

async function readMine(house: House, db: Queryable, petition: Petition) {
  const full = await readFull(db, petition, true);
  return {
    ...full,
    supporterPath: petition.submittedAt ? supporterPath(house, petition.id) : null,
    missing: (['title', 'why'] as const).filter((part) => !petition[part]),
    decisions: await decisionsOf(db, petition.id),
  };
}

type Said = { name?: string | undefined; postcode?: string | undefined; basis?: Basis | undefined };

/** The organiser's own signature, from what they said now and what their account knows. */
async function organiser(db: Queryable, signers: Signers, person: string, said: Said): Promise<OwnSignature> {
  const account = await accountOf(db, person);
  const name = said.name ?? account.name;
  const typed = said.postcode ?? account.postcode;
  if (!name || !typed)
    throw new Invalid({ ...(!name && { name: 'required' }), ...(!typed && { postcode: 'required' }) });
  const { code, wardId } = await signers.postcode(typed);
  const { email, lang } = account;
  return {
    person,
    name,
    email,
    canonical: email ? await signers.canonical(email) : null,
    postcode: code,
    wardId,
    basis: said.basis ?? 'live',
    age: null,
    follows: true,
    lang,
    channel: 'web',
    enteredBy: null,
    network: null,
    withKey: true,
  };
}

function reading(app: FastifyInstance): void {
  const { house } = app;
  serve(app, contracts.listMyPetitions, async ({ query, actor }) => {
    const mine = eq(petitions.personId, personOf(actor));
    const total = await house.db.$count(petitions, mine);
    const rows = await house.db
      .select({ id: petitions.id })
      .from(petitions)
      .where(mine)
      .orderBy(desc(petitions.id))
      .limit(PER_PAGE)
      .offset((query.page - 1) * PER_PAGE);
    const items = await readBriefs(
      house.db,
      rows.map((row) => row.id),
      true,
    );
    const pages = Math.min(1_000, Math.max(1, Math.ceil(total / PER_PAGE)));
    return { items, page: query.page, pages, total };
  });

  serve(app, contracts.readMyPetition, async ({ params, actor }) => {
    const petition = await findPetition(house.db, params.petition);
    if (!petition || !petitionPolicy.changePetition(actor, subjectOf(petition))) throw notFound();
    return readMine(house, house.db, petition);
  });
}

export function mountMaking(app: FastifyInstance, rooms: Rooms, signers: Signers): void {
  const { house } = app;
  reading(app);

  serve(app, contracts.startPetition, async ({ body, actor }) => ({
    petition: await house.db.transaction((tx) => startPetition(tx, house, personOf(actor), body)),
  }));

  serve(app, contracts.savePetition, async ({ params, body, actor }) =>
    onMine(house, actor, params.petition, async (tx, petition) =>
      readMine(house, tx, await savePetition(tx, rooms, petition, body)),
    ),
  );

  serve(app, contracts.dropPetitionDraft, async ({ params, actor }) => {
    await onMine(house, actor, params.petition, (tx, petition) => dropDraft(tx, petition));
    return { ok: true as const };
  });

  serve(app, contracts.submitPetition, async ({ params, body, actor }) =>
    onMine(house, actor, params.petition, async (tx, petition, person) =>
      submitPetition(tx, rooms, petition, () => organiser(tx, signers, person, body)),
    ),
  );

  serve(app, contracts.withdrawPetition, async ({ params, body, actor }) => ({
    state: await onMine(house, actor, params.petition, (tx, petition) =>
      endPetition(tx, house, petition, 'withdraw', body.reason),
    ),
  }));
}
