/** Making a petition: each step in one transaction on the locked row. */
import type { Lang } from '@folkmoot/core/kit/plain';
import { eligible, end, petitionMachine, submit, tooSoon } from '@folkmoot/core/petitions/rules';
import { step } from '@folkmoot/core/kit/decide';
import type { Tx } from '@folkmoot/db/client';
import { people } from '@folkmoot/db/schema/people';
import { petitionCounts, petitionOpenings, petitions, petitionVersions } from '@folkmoot/db/schema/petitions';
import { and, eq, sql } from 'drizzle-orm';
import { Invalid, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { type Rooms, toModerators } from './counting.ts';
import { countsOf, factsOf, type Petition, recordPetition, schemeOf, supporterPath } from './facts.ts';
import { currentSchemes } from './schemes.ts';
import { type OwnSignature, writeOwn } from './signing.ts';

/** drafts one person may have lying about */
const MOST_DRAFTS = 20;

export type Start = {
  organisation?: string | undefined;
  title: string;
  lang: Lang;
  idempotencyKey?: string | undefined;
};

/** @returns the number of the draft; the same key of the same person makes one */
export async function startPetition(tx: Tx, house: House, person: string, it: Start): Promise<number> {
  const [scheme] = await currentSchemes(tx, it.organisation);
  if (!scheme) throw new Refused('no_scheme');
  const mine = and(eq(petitions.personId, person), eq(petitions.state, 'draft'));
  if ((await tx.$count(petitions, mine)) >= MOST_DRAFTS) throw new Refused('too_many', 429);
  const now = house.clock();
  const [who] = await tx.select({ name: people.name }).from(people).where(eq(people.id, person));
  const [made] = await tx
    .insert(petitions)
    .values({
      personId: person,
      idempotencyKey: it.idempotencyKey ?? null,
      organisationId: scheme.organisationId,
      schemeId: scheme.id,
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
    .where(and(eq(petitions.personId, person), eq(petitions.idempotencyKey, it.idempotencyKey!)));
  return before!.id;
}

export type Words = {
  title?: string | undefined;
  why?: string | undefined;
  details?: string | undefined;
  topics?: string[] | undefined;
  wards?: string[] | undefined;
  lon?: number | undefined;
  lat?: number | undefined;
};

/** Changes a draft, or what moderators sent back; the wording they saw is kept. @throws Refused not_from_this_state */
export async function savePetition(tx: Tx, { house, places }: Rooms, petition: Petition, it: Words) {
  const { id, state, title, why, details } = petition;
  if (state !== 'draft' && state !== 'returned') throw new Refused('not_from_this_state');
  if (it.wards?.some((ward) => !places.atlas().byId.has(ward))) throw new Invalid({ wards: 'not_an_option' });
  const now = house.clock();
  if (state === 'returned')
    await tx.insert(petitionVersions).values({
      petitionId: id,
      version: sql`coalesce((select max(version) from petition_versions where petition_id = ${id}), 0) + 1`,
      title,
      why,
      details,
      changedBy: petition.personId,
      at: now,
    });
  const { wards, lon, lat, ...words } = it;
  const given = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
  const [saved] = await tx
    .update(petitions)
    .set({
      ...given,
      ...(wards && { wardIds: wards }),
      ...(lon !== undefined && lat !== undefined && { lon, lat }),
      updatedAt: now,
    })
    .where(eq(petitions.id, id))
    .returning();
  return saved!;
}

/** Throws a draft away, with all that hangs on it. */
export async function dropDraft(tx: Tx, petition: Petition): Promise<void> {
  if (petition.state !== 'draft') throw new Refused('not_from_this_state');
  await tx.delete(petitionOpenings).where(eq(petitionOpenings.petitionId, petition.id));
  await tx.delete(petitionCounts).where(eq(petitionCounts.petitionId, petition.id));
  await tx.delete(petitions).where(eq(petitions.id, petition.id));
}

/** When the same was last asked of the same council and came to an end; null where it never was. */
async function lastAsked(tx: Tx, petition: Petition): Promise<Date | null> {
  const { rows } = await tx.execute<{ at: Date }>(sql`
    select state_at as at from petitions
    where lower(title) % ${petition.title.toLowerCase()} and similarity(lower(title), ${petition.title.toLowerCase()}) > 0.8
      and organisation_id = ${petition.organisationId} and id <> ${petition.id}
      and state in ('closed', 'stopped') order by state_at desc limit 1`);
  return rows[0] ? new Date(rows[0].at) : null;
}

export type Submitted = { state: Petition['state']; supporterPath: string; supportersNeeded: number };

async function sendOff(
  tx: Tx,
  rooms: Rooms,
  petition: Petition,
  own: OwnSignature,
): Promise<Petition['state']> {
  const { house } = rooms;
  const scheme = await schemeOf(tx, petition);
  const may = eligible({ basis: own.basis, age: own.age }, scheme);
  if (!may.ok) throw new Refused(may.refused === 'too_young' ? 'basis_not_allowed' : may.refused);
  if (tooSoon(await lastAsked(tx, petition), house.clock(), scheme)) throw new Refused('too_soon');
  const decided = submit(factsOf(petition, await countsOf(tx, petition.id), scheme), scheme);
  if (!decided.ok) throw new Refused(decided.refused);
  const now = house.clock();
  const { state } = decided.next;
  await tx
    .update(petitions)
    .set({ state, stateAt: now, updatedAt: now, submittedAt: now, creatorName: own.name })
    .where(eq(petitions.id, petition.id));
  await writeOwn(tx, house, petition.id, own);
  if (state === 'in_moderation') await toModerators(tx, rooms, petition, scheme, state);
  else
    await recordPetition(
      tx,
      house,
      petition,
      'petition.state_changed',
      { from: petition.state, to: state },
      'staff',
    );
  return state;
}

/** Sends a draft off, or an amended petition back to the moderators. */
export async function submitPetition(
  tx: Tx,
  rooms: Rooms,
  petition: Petition,
  organiser: () => Promise<OwnSignature>,
): Promise<Submitted> {
  if (!petition.title || !petition.why) throw new Refused('not_finished');
  const scheme = await schemeOf(tx, petition);
  const done = {
    supporterPath: supporterPath(rooms.house, petition.id),
    supportersNeeded: scheme.supporters,
  };
  if (petition.state === 'draft')
    return { ...done, state: await sendOff(tx, rooms, petition, await organiser()) };
  const state = step(petitionMachine, petition.state, 'resubmit');
  if (!state) throw new Refused('not_from_this_state');
  await toModerators(tx, rooms, petition, scheme, state);
  return { ...done, state };
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
  await recordPetition(
    tx,
    house,
    petition,
    'petition.state_changed',
    { from: petition.state, to: state },
    petition.openedAt ? 'public' : 'staff',
  );
  return state;
}
