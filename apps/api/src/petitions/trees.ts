/** The published trees: read page by page by whoever checks the whole chain, and one leaf's way to its root. */
import { createHash } from 'node:crypto';
import { levelsOf, pathIn, readNote } from '@folkmoot/core/petitions/tree';
import type { Queryable } from '@folkmoot/db/client';
import { petitionTrees } from '@folkmoot/db/schema/signatures';
import { asc, eq, inArray, sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';

/** leaves and notes on a page; the last hour on it may bring more, since an hour is never cut in two */
const PAGE = 48_000;
/** an hour counts for so many at least: 24 quiet ones to a page */
const LEAST = 2_000;
/** hashes kept of trees that were asked for lately, some 75 MB at most */
const KEPT = 300_000;

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Which trees stand on a page. Hours are only added, so a page that is full stays as it is; some may be empty. */
async function idsOn(db: Queryable, page: number): Promise<{ ids: number[]; pages: number }> {
  const { rows } = await db.execute<{ ids: string[] | null; pages: number }>(sql`
    with weighed as (
      select id, (sum(greatest(size, ${LEAST}::int)) over (order by hour) - greatest(size, ${LEAST}::int)) / ${PAGE}::int as page
      from petition_trees)
    select array_agg(id) filter (where page = ${page - 1}) as ids, coalesce(max(page), 0)::int + 1 as pages
    from weighed`);
  return { ids: (rows[0]?.ids ?? []).map(Number), pages: rows[0]?.pages ?? 1 };
}

/** One page of the chain, from the first hour on. @param page from 1 */
export async function pageOfTrees(db: Queryable, page: number) {
  const { ids, pages } = await idsOn(db, page);
  const rows = ids.length
    ? await db
        .select()
        .from(petitionTrees)
        .where(inArray(petitionTrees.id, ids))
        .orderBy(asc(petitionTrees.hour))
    : [];
  const items = rows.map(({ hour, root, chain, leaves, notes }) => ({
    hour: hour.toISOString(),
    root,
    chain,
    leaves,
    notes: notes.map(readNote).map((note) => ({ reason: null, ...note })),
  }));
  return { items, page, pages };
}

type Levels = ReturnType<typeof levelsOf>;
const kept = new LRUCache<string, Levels>({
  maxSize: KEPT,
  sizeCalculation: (levels) => levels.reduce((sum, level) => sum + level.length, 1),
});

/** A tree never changes: its hashes are worked out once, not for each of the thousands who stand in it. */
async function levelsOfTree(db: Queryable, { id, root }: { id: number; root: string }): Promise<Levels> {
  const known = kept.get(root);
  if (known) return known;
  const [row] = await db
    .select({ leaves: petitionTrees.leaves })
    .from(petitionTrees)
    .where(eq(petitionTrees.id, id));
  const levels = levelsOf(row?.leaves ?? [], sha256);
  kept.set(root, levels);
  return levels;
}

/** The hour in which a leaf stands, and its neighbours on the way to the root; null where it is in no tree yet. */
export async function proofOf(db: Queryable, leaf: string) {
  const [tree] = await db
    .select({
      id: petitionTrees.id,
      hour: petitionTrees.hour,
      root: petitionTrees.root,
      chain: petitionTrees.chain,
      place: sql<number>`array_position(${petitionTrees.leaves}, ${leaf}) - 1`,
    })
    .from(petitionTrees)
    .where(sql`${petitionTrees.leaves} @> array[${leaf}]::text[]`);
  if (!tree) return null;
  const { hour, root, chain, place } = tree;
  return { hour: hour.toISOString(), root, chain, path: pathIn(await levelsOfTree(db, tree), place) };
}
