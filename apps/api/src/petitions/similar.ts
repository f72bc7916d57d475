/**
 * "Does one like it exist already?" By spelling (trigrams of the title) and by words (full text); both read from
 * their indexes, so that a hundred thousand petitions answer while somebody types on.
 */
import type { PetitionBrief } from '@folkmoot/core/petitions/contract';
import type { Queryable } from '@folkmoot/db/client';
import { sql } from 'drizzle-orm';
import { readBriefs } from './store.ts';

const MOST = 5;
/** words of a title that say little are left to the ranking */
const WORDS = 8;

/** `Keep the 14 night bus` → `keep | night | bus`: any of the longer words. */
export function anyWord(typed: string): string {
  const words = typed.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return [...new Set(words)]
    .sort((a, b) => b.length - a.length)
    .slice(0, WORDS)
    .map((word) => `'${word}'`)
    .join(' | ');
}

/** @returns at most five that are published, the nearest first */
export async function similarPetitions(
  db: Queryable,
  typed: string,
  not: number | null = null,
): Promise<PetitionBrief[]> {
  const title = typed.toLowerCase();
  const words = anyWord(typed);
  const { rows } = await db.execute<{ id: number }>(sql`
    with spelt as materialized (
      select id, similarity(lower(title), ${title}) as near from petitions
      where lower(title) % ${title} and opened_at is not null
      order by near desc limit 30
    ), worded as materialized (
      select id, 0.0 as near, search from petitions
      where ${words} <> '' and search @@ to_tsquery('simple', ${words || 'x'})
        and opened_at is not null
      order by updated_at desc limit 200
    ), ranked as (
      select id, ts_rank(search, to_tsquery('simple', ${words || 'x'})) as near from worded order by near desc limit 30
    )
    select id, max(near) as near from (select id, near from spelt union all select id, least(near, 0.3) from ranked) both_kinds
    where id is distinct from ${not}::bigint
    group by id having max(near) >= 0.05 order by 2 desc, 1 desc limit ${MOST}`);
  return readBriefs(
    db,
    rows.map((row) => Number(row.id)),
  );
}
