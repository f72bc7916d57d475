/** Making a petition: each step in one transaction on the locked row. */
import type { Contracts } from '@folkmoot/core/contracts';
import type { Lang } from '@folkmoot/core/kit/plain';
import { eligible, end, petitionMachine, submit, tooSoon } from '@folkmoot/core/petitions/rules';
import type { Scheme } from '@folkmoot/core/petitions/scheme';
import { step } from '@folkmoot/core/kit/decide';
import type { Tx } from '@folkmoot/db/client';
import { follows } from '@folkmoot/db/schema/notifications';
import { people } from '@folkmoot/db/schema/people';
import {
  petitionCounts,
  type PetitionDraft,
  petitionOpenings,
  petitions,
  petitionVersions,
} from '@folkmoot/db/schema/petitions';
import { signatures } from '@folkmoot/db/schema/signatures';
import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { Invalid, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { type Rooms, toModerators } from './counting.ts';
import { countsOf, factsOf, type Petition, recordMove, schemeOf } from './facts.ts';
import { readRates } from './mailing.ts';
import { tellStarted } from './mails.ts';
import { announce } from './milestones.ts';
import { currentSchemes, debateNeedsNow } from './schemes.ts';
import { type OwnSignature, writeOwn } from './signing.ts';
import { dropTogether } from './together.ts';

/** drafts one person may have lying about */
const MOST_DRAFTS = 20;
const HOUR = 3_600_000;

export type Start = {
  organisation?: string | undefined;
  title: string;
  lang: Lang;
  idempotencyKey?: string | undefined;
};
/** whose draft: of who is signed in, else of the draft cookie */
export type Whose = { person: string } | { person: null; visitor: string };

export const belongsTo = (whose: Whose): SQL =>
  whose.person === null
    ? and(isNull(petitions.personId), eq(petitions.visitor, whose.visitor))!
    : eq(petitions.personId, whose.person);

/** @returns the number of the draft; the same key of the same person makes one */
export async function startPetition(tx: Tx, house: House, whose: Whose, it: Start): Promise<number> {
  const [scheme] = await currentSchemes(tx, it.organisation);
  if (!scheme) throw new Refused('no_scheme');
  const mine = and(belongsTo(whose), eq(petitions.state, 'draft'));
  if ((await tx.$count(petitions, mine)) >= MOST_DRAFTS) throw new Refused('too_many', 429);
  const now = house.clock();
  const { person } = whose;
  const [who] = person
    ? await tx.select({ name: people.name }).from(people).where(eq(people.id, person))
    : [];
  const [made] = await tx
    .insert(petitions)
    .values({
      personId: person,
      visitor: whose.person === null ? whose.visitor : null,
      draft: {},
      idempotencyKey: it.idempotencyKey ?? null,
      organisationId: scheme.organisationId,
      schemeId: scheme.id,
      debateNeeds: await debateNeedsNow(tx, scheme),
      title: it.title,
      why: '',
      lang: it.lang,
      creatorName: who?.name ?? '',
      state: 'draft',
      stateAt: now,
      createdAt: now,
      updatedAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: petitions.id });
  if (made) {
    await tx.insert(petitionCounts).values({ petitionId: made.id });
    return made.id;
  }
  const [before] = await tx
    .select({ id: petitions.id })
    .from(petitions)
    .where(and(belongsTo(whose), eq(petitions.idempotencyKey, it.idempotencyKey!)));
  return before!.id;
}

export type Words = z.output<Contracts['savePetition']['body']>;

async function keepVersion(tx: Tx, { id, title, why, details, personId }: Petition, at: Date): Promise<void> {
  await tx.insert(petitionVersions).values({
    petitionId: id,
    version: sql`coalesce((select max(version) from petition_versions where petition_id = ${id}), 0) + 1`,
    title,
    why,
    details,
    changedBy: personId,
    at,
  });
}

/** The mail that waits to be written, or was, is for other words than these. */
const stopAsking = (tx: Tx, petition: number) =>
  tx
    .update(signatures)
    .set({ mailDueAt: null })
    .where(and(eq(signatures.petitionId, petition), eq(signatures.state, 'pending')));

/** What it is about: the whole place, wards that are there, or a spot inside; the answer before is forgotten. */
function placeOf({ places }: Pick<Rooms, 'places'>, it: Words): Partial<Petition> {
  const { where, wards, lon, lat } = it;
  if (wards?.some((ward) => !places.atlas().byId.has(ward))) throw new Invalid({ wards: 'not_an_option' });
  const spot = lon !== undefined && lat !== undefined ? { lon, lat } : null;
  if (where === 'wards' && !wards?.length) throw new Invalid({ wards: 'required' });
  if (where === 'pin' && !spot) throw new Invalid({ where: 'no_pin' });
  if (spot && where !== 'whole' && where !== 'wards' && !places.at(spot.lon, spot.lat).inside)
    throw new Refused('outside');
  if (where === 'whole') return { wardIds: [], lon: null, lat: null };
  if (where === 'wards') return { wardIds: wards!, lon: null, lat: null };
  if (where === 'pin') return { wardIds: [], ...spot! };
  return { ...(wards && { wardIds: wards }), ...spot };
}

/** What the pages were told beside the petition itself. Another title may be like others. */
function draftAfter({ draft, title }: Petition, it: Words): PetitionDraft {
  const { notSimilar, details, where, name, email, postcode, basis, age } = it;
  const given = { notSimilar, where, name, email, postcode, basis, age };
  const { asked: _, ...before } = draft ?? {};
  return {
    ...before,
    ...(it.title !== undefined && it.title !== title && { notSimilar: false }),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(details !== undefined && { details: true }),
  };
}

/**
 * Changes a draft, or what moderators sent back; the wording they saw is kept. A draft that waits for its mailed
 * button waits no more: nobody confirms other words than those of their mail.
 * @throws Refused not_from_this_state, outside; Invalid
 */
export async function savePetition(tx: Tx, rooms: Rooms, petition: Petition, it: Words): Promise<Petition> {
  const { id, state } = petition;
  if (state !== 'draft' && state !== 'returned') throw new Refused('not_from_this_state');
  const now = rooms.house.clock();
  const { title, why, details, topics } = it;
  const place = placeOf(rooms, it);
  if (state === 'returned') await keepVersion(tx, petition, now);
  if (petition.draft?.asked) await stopAsking(tx, id);
  const [saved] = await tx
    .update(petitions)
    .set({
      ...(title !== undefined && { title }),
      ...(why !== undefined && { why }),
      ...(details !== undefined && { details: details || null }),
      ...(topics && { topics }),
      ...place,
      ...(state === 'draft' && { draft: draftAfter(petition, it) }),
      updatedAt: now,
    })
    .where(eq(petitions.id, id))
    .returning();
  return saved!;
}

/** Throws a draft away, with all that hangs on it. */
export async function dropDraft(tx: Tx, petition: Pick<Petition, 'id' | 'state'>): Promise<void> {
  if (petition.state !== 'draft') throw new Refused('not_from_this_state');
  await dropTogether(tx, petition.id);
  await tx.delete(petitionOpenings).where(eq(petitionOpenings.petitionId, petition.id));
  await tx.delete(petitionCounts).where(eq(petitionCounts.petitionId, petition.id));
  await tx.delete(signatures).where(eq(signatures.petitionId, petition.id));
  await tx.delete(petitions).where(eq(petitions.id, petition.id));
}

/** When the same was last asked of the same council and came to an end; null where it never was. */
async function lastAsked(tx: Tx, petition: Petition): Promise<Date | null> {
  // by the index alone: at pg_trgm's own 0.3 it would be asked of half the petitions, while the row is locked
  await tx.execute(sql`select set_config('pg_trgm.similarity_threshold', '0.8', true)`);
  const { rows } = await tx.execute<{ at: Date }>(sql`
    select state_at as at from petitions
    where lower(title) % ${petition.title.toLowerCase()}
      and organisation_id = ${petition.organisationId} and id <> ${petition.id}
      and state in ('closed', 'stopped') order by state_at desc limit 1`);
  return rows[0] ? new Date(rows[0].at) : null;
}

export function checkWhole({ title, why }: Petition): void {
  if (!title || !why) throw new Refused('not_finished');
}

/** Whether the scheme takes it from them, now. @throws Refused basis_not_allowed, too_young, too_soon, not_finished */
export async function checkSending(
  tx: Tx,
  house: House,
  petition: Petition,
  who: Pick<OwnSignature, 'basis' | 'age'>,
): Promise<Scheme> {
  checkWhole(petition);
  const scheme = await schemeOf(tx, petition);
  const may = eligible(who, scheme);
  if (!may.ok) throw new Refused(may.refused);
  if (tooSoon(await lastAsked(tx, petition), house.clock(), scheme)) throw new Refused('too_soon');
  return scheme;
}

/** Nobody floods the moderators. Networks that are trusted, such as a library's, may. */
async function checkOften(tx: Tx, house: House, { person, network }: OwnSignature): Promise<void> {
  const { organisers, allow } = await readRates(tx);
  if (network && allow.networks.includes(network)) return;
  // two of theirs sent off at once are counted one after the other
  await tx.select({ id: people.id }).from(people).where(eq(people.id, person)).for('no key update');
  const since = new Date(house.clock().getTime() - HOUR);
  const lately = and(eq(petitions.personId, person), gt(petitions.submittedAt, since));
  if ((await tx.$count(petitions, lately)) >= organisers) throw new Refused('too_many', 429, HOUR / 1_000);
}

/** Sends a draft off: it is somebody's from now on, and their own signature is its first. */
export async function sendOff(
  tx: Tx,
  rooms: Rooms,
  petition: Petition,
  own: OwnSignature,
): Promise<Petition['state']> {
  const { house } = rooms;
  const scheme = await checkSending(tx, house, petition, own);
  await checkOften(tx, house, own);
  const decided = submit(factsOf(petition, await countsOf(tx, petition.id), scheme), scheme);
  if (!decided.ok) throw new Refused(decided.refused);
  const now = house.clock();
  const { state } = decided.next;
  const [sent] = await tx
    .update(petitions)
    .set({
      state,
      stateAt: now,
      updatedAt: now,
      submittedAt: now,
      creatorName: own.name,
      personId: own.person,
      visitor: null,
      draft: null,
    })
    .where(eq(petitions.id, petition.id))
    .returning();
  // those who waited for a button that will not be pressed any more
  await tx
    .delete(signatures)
    .where(and(eq(signatures.petitionId, petition.id), eq(signatures.state, 'pending')));
  await writeOwn(tx, house, petition.id, own);
  // who started it hears of all that becomes of it, until they say stop
  await tx
    .insert(follows)
    .values({ personId: own.person, topic: `petition:${petition.id}`, createdAt: now })
    .onConflictDoNothing();
  if (state === 'in_moderation') await toModerators(tx, rooms, sent!, scheme, state);
  else await recordMove(tx, house, petition, state, 'staff');
  if (state === 'gathering_supporters') await tellStarted(tx, house, sent!, scheme.supporters);
  return state;
}

/** An amended petition goes back to the moderators. */
export async function resubmit(tx: Tx, rooms: Rooms, petition: Petition): Promise<Petition['state']> {
  checkWhole(petition);
  const state = step(petitionMachine, petition.state, 'resubmit');
  if (!state) throw new Refused('not_from_this_state');
  await toModerators(tx, rooms, petition, await schemeOf(tx, petition), state);
  return state;
}

/** Takes it back. @throws Refused not_from_this_state, reason_needed */
export async function endPetition(
  tx: Tx,
  house: House,
  petition: Petition,
  command: 'withdraw' | 'stop',
  reason: string,
): Promise<Petition['state']> {
  const scheme = await schemeOf(tx, petition);
  const decided = end(factsOf(petition, await countsOf(tx, petition.id), scheme), command, reason);
  if (!decided.ok) throw new Refused(decided.refused);
  const now = house.clock();
  const { state } = decided.next;
  await tx
    .update(petitions)
    .set({ state, stateAt: now, updatedAt: now, closedAt: now, endedReason: reason.trim() || null })
    .where(eq(petitions.id, petition.id));
  await recordMove(tx, house, petition, state, petition.openedAt ? 'public' : 'staff');
  if (petition.openedAt) await announce(tx, house, petition.id, state);
  return state;
}
