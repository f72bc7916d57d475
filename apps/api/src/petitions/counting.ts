/**
 * The number of a petition moves here and nowhere else. Called in the transaction that holds the petition's lock:
 * one update of the narrow row, thresholds decided and latched once, one event for a whole batch.
 */
import type { Threshold } from '@folkmoot/core/petitions/plain';
import { afterCrossing, crossed, support } from '@folkmoot/core/petitions/rules';
import type { Scheme } from '@folkmoot/core/petitions/scheme';
import type { Tx } from '@folkmoot/db/client';
import { petitionCounts, petitions } from '@folkmoot/db/schema/petitions';
import { petitionDays } from '@folkmoot/db/schema/signatures';
import { eq, sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import type { Places } from '../places/index.ts';
import { moderateBy } from './clocks.ts';
import {
  type Counts,
  factsOf,
  latches,
  type Petition,
  recordMove,
  recordPetition,
  schemeOf,
} from './facts.ts';
import { tellOrganiser } from './mails.ts';
import { type Crossed, tellReached } from './reaching.ts';

export type Rooms = { house: House; places: Places };
export type Change = {
  online?: number;
  paper?: number;
  invalidated?: number;
  /** counts again: it stands under its own day already */
  again?: boolean;
};

async function move(tx: Tx, petition: number, change: Change & { supporters?: number }, at: Date) {
  const { online = 0, paper = 0, invalidated = 0, supporters = 0 } = change;
  const gained = online + paper + supporters > 0;
  const [row] = await tx
    .update(petitionCounts)
    .set({
      online: sql`${petitionCounts.online} + ${online}`,
      paper: sql`${petitionCounts.paper} + ${paper}`,
      invalidated: sql`${petitionCounts.invalidated} + ${invalidated}`,
      supporters: sql`${petitionCounts.supporters} + ${supporters}`,
      ...(gained && { lastSignedAt: at }),
    })
    .where(eq(petitionCounts.petitionId, petition))
    .returning();
  if (!row) throw new Error(`petition ${petition} has no row to count in`);
  return row;
}

async function noteDay(tx: Tx, petition: number, day: string, change: Change): Promise<void> {
  const confirmed = change.again ? 0 : Math.max(0, (change.online ?? 0) + (change.paper ?? 0));
  const invalidated = Math.max(0, change.invalidated ?? 0);
  if (confirmed + invalidated === 0) return;
  await tx
    .insert(petitionDays)
    .values({ petitionId: petition, day, confirmed, invalidated })
    .onConflictDoUpdate({
      target: [petitionDays.petitionId, petitionDays.day],
      set: {
        confirmed: sql`${petitionDays.confirmed} + ${confirmed}`,
        invalidated: sql`${petitionDays.invalidated} + ${invalidated}`,
      },
    });
}

/** Latches what was crossed and starts its clocks. @returns the thresholds that were crossed just now */
async function cross(
  tx: Tx,
  { house }: Rooms,
  petition: Petition,
  scheme: Scheme,
  counts: Counts,
): Promise<Threshold[]> {
  const now = house.clock();
  const facts = factsOf(petition, counts, scheme);
  const total = facts.signatures;
  const thresholds = crossed(facts.reached, total, scheme);
  if (thresholds.length === 0) return [];
  const { response, debate } = afterCrossing(petition, thresholds);
  await tx
    .update(petitions)
    .set({ ...latches(thresholds, now), response, debate, updatedAt: now })
    .where(eq(petitions.id, petition.id));
  const told: Crossed[] = [];
  for (const threshold of thresholds)
    told.push({
      threshold,
      event: await recordPetition(tx, house, petition, 'petition.threshold_reached', { threshold, total }),
    });
  if (response !== petition.response || debate !== petition.debate)
    await recordPetition(tx, house, petition, 'petition.answered', { response, debate });
  // what was done before anybody made the council do it is owed no more
  const owed = told.filter(
    ({ threshold }) =>
      (threshold !== 'response' || response !== petition.response) &&
      (threshold !== 'debate' || debate !== petition.debate),
  );
  await tellReached(tx, { house, petition, scheme }, owed);
  return thresholds;
}

/** Adds confirmed signatures to a published petition, or takes false ones away. @returns the counts after it */
export async function countIn(
  tx: Tx,
  rooms: Rooms,
  petition: Petition,
  scheme: Scheme,
  change: Change,
): Promise<Counts> {
  const now = rooms.house.clock();
  const counts = await move(tx, petition.id, change, now);
  await noteDay(tx, petition.id, now.toISOString().slice(0, 10), change);
  const { online, paper } = counts;
  const gained = (change.online ?? 0) + (change.paper ?? 0) > 0;
  await recordPetition(tx, rooms.house, petition, gained ? 'petition.signed' : 'petition.recounted', {
    total: online + paper,
    online,
    paper,
  });
  if (gained) await cross(tx, rooms, petition, scheme, counts);
  return counts;
}

/**
 * Adds confirmed supporters, or takes false ones away. The last one that is needed sends the petition to the
 * moderators, once: with them it stays, also where some turn out to be false.
 */
export async function supportIn(
  tx: Tx,
  rooms: Rooms,
  petition: Petition,
  scheme: Scheme,
  fresh: number,
  invalidated = 0,
): Promise<Counts> {
  const { house } = rooms;
  const now = house.clock();
  const counts = await move(tx, petition.id, { supporters: fresh, invalidated }, now);
  await noteDay(tx, petition.id, now.toISOString().slice(0, 10), { invalidated });
  const before = factsOf(petition, counts, scheme);
  // the rule is asked with the whole batch but its last
  const decided = support({ ...before, supporters: counts.supporters - 1 }, scheme);
  await recordPetition(tx, house, petition, 'petition.supported', { supporters: counts.supporters }, 'staff');
  if (fresh > 0 && decided.ok && decided.next.state !== petition.state)
    await toModerators(tx, rooms, petition, scheme, decided.next.state);
  return counts;
}

/** What the count needs to know of a signature that is doubted, taken away or found good. */
export type Counted = { channel: string; supporter: boolean };

/**
 * Counts signatures that were there already in again (`way` 1) or out (−1). Before the petition was published only
 * its supporters are counted, and the organiser is none of them.
 */
export async function recountIn(
  tx: Tx,
  rooms: Rooms,
  petition: Petition,
  rows: readonly Counted[],
  way: 1 | -1,
  invalidated = 0,
): Promise<void> {
  const scheme = await schemeOf(tx, petition);
  if (petition.openedAt === null) {
    const supporters = rows.filter((row) => row.supporter).length;
    await supportIn(tx, rooms, petition, scheme, way * supporters, invalidated);
    return;
  }
  const paper = rows.filter((row) => row.channel === 'paper').length;
  const change = { online: way * (rows.length - paper), paper: way * paper, invalidated, again: way === 1 };
  await countIn(tx, rooms, petition, scheme, change);
}

/** Puts it before the moderators and starts their clock; the organiser hears that it arrived. */
export async function toModerators(
  tx: Tx,
  rooms: Rooms,
  petition: Petition,
  scheme: Scheme,
  state: Petition['state'],
): Promise<void> {
  const { house } = rooms;
  const now = house.clock();
  const by = await moderateBy(tx, rooms, petition.organisationId, now, scheme.moderateDays);
  await tx
    .update(petitions)
    .set({
      state,
      stateAt: now,
      updatedAt: now,
      moderateBy: by,
      moderationReachedAt: petition.moderationReachedAt ?? now,
    })
    .where(eq(petitions.id, petition.id));
  await recordMove(tx, house, petition, state, 'staff');
  await tellOrganiser(tx, house, petition, { what: 'arrived', by });
}
