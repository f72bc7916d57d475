/** Whether the number can be believed: what everybody may know of how it came about. */
import { disclose, discloseCount } from '@folkmoot/core/kit/disclose';
import type { Words } from '@folkmoot/core/kit/shapes';
import { INVALID_REASONS, type InvalidReason } from '@folkmoot/core/petitions/plain';
import type { Queryable } from '@folkmoot/db/client';
import { areas } from '@folkmoot/db/schema/places';
import { petitionDays, petitionRemovals, petitionWards } from '@folkmoot/db/schema/signatures';
import { asc, desc, eq, sql } from 'drizzle-orm';
import { countsOf, type Petition } from './facts.ts';
import { leafOf } from './leaves.ts';
import { proofOf } from './trees.ts';

const isReason = (word: string): word is InvalidReason => INVALID_REASONS.some((one) => one === word);

/** This morning's figures by ward, protected; null before the first morning. */
export async function wardsOf(db: Queryable, petition: number) {
  const rows = await db
    .select({
      ward: petitionWards.wardId,
      count: petitionWards.count,
      at: petitionWards.at,
      code: areas.code,
      name: areas.name,
    })
    .from(petitionWards)
    .innerJoin(areas, eq(areas.id, petitionWards.wardId))
    .where(eq(petitionWards.petitionId, petition))
    .orderBy(asc(areas.code))
    .limit(500);
  if (!rows[0]) return null;
  const { cells } = disclose(rows.map((row) => ({ ...row, area: row.code })));
  return {
    at: rows[0].at.toISOString(),
    items: cells.map(({ ward, code, name, count }) => ({
      ward,
      code,
      name: name as Words,
      signatures: count,
    })),
  };
}

export async function daysOf(db: Queryable, petition: number) {
  return db
    .select({
      day: petitionDays.day,
      confirmed: petitionDays.confirmed,
      invalidated: petitionDays.invalidated,
    })
    .from(petitionDays)
    .where(eq(petitionDays.petitionId, petition))
    .orderBy(asc(petitionDays.day))
    .limit(1_000);
}

export async function readIntegrity(db: Queryable, petition: Petition) {
  const { id } = petition;
  const counts = await countsOf(db, id);
  const { rows: left } = await db.execute<{ pending: number; suspect: number }>(sql`
    select count(*) filter (where state = 'pending')::int as pending,
      count(*) filter (where state = 'suspect')::int as suspect
    from signatures where petition_id = ${id} and state in ('pending', 'suspect')`);
  const { rows: reasons } = await db.execute<{ reason: string; signatures: number }>(sql`
    select coalesce(i.reason_code, 'same_person') as reason, count(*)::int as signatures
    from signatures s left join petition_invalidations i on i.id = s.invalidation_id
    where s.petition_id = ${id} and s.state = 'invalidated' and s.confirmed_at is not null group by 1 order by 1`);
  const { rows: ratings } = await db.execute<{ yes: number; no: number }>(sql`
    select count(*) filter (where answers)::int as yes, count(*) filter (where not answers)::int as no
    from petition_ratings where petition_id = ${id}`);
  const { pending, suspect } = left[0]!;
  const { online, invalidated } = counts;
  // the counters know the rest: nobody reads a million rows for it
  const confirmed = online + suspect + invalidated;
  const asked = confirmed + pending;
  return {
    online,
    paper: counts.paper,
    invalidated,
    suspect,
    confirmedShare: asked ? Math.round((confirmed / asked) * 100) : null,
    reasons: reasons.flatMap(({ reason, signatures }) => (isReason(reason) ? [{ reason, signatures }] : [])),
    days: await daysOf(db, id),
    wards: await wardsOf(db, id),
    rating: { yes: discloseCount(ratings[0]!.yes), no: discloseCount(ratings[0]!.no) },
  };
}

/** Whether the leaf was made since the newest tree: only that hour's are looked through, not everybody's. */
async function waitsForTheHour(db: Queryable, petition: number, leaf: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from signatures where petition_id = ${petition} and leaf = ${leaf} and leaf is not null
      and confirmed_at >= coalesce((select max(hour) + interval '1 hour' from petition_trees), '-infinity') limit 1`);
  return rows.length > 0;
}

/** Looks a receipt up. Who holds no receipt finds nobody: only random bytes were hashed. */
export async function checkReceipt(db: Queryable, petition: Petition, receipt: string) {
  const leaf = leafOf(petition.id, Buffer.from(receipt, 'hex'));
  const proof = await proofOf(db, leaf);
  const [note] = await db
    .select({ kind: petitionRemovals.kind })
    .from(petitionRemovals)
    .where(eq(petitionRemovals.leaf, leaf))
    .orderBy(desc(petitionRemovals.id))
    .limit(1);
  const found =
    note?.kind === 'removed'
      ? 'removed'
      : proof
        ? 'in_tree'
        : (await waitsForTheHour(db, petition.id, leaf))
          ? 'waits_for_the_hour'
          : 'unknown';
  return { leaf, found, proof } as const;
}
