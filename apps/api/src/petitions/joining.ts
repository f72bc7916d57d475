/**
 * A confirmed signature makes or joins the account of its address. Done behind the request, a few at a time: six
 * million signatures must not wait for six million accounts.
 */
import type { Lang } from '@folkmoot/core/kit/plain';
import type { Tx } from '@folkmoot/db/client';
import { follows } from '@folkmoot/db/schema/notifications';
import { sql } from 'drizzle-orm';
import { contactFor, joinAccount } from '../people/index.ts';
import { type Counted, recountIn, type Rooms } from './counting.ts';
import { lockPetition } from './facts.ts';
import { noteLeaves } from './removals.ts';

const AT_ONCE = 50;

type Unjoined = {
  id: string;
  petition: number;
  name: string;
  email: string;
  postcode: string;
  wardId: string | null;
  lang: Lang;
  follows: boolean;
};

/** Somebody with two addresses has signed with both: they count once. */
async function dropSecond(tx: Tx, rooms: Rooms, it: Unjoined): Promise<void> {
  const petition = await lockPetition(tx, it.petition);
  if (!petition) return;
  const { rows } = await tx.execute<Counted & { leaf: string | null }>(sql`
    update signatures set state = 'invalidated' where id = ${it.id} and state = 'confirmed'
    returning leaf, channel, supporter`);
  if (rows.length === 0) return;
  const leaves = rows.map((row) => row.leaf);
  await noteLeaves(tx, it.petition, leaves, { kind: 'removed', reason: 'same_person' }, rooms.house.clock());
  await recountIn(tx, rooms, petition, rows, -1, rows.length);
}

async function join(tx: Tx, rooms: Rooms, it: Unjoined): Promise<void> {
  const now = rooms.house.clock();
  const contact = await contactFor(tx, it.email);
  const { name, lang, postcode, wardId } = it;
  const person = await joinAccount(tx, contact.id, { name, lang, postcode, wardId }, now);
  const { rows } = await tx.execute<{ id: string }>(
    sql`select id from signatures where petition_id = ${it.petition} and person_id = ${person}`,
  );
  if (rows.length) return dropSecond(tx, rooms, it);
  await tx.execute(sql`update signatures set person_id = ${person} where id = ${it.id}`);
  if (it.follows)
    await tx
      .insert(follows)
      .values({ personId: person, topic: `petition:${it.petition}`, createdAt: now })
      .onConflictDoNothing();
}

/** Joins whoever confirmed and has no account yet. Safe to repeat; each in a transaction of its own. */
export async function joinSigners(rooms: Rooms): Promise<void> {
  const { db, saved } = rooms.house;
  for (;;) {
    const { rows } = await db.execute<Unjoined>(sql`
      select id, petition_id as petition, name, email, postcode, ward_id as "wardId", lang, follows
      from signatures where state = 'confirmed' and person_id is null and email is not null
      order by confirmed_at limit ${AT_ONCE}`);
    for (const it of rows) await db.transaction((tx) => join(tx, rooms, it));
    if (rows.length) saved();
    if (rows.length < AT_ONCE) return;
  }
}
