/** Taking false signatures away: a search, counted first, done in the background, to be stopped and undone. */
import type { Actor } from '@folkmoot/core/kit/policy';
import type { InvalidQuery } from '@folkmoot/core/petitions/integrity.contract';
import type { SignatureState } from '@folkmoot/core/petitions/plain';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import { canonicalPostcode } from '@folkmoot/core/places/plain';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { petitionInvalidations } from '@folkmoot/db/schema/signatures';
import { eq, type SQL, sql } from 'drizzle-orm';
import { notFound, Refused } from '../kit/errors.ts';
import { type Counted, recountIn, type Rooms } from './counting.ts';
import { lockPetition, type Petition, recordPetition, subjectOf } from './facts.ts';
import { noteLeaves } from './removals.ts';

const BATCH = 500;
export type Invalidation = typeof petitionInvalidations.$inferSelect;

/** What a search finds, of what still counts or may. */
function finds(petition: number, it: InvalidQuery): SQL {
  const parts = [
    sql`s.petition_id = ${petition} and s.state in ('pending', 'confirmed', 'suspect')`,
    ...(it.name ? [sql`lower(s.name) = lower(${it.name})`] : []),
    ...(it.postcode ? [sql`s.postcode = ${canonicalPostcode(it.postcode)}`] : []),
    ...(it.network ? [sql`s.network = ${it.network}`] : []),
    ...(it.domain ? [sql`lower(split_part(s.email, '@', 2)) = ${it.domain}`] : []),
    ...(it.from ? [sql`s.signed_at >= ${it.from}::timestamptz`] : []),
    ...(it.to ? [sql`s.signed_at < ${it.to}::timestamptz`] : []),
    ...(it.because ? [sql`s.state = 'suspect' and s.suspect_because = ${it.because}`] : []),
  ];
  return sql.join(parts, sql` and `);
}

type Found = { found: number; counted: number };

/** How many a search finds, and how many of them count today. */
export async function countFound(db: Queryable, petition: number, query: InvalidQuery): Promise<Found> {
  const { rows } = await db.execute<Found>(sql`
    select count(*)::int as found, count(*) filter (where s.state = 'confirmed')::int as counted
    from signatures s where ${finds(petition, query)}`);
  return rows[0]!;
}

const SAMPLE = 12;
type Seen = {
  id: string;
  person: string | null;
  name: string | null;
  postcode: string | null;
  domain: string | null;
  network: string | null;
  state: SignatureState;
  at: Date;
};

/** Some of what a search finds, the newest first: who decides looks at people, not at a number. */
export async function someFound(db: Queryable, petition: number, query: InvalidQuery): Promise<Seen[]> {
  const { rows } = await db.execute<Seen>(sql`
    select s.id, s.person_id as person, s.name, s.postcode, lower(split_part(s.email, '@', 2)) as domain, s.network,
      s.state, s.signed_at as at
    from signatures s where ${finds(petition, query)} order by s.signed_at desc, s.id limit ${SAMPLE}`);
  return rows;
}

type Changed = Counted & { was: SignatureState; leaf: string | null };
type Note = Parameters<typeof noteLeaves>[3];

/** Moves what changed in the count, and notes the leaves. @param way −1: taken away, 1: given back */
async function recount(
  tx: Tx,
  rooms: Rooms,
  petition: Petition,
  rows: readonly Changed[],
  way: 1 | -1,
  note: Note,
): Promise<void> {
  const known = rows.filter((row) => row.was !== 'pending');
  if (known.length === 0) return;
  const leaves = known.map((row) => row.leaf);
  await noteLeaves(tx, petition.id, leaves, note, rooms.house.clock());
  const counted = known.filter((row) => row.was === 'confirmed');
  await recountIn(tx, rooms, petition, counted, way, -way * known.length);
}

/** One portion taken away; the last one ends it. */
async function takeSome(tx: Tx, rooms: Rooms, petition: Petition, it: Invalidation): Promise<Portion> {
  const { rows } = await tx.execute<Changed>(sql`
    with found as (
      select s.id, s.state as was, s.channel, s.supporter from signatures s
      where ${finds(petition.id, it.query as InvalidQuery)} limit ${BATCH} for update of s)
    update signatures s set state = 'invalidated', invalidation_id = ${it.id}, mail_due_at = null
    from found where s.id = found.id returning found.was, found.channel, found.supporter, s.leaf`);
  await recount(tx, rooms, petition, rows, -1, { kind: 'removed', reason: it.reasonCode });
  const now = rooms.house.clock();
  const more = rows.length === BATCH;
  return {
    more,
    set: {
      done: it.done + rows.length,
      startedAt: it.startedAt ?? now,
      // the search itself names somebody: it goes when it has done its work
      ...(!more && { endedAt: now, query: {} }),
    },
  };
}

/** One portion given back: what was doubtful then is doubtful again. */
async function giveSome(tx: Tx, rooms: Rooms, petition: Petition, it: Invalidation): Promise<Portion> {
  const { rows } = await tx.execute<Changed>(sql`
    update signatures s set invalidation_id = null, state = case when s.confirmed_at is null then 'pending'
      when s.suspect_because is not null and s.checked_at is null then 'suspect' else 'confirmed' end
    where s.id in (select id from signatures where invalidation_id = ${it.id} limit ${BATCH})
    returning s.state as was, s.channel, s.supporter, s.leaf`);
  await recount(tx, rooms, petition, rows, 1, { kind: 'restored' });
  const more = rows.length === BATCH;
  const givenBack = it.givenBack + rows.length;
  return { more, set: { givenBack, ...(!more && { undoEndedAt: rooms.house.clock() }) } };
}

type Portion = { more: boolean; set: Partial<Invalidation> };
type InvalidationState = 'waiting' | 'running' | 'done' | 'cancelled' | 'undoing' | 'undone';

export function stateOf(it: Invalidation): InvalidationState {
  if (it.undoneAt) return it.undoEndedAt ? 'undone' : 'undoing';
  if (it.cancelledAt) return 'cancelled';
  if (it.endedAt) return 'done';
  return it.startedAt ? 'running' : 'waiting';
}

/** Keeps how far it has come. Colleagues who have the page open see it. */
async function keep(
  tx: Tx,
  { house }: Rooms,
  petition: Petition,
  id: string,
  set: Partial<Invalidation>,
): Promise<void> {
  const of = eq(petitionInvalidations.id, id);
  const [it] = await tx.update(petitionInvalidations).set(set).where(of).returning();
  const { done, found, givenBack } = it!;
  const said = { invalidation: id, done, found, givenBack, state: stateOf(it!) };
  await recordPetition(tx, house, petition, 'petition.invalidating', said, 'staff');
}

/** Locks one with its petition, always in this order. */
async function lockInvalidation(
  tx: Tx,
  id: string,
): Promise<{ it: Invalidation; petition: Petition } | null> {
  const of = eq(petitionInvalidations.id, id);
  const [it] = await tx.select().from(petitionInvalidations).where(of).for('update');
  const petition = it?.petitionId ? await lockPetition(tx, it.petitionId) : null;
  return it && petition ? { it, petition } : null;
}

/** One portion, in the direction that was asked for last. @returns whether there is more to do */
async function step(rooms: Rooms, id: string): Promise<boolean> {
  return rooms.house.db.transaction(async (tx) => {
    const locked = await lockInvalidation(tx, id);
    if (!locked) return false;
    const { it, petition } = locked;
    const state = stateOf(it);
    if (state === 'done' || state === 'cancelled' || state === 'undone') return false;
    const portion = state === 'undoing' ? giveSome : takeSome;
    const { more, set } = await portion(tx, rooms, petition, it);
    await keep(tx, rooms, petition, id, set);
    return more;
  });
}

/** Takes away, or gives back, to its end or until somebody stops it; safe to repeat. */
export async function runInvalidation(rooms: Rooms, id: string): Promise<void> {
  while (await step(rooms, id)) rooms.house.saved();
  rooms.house.saved();
}

/** @throws Refused already_ended */
function stopped(it: Invalidation, now: Date): Partial<Invalidation> {
  const state = stateOf(it);
  if (state === 'undoing') return { undoneAt: null };
  if (state !== 'waiting' && state !== 'running') throw new Refused('already_ended');
  return { cancelledAt: now, query: {} };
}

/** @throws Refused already_undone */
function turnedBack(it: Invalidation, now: Date): Partial<Invalidation> {
  if (it.undoneAt) throw new Refused('already_undone');
  // taking away ends here, so that it does not go on where giving back is stopped
  return { undoneAt: now, query: {}, ...(it.endedAt === null && { cancelledAt: it.cancelledAt ?? now }) };
}

const TURNS = { stop: stopped, undo: turnedBack };

/**
 * Stops what is under way (what was taken away stays so, what was given back counts), or has it all given back.
 * @throws not found; Refused already_ended, already_undone
 */
export async function turnInvalidation(
  tx: Tx,
  rooms: Rooms,
  actor: Actor,
  id: string,
  turn: keyof typeof TURNS,
): Promise<void> {
  const locked = await lockInvalidation(tx, id);
  if (!locked || !petitionPolicy.invalidateSignatures(actor, subjectOf(locked.petition))) throw notFound();
  await keep(tx, rooms, locked.petition, id, TURNS[turn](locked.it, rooms.house.clock()));
}
