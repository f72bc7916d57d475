/** What the clock does to petitions: they end, names go, the morning's figures are taken, the hour's tree grows. */
import { close, lapse } from '@folkmoot/core/petitions/rules';
import { FIRST_CHAIN, linkOf, NO_LEAVES, type Note, noteLine, rootOf } from '@folkmoot/core/petitions/tree';
import { petitions } from '@folkmoot/db/schema/petitions';
import { petitionTrees } from '@folkmoot/db/schema/signatures';
import { and, desc, eq, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { countsOf, factsOf, lockPetition, recordMove, schemeOf } from './facts.ts';
import { dropDraft } from './making.ts';
import { tellOrganiser } from './mails.ts';
import { announce } from './milestones.ts';
import { notesBetween } from './removals.ts';
import { sha256 } from './trees.ts';

const HOUR = 3_600_000;
const AT_ONCE = 2_000;
/** as long as the draft cookie lives */
const DRAFT_DAYS = 30;
/** no scheme lets a petition be signed for fewer */
const LEAST_DAYS = 7;
/** a batch that was under way when the hour ended is on disk by then */
const SETTLED_MS = 2 * 60_000;

/** Ends signing where the time has come; each in a transaction of its own. */
export async function closePetitions(house: House): Promise<void> {
  const now = house.clock();
  const due = await house.db
    .select({ id: petitions.id })
    .from(petitions)
    .where(and(eq(petitions.state, 'open'), lte(petitions.closesAt, now)))
    .limit(500);
  for (const { id } of due)
    await house.db.transaction(async (tx) => {
      const petition = await lockPetition(tx, id);
      if (!petition) return;
      const decided = close(
        factsOf(petition, await countsOf(tx, id), await schemeOf(tx, petition)),
        house.clock(),
      );
      if (!decided.ok) return;
      const { state } = decided.next;
      await tx
        .update(petitions)
        .set({ state, stateAt: now, closedAt: now, updatedAt: now })
        .where(eq(petitions.id, id));
      await recordMove(tx, house, petition, state);
      await announce(tx, house, id, 'closed');
    });
  if (due.length) house.saved();
}

/** Ends what nobody moved on before it was published; its organiser hears of it. */
export async function lapsePetitions(house: House): Promise<void> {
  const now = house.clock();
  const waiting = await house.db
    .select({ id: petitions.id })
    .from(petitions)
    .where(
      and(
        inArray(petitions.state, ['gathering_supporters', 'returned']),
        lte(petitions.stateAt, new Date(now.getTime() - LEAST_DAYS * 24 * HOUR)),
      ),
    )
    .orderBy(petitions.stateAt)
    .limit(AT_ONCE);
  for (const { id } of waiting)
    await house.db.transaction(async (tx) => {
      const petition = await lockPetition(tx, id);
      if (!petition) return;
      const scheme = await schemeOf(tx, petition);
      const decided = lapse({ state: petition.state, since: petition.stateAt }, scheme, now);
      if (!decided.ok) return;
      const { state } = decided.next;
      // nobody closed it: so it is told from one that its organiser took back
      await tx.update(petitions).set({ state, stateAt: now, updatedAt: now }).where(eq(petitions.id, id));
      await recordMove(tx, house, petition, state, 'staff');
      await tellOrganiser(tx, house, petition, { what: 'lapsed', days: scheme.days });
    });
  if (waiting.length) house.saved();
}

/** Drafts of visitors that nobody has touched for as long as their cookie lives. */
export async function forgetDrafts(house: House): Promise<void> {
  const before = new Date(house.clock().getTime() - DRAFT_DAYS * 24 * HOUR);
  const old = await house.db
    .select({ id: petitions.id })
    .from(petitions)
    .where(and(eq(petitions.state, 'draft'), isNull(petitions.personId), lte(petitions.updatedAt, before)))
    .limit(AT_ONCE);
  for (const { id } of old)
    await house.db.transaction(async (tx) => {
      const petition = await lockPetition(tx, id);
      if (petition?.state === 'draft') await dropDraft(tx, petition);
    });
}

/** Takes names and addresses off signatures whose petition ended so long ago as its scheme says. Ward, basis and time stay. */
export async function anonymise({ db, clock }: Pick<House, 'db' | 'clock'>): Promise<number> {
  const now = clock().toISOString();
  let changed = 0;
  for (;;) {
    const { rowCount } = await db.execute(sql`
      update signatures set name = null, email = null, canonical = null, postcode = null, receipt = null,
        network = null, person_id = null, mail_due_at = null, follows = false
      where id in (
        select s.id from petitions p
        join petition_schemes k on k.id = p.scheme_id
        join signatures s on s.petition_id = p.id
        where p.state in ('closed', 'withdrawn', 'stopped', 'rejected')
          and coalesce(p.closed_at, p.state_at) + coalesce((k.data->>'keepDays')::int, 180) * interval '1 day' <= ${now}::timestamptz
          and (s.name is not null or s.email is not null or s.person_id is not null or s.canonical is not null)
        limit ${AT_ONCE})`);
    changed += rowCount ?? 0;
    if (!rowCount || rowCount < AT_ONCE) return changed;
  }
}

/** This morning's count by ward. The true counts are kept; only `disclose` shows them. */
export async function snapshotWards({ db, clock }: Pick<House, 'db' | 'clock'>): Promise<void> {
  const now = clock().toISOString();
  await db.execute(sql`
    insert into petition_wards (petition_id, ward_id, count, at)
    select s.petition_id, s.ward_id, count(*)::int, ${now}::timestamptz from signatures s
    join petitions p on p.id = s.petition_id
    where s.state = 'confirmed' and s.ward_id is not null and p.opened_at is not null
      and (p.state = 'open' or p.state_at > ${now}::timestamptz - interval '3 days')
    group by 1, 2
    on conflict (petition_id, ward_id) do update set count = excluded.count, at = excluded.at`);
  // where false ones were all there were, nobody is left: yesterday's number must not stay
  await db.execute(sql`
    delete from petition_wards w using petitions p where p.id = w.petition_id and w.at < ${now}::timestamptz
      and (p.state = 'open' or p.state_at > ${now}::timestamptz - interval '3 days')`);
}

const hourOf = (at: Date): number => Math.floor(at.getTime() / HOUR) * HOUR;

/** The hour in which the next leaf was made or the next note written, after the last tree; null where there is none. */
async function nextHour(house: Pick<House, 'db'>, after: Date | null): Promise<number | null> {
  const since = (after ? new Date(after.getTime() + HOUR) : new Date(0)).toISOString();
  const { rows } = await house.db.execute<{ at: Date | null }>(sql`
    select least(
      (select min(confirmed_at) from signatures
        where leaf is not null and confirmed_at >= ${since}::timestamptz),
      (select min(at) from petition_removals where at >= ${since}::timestamptz)) as at`);
  return rows[0]?.at ? hourOf(new Date(rows[0].at)) : null;
}

/**
 * The leaves of an hour: of every signature that was confirmed in it, also of those that no longer count. That they
 * were taken away is said beside them, and never by leaving them out.
 */
async function leavesOf(house: Pick<House, 'db'>, from: string, to: string): Promise<string[]> {
  const { rows } = await house.db.execute<{ leaf: string }>(sql`
    select leaf from signatures where leaf is not null and confirmed_at >= ${from}::timestamptz
      and confirmed_at < ${to}::timestamptz order by leaf`);
  return rows.map((row) => row.leaf);
}

/** Where one leaf was taken away and given back within an hour the last word counts. */
const lastOfEach = (notes: readonly Note[]): Note[] => [
  ...new Map(notes.map((note) => [note.leaf, note])).values(),
];

/** Grows the tree of every hour that is over. Sorted by their own value the leaves stand in a random order. */
export async function growTrees(house: House): Promise<void> {
  const settled = hourOf(new Date(house.clock().getTime() - SETTLED_MS));
  for (;;) {
    const [last] = await house.db
      .select({ hour: petitionTrees.hour, chain: petitionTrees.chain })
      .from(petitionTrees)
      .orderBy(desc(petitionTrees.hour))
      .limit(1);
    const hour = await nextHour(house, last?.hour ?? null);
    if (hour === null || hour >= settled) return;
    const [from, to] = [new Date(hour), new Date(hour + HOUR)];
    const leaves = await leavesOf(house, from.toISOString(), to.toISOString());
    const notes = lastOfEach(await notesBetween(house.db, from, to))
      .map(noteLine)
      .sort();
    const root = leaves.length ? rootOf(leaves, sha256) : NO_LEAVES;
    const chain = linkOf(last?.chain ?? FIRST_CHAIN, root, notes, sha256);
    // two processes that grow the same hour make the same tree; one of them is kept
    await house.db
      .insert(petitionTrees)
      .values({ hour: from, leaves, root, chain, notes })
      .onConflictDoNothing();
  }
}
