/** A petition as its organiser sees it: where its pages go on, what moderators marked, who still has to press a button. */
import type { z } from 'zod';
import type { Contracts } from '@folkmoot/core/contracts';
import type { PetitionPage, PetitionWhere } from '@folkmoot/core/petitions/plain';
import type { Queryable } from '@folkmoot/db/client';
import { petitionDecisions, petitionVersions } from '@folkmoot/db/schema/petitions';
import { signatures } from '@folkmoot/db/schema/signatures';
import { and, asc, desc, eq, gte, isNotNull, isNull, sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { type Petition, schemeOf, supporterPath } from './facts.ts';
import { averageDays } from './queue.ts';
import { similarPetitions } from './similar.ts';
import { readFull } from './store.ts';

/** Signatures that count, of people who let the organiser read their name. */
export const named = (petition: number) =>
  and(
    eq(signatures.petitionId, petition),
    eq(signatures.state, 'confirmed'),
    eq(signatures.showsName, true),
    isNotNull(signatures.name),
  );

export type Mine = z.input<Contracts['readMyPetition']['answer']>;

/** What moderators decided, with their reasons and without their notes; what they took back was never decided. */
async function decisionsOf(db: Queryable, id: number): Promise<Mine['decisions']> {
  const [last, ...before] = await db
    .select()
    .from(petitionDecisions)
    .where(and(eq(petitionDecisions.petitionId, id), isNull(petitionDecisions.undoneAt)))
    .orderBy(desc(petitionDecisions.at), desc(petitionDecisions.id))
    .limit(20);
  const rows = last ? [last, ...before].reverse() : [];
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

const whereOf = ({ draft, wardIds, lon, state }: Petition): PetitionWhere | null => {
  if (lon !== null) return 'pin';
  if (wardIds.length) return 'wards';
  return draft?.where ?? (state === 'draft' ? null : 'whole');
};

/** @param similar whether there are petitions that ask for nearly the same */
export function nextPage(petition: Petition, similar: boolean): PetitionPage {
  const { draft, title, why } = petition;
  if (!title) return 'title';
  if (similar && !draft?.notSimilar) return 'similar';
  if (!why) return 'why';
  if (petition.details === null && !draft?.details) return 'details';
  if (whereOf(petition) === null) return 'place';
  return draft?.basis ? 'check' : 'you';
}

async function pageOf(db: Queryable, petition: Petition): Promise<PetitionPage> {
  if (petition.state !== 'draft') return 'check';
  const asks = petition.title.length >= 3 && !petition.draft?.notSimilar;
  return nextPage(petition, asks && (await similarPetitions(db, petition.title, petition.id)).length > 0);
}

/** The wording that lay before the moderators: what was there before the first change after their decision. */
async function sentBack(
  db: Queryable,
  petition: Petition,
  decisions: Mine['decisions'],
): Promise<Mine['sentBack']> {
  const returned = decisions.findLast((one) => one.command === 'return');
  if (petition.state !== 'returned' || !returned) return null;
  const [before] = await db
    .select()
    .from(petitionVersions)
    .where(and(eq(petitionVersions.petitionId, petition.id), gte(petitionVersions.at, new Date(returned.at))))
    .orderBy(asc(petitionVersions.version))
    .limit(1);
  const { title, why, details } = before ?? petition;
  return { title, why, details };
}

/** How long this organisation's moderators take, and how many petitions lie before them. */
export async function moderationClock(db: Queryable, organisation: string, now: Date) {
  const { rows } = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from petitions where organisation_id = ${organisation}::uuid and state = 'in_moderation'`);
  return { averageDays: await averageDays(db, organisation, now), waiting: rows[0]!.n };
}

async function clockOf(house: House, db: Queryable, petition: Petition): Promise<Mine['moderation']> {
  const waits = petition.state === 'in_moderation';
  return {
    ...(await moderationClock(db, petition.organisationId, house.clock())),
    since: waits ? petition.stateAt.toISOString() : null,
    by: waits ? petition.moderateBy : null,
  };
}

const toldOf = ({ draft, state }: Petition): Mine['you'] =>
  state === 'draft'
    ? {
        name: draft?.name ?? null,
        email: draft?.email ?? null,
        postcode: draft?.postcode ?? null,
        basis: draft?.basis ?? null,
        age: draft?.age ?? null,
      }
    : null;

const namedIn = (db: Queryable, petition: number): Promise<number> => db.$count(signatures, named(petition));

/** All of it but the street, which is asked of the map. */
export async function readMine(house: House, db: Queryable, petition: Petition): Promise<Mine> {
  const { state, draft } = petition;
  const decisions = await decisionsOf(db, petition.id);
  const scheme = await schemeOf(db, petition);
  const pending = and(eq(signatures.petitionId, petition.id), eq(signatures.state, 'pending'));
  return {
    ...(await readFull(db, petition, true)),
    next: await pageOf(db, petition),
    where: whereOf(petition),
    street: null,
    you: toldOf(petition),
    waits: state === 'draft' && draft?.asked && draft.email ? { email: draft.email } : null,
    named: await namedIn(db, petition.id),
    unconfirmed: state === 'draft' ? 0 : await db.$count(signatures, pending),
    sentBack: await sentBack(db, petition, decisions),
    moderation: await clockOf(house, db, petition),
    scheme: { supporters: scheme.supporters, excluded: scheme.excluded },
    supporterPath: petition.submittedAt ? supporterPath(house, petition.id) : null,
    missing: (['title', 'why'] as const).filter((part) => !petition[part]),
    decisions,
  };
}
