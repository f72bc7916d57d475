/** Taking false signatures away: a search, counted first, done in the background, to be stopped and undone. */
import type { InvalidQuery } from '@folkmoot/core/petitions/integrity.contract';
import type { SignatureState } from '@folkmoot/core/petitions/plain';
import { canonicalPostcode } from '@folkmoot/core/places/plain';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { petitionInvalidations } from '@folkmoot/db/schema/signatures';
import { eq, type SQL, sql } from 'drizzle-orm';
import { countIn, type Rooms } from './counting.ts';
import { isBefore, lockPetition, recordPetition, schemeOf } from './facts.ts';
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

type Changed = { was: SignatureState; channel: string; leaf: string | null };
type Way = { sign: 1; reason: string } | { sign: -1 };

/** Moves what changed in the count, and notes the leaves: taken away (`sign` 1) or given back (−1). */
async function recount(tx: Tx, rooms: Rooms, id: number, rows: Changed[], way: Way): Promise<void> {
  const { sign } = way;
  const known = rows.filter((row) => row.was !== 'pending');
  const petition = await lockPetition(tx, id);
  if (!petition || known.length === 0) return;
  const note =
    way.sign === 1 ? ({ kind: 'removed', reason: way.reason } as const) : { kind: 'restored' as const };
  const leaves = known.map((row) => row.leaf);
  await noteLeaves(tx, id, leaves, note, rooms.house.clock());
  if (isBefore(petition.state)) return;
  const counted = known.filter((row) => row.was === 'confirmed');
  const paper = counted.filter((row) => row.channel === 'paper').length;
  await countIn(tx, rooms, petition, await schemeOf(tx, petition), {
    online: -sign * (counted.length - paper),
    paper: -sign * paper,
    invalidated: sign * known.length,
  });
}

/** Colleagues who have the page open see how far it has come. */
const tell = async (tx: Tx, { house }: Rooms, it: Invalidation, state: string): Promise<void> => {
  const petition = it.petitionId === null ? null : await lockPetition(tx, it.petitionId);
  if (!petition) return;
  const { id: invalidation, done, found } = it;
  await recordPetition(
    tx,
    house,
    petition,
    'petition.invalidating',
    { invalidation, done, found, state },
    'staff',
  );
};

/** @returns how many were taken away; 0 where nothing is left or somebody stopped it */
async function takeSome(rooms: Rooms, id: string): Promise<number> {
  return rooms.house.db.transaction(async (tx) => {
    const of = eq(petitionInvalidations.id, id);
    const [it] = await tx.select().from(petitionInvalidations).where(of).for('update');
    if (!it?.petitionId || it.cancelledAt || it.undoneAt || it.endedAt) return 0;
    await lockPetition(tx, it.petitionId);
    const { rows } = await tx.execute<Changed>(sql`
      with found as (
        select s.id, s.state as was, s.channel from signatures s
        where ${finds(it.petitionId, it.query as InvalidQuery)} limit ${BATCH} for update of s)
      update signatures s set state = 'invalidated', invalidation_id = ${id}, mail_due_at = null
      from found where s.id = found.id returning found.was, found.channel, s.leaf`);
    await recount(tx, rooms, it.petitionId, rows, { sign: 1, reason: it.reasonCode });
    const now = rooms.house.clock();
    const ended = rows.length < BATCH;
    const [after] = await tx
      .update(petitionInvalidations)
      .set({
        done: it.done + rows.length,
        startedAt: it.startedAt ?? now,
        // the search itself names somebody: it goes when it has done its work
        ...(ended && { endedAt: now, query: {} }),
      })
      .where(of)
      .returning();
    await tell(tx, rooms, after!, ended ? 'done' : 'running');
    return rows.length;
  });
}

/** Runs an invalidation to its end; safe to repeat. */
export async function runInvalidation(rooms: Rooms, id: string): Promise<void> {
  while ((await takeSome(rooms, id)) === BATCH) rooms.house.saved();
  rooms.house.saved();
}

/** Gives back what an invalidation took away, a portion at a time: what was doubtful then is doubtful again. */
export async function giveBack(rooms: Rooms, it: Invalidation): Promise<void> {
  const { house } = rooms;
  for (;;) {
    const given = await house.db.transaction(async (tx) => {
      if (it.petitionId) await lockPetition(tx, it.petitionId);
      const { rows } = await tx.execute<Changed>(sql`
        update signatures s set invalidation_id = null, state = case when s.confirmed_at is null then 'pending'
          when s.suspect_because is not null and s.checked_at is null then 'suspect' else 'confirmed' end
        where s.id in (select id from signatures where invalidation_id = ${it.id} limit ${BATCH})
        returning s.state as was, s.channel, s.leaf`);
      if (it.petitionId) await recount(tx, rooms, it.petitionId, rows, { sign: -1 });
      if (rows.length < BATCH) await tell(tx, rooms, it, 'undone');
      return rows.length;
    });
    house.saved();
    if (given < BATCH) return;
  }
}
