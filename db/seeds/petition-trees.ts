/**
 * The hourly trees of what was signed in the demo town: an outsider can check the chain from the first minute on,
 * and need not wait until five past the hour.
 */
import { createHash } from 'node:crypto';
import { FIRST_CHAIN, linkOf, NO_LEAVES, noteLine, rootOf } from '@folkmoot/core/petitions/tree';
import { sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { petitionRemovals, petitionTrees, signatures } from '../schema/signatures.ts';

const AT_ONCE = 500;
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

type Hour = { hour: Date; leaves: string[] };
type Gone = { hour: Date; leaf: string; reason: string | null };

/** Of every hour that was over before this one; the application goes on from there. */
export async function seedTrees(db: Db, now: Date): Promise<void> {
  const before = sql`date_trunc('hour', ${now.toISOString()}::timestamptz, 'UTC')`;
  const { rows: signed } = await db.execute<Hour>(sql`
    select date_trunc('hour', confirmed_at, 'UTC') as hour, array_agg(leaf order by leaf) as leaves from ${signatures}
    where leaf is not null and confirmed_at < ${before} group by 1`);
  const { rows: gone } = await db.execute<Gone>(sql`
    select date_trunc('hour', at, 'UTC') as hour, leaf, reason_code as reason from ${petitionRemovals}
    where kind = 'removed' and at < ${before}`);
  const leavesOf = new Map(signed.map((row) => [new Date(row.hour).getTime(), row.leaves]));
  const goneOf = Map.groupBy(gone, (row) => new Date(row.hour).getTime());
  let chain = FIRST_CHAIN;
  const trees = [...new Set([...leavesOf.keys(), ...goneOf.keys()])]
    .sort((a, b) => a - b)
    .map((hour) => {
      const leaves = leavesOf.get(hour) ?? [];
      const notes = (goneOf.get(hour) ?? [])
        .map(({ leaf, reason }) => noteLine({ leaf, kind: 'removed', reason: reason ?? 'other' }))
        .sort();
      const root = leaves.length ? rootOf(leaves, sha256) : NO_LEAVES;
      chain = linkOf(chain, root, notes, sha256);
      return { hour: new Date(hour), leaves, root, chain, notes };
    });
  for (let at = 0; at < trees.length; at += AT_ONCE)
    await db.insert(petitionTrees).values(trees.slice(at, at + AT_ONCE));
}
