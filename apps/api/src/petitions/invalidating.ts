/** Taking false signatures away: a search, counted first, done in the background, to be stopped and undone. */
import type { InvalidQuery } from '@folkmoot/core/petitions/integrity.contract';
import { canonicalPostcode } from '@folkmoot/core/places/plain';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { petitionInvalidations } from '@folkmoot/db/schema/signatures';
import { eq, type SQL, sql } from 'drizzle-orm';
import { countIn, type Rooms } from './counting.ts';
import { isBefore, lockPetition, schemeOf } from './facts.ts';

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
  ];
  return sql.join(parts, sql` and `);
}

export async function countFound(db: Queryable, petition: number, query: InvalidQuery): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from signatures s where ${finds(petition, query)}`,
  );
  return rows[0]?.n ?? 0;
}

/** Moves what changed in the count: taken away (`sign` 1) or given back (−1). */
async function recount(tx: Tx, rooms: Rooms, id: number, rows: Array<{ channel: string }>, sign: 1 | -1) {
  const petition = await lockPetition(tx, id);
  if (!petition || rows.length === 0 || isBefore(petition.state)) return;
  const paper = rows.filter((row) => row.channel === 'paper').length;
  await countIn(tx, rooms, petition, await schemeOf(tx, petition), {
    online: -sign * (rows.length - paper),
    paper: -sign * paper,
    invalidated: sign * rows.length,
  });
}

type Changed = { counted: boolean; channel: string };

/** @returns how many were taken away; 0 where nothing is left or somebody stopped it */
async function takeSome(rooms: Rooms, id: string): Promise<number> {
  return rooms.house.db.transaction(async (tx) => {
    const of = eq(petitionInvalidations.id, id);
    const [it] = await tx.select().from(petitionInvalidations).where(of).for('update');
    if (!it?.petitionId || it.cancelledAt || it.undoneAt || it.endedAt) return 0;
    await lockPetition(tx, it.petitionId);
    const { rows } = await tx.execute<Changed>(sql`
      with found as (
        select s.id, s.state = 'confirmed' as counted, s.channel from signatures s
        where ${finds(it.petitionId, it.query as InvalidQuery)} limit ${BATCH} for update of s)
      update signatures s set state = 'invalidated', invalidation_id = ${id}, mail_due_at = null
      from found where s.id = found.id returning found.counted, found.channel`);
    await recount(
      tx,
      rooms,
      it.petitionId,
      rows.filter((row) => row.counted),
      1,
    );
    const now = rooms.house.clock();
    await tx
      .update(petitionInvalidations)
      .set({
        done: it.done + rows.length,
        startedAt: it.startedAt ?? now,
        // the search itself names somebody: it goes when it has done its work
        ...(rows.length < BATCH && { endedAt: now, query: {} }),
      })
      .where(of);
    return rows.length;
  });
}

/** Runs an invalidation to its end; safe to repeat. */
export async function runInvalidation(rooms: Rooms, id: string): Promise<void> {
  while ((await takeSome(rooms, id)) === BATCH) rooms.house.saved();
  rooms.house.saved();
}

/** Gives back what an invalidation took away, a portion at a time. */
export async function giveBack(rooms: Rooms, it: Invalidation): Promise<void> {
  const { house } = rooms;
  for (;;) {
    const given = await house.db.transaction(async (tx) => {
      if (it.petitionId) await lockPetition(tx, it.petitionId);
      const { rows } = await tx.execute<Changed>(sql`
        update signatures s set state = case when s.confirmed_at is null then 'pending' else 'confirmed' end, invalidation_id = null
        where s.id in (select id from signatures where invalidation_id = ${it.id} limit ${BATCH})
        returning s.confirmed_at is not null as counted, s.channel`);
      if (it.petitionId)
        await recount(
          tx,
          rooms,
          it.petitionId,
          rows.filter((row) => row.counted),
          -1,
        );
      return rows.length;
    });
    house.saved();
    if (given < BATCH) return;
  }
}
