/** What the hour's tree will say of leaves that no longer count, or count again. Rows are only ever added. */
import type { Note } from '@folkmoot/core/petitions/tree';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { petitionRemovals } from '@folkmoot/db/schema/signatures';
import { and, asc, gte, lt } from 'drizzle-orm';

const AT_ONCE = 1_000;

/** @param leaves a signature that was never confirmed has none, and is no news */
export async function noteLeaves(
  tx: Tx,
  petition: number,
  leaves: ReadonlyArray<string | null>,
  note: { kind: 'removed'; reason: string } | { kind: 'restored' },
  at: Date,
): Promise<void> {
  const rows = leaves.flatMap((leaf) =>
    leaf
      ? {
          petitionId: petition,
          leaf,
          kind: note.kind,
          reasonCode: note.kind === 'removed' ? note.reason : null,
          at,
        }
      : [],
  );
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await tx.insert(petitionRemovals).values(rows.slice(from, from + AT_ONCE));
}

/** What was noted from one moment until before another, as it happened. */
export async function notesBetween(db: Queryable, from: Date, to: Date): Promise<Note[]> {
  const rows = await db
    .select()
    .from(petitionRemovals)
    .where(and(gte(petitionRemovals.at, from), lt(petitionRemovals.at, to)))
    .orderBy(asc(petitionRemovals.id));
  return rows.map(({ leaf, kind, reasonCode }) =>
    kind === 'removed' ? { leaf, kind, reason: reasonCode ?? 'other' } : { leaf, kind },
  );
}
