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
const TELLING = 3;
/** spelt at least so alike; pg_trgm's own 0.3 reads half the table where many petitions are about the same streets */
const ALIKE = 0.45;
/** rows ranked by words at most: a common word stands in thousands */
const RANKED = 200;

const wordsOf = (typed: string): string[] => {
  const words = typed.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return [...new Set(words)].sort((a, b) => b.length - a.length);
};
const query = (words: string[], by: '|' | '&'): string => words.map((word) => `'${word}'`).join(` ${by} `);

/** `Keep the 14 night bus` → `'night' & 'keep' & 'bus' & 'the'`: all of the longer words. */
export const allWords = (typed: string): string => query(wordsOf(typed).slice(0, WORDS), '&');

/** @returns at most five that are published, the nearest first */
export async function similarPetitions(
  db: Queryable,
  typed: string,
  not: number | null = null,
): Promise<PetitionBrief[]> {
  const title = typed.toLowerCase();
  const words = wordsOf(typed);
  const any = query(words.slice(0, WORDS), '|') || 'x';
  const telling = query(words.slice(0, TELLING), '&') || 'x';
  const ids = await db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('pg_trgm.similarity_threshold', ${String(ALIKE)}, true)`);
    const { rows } = await tx.execute<{ id: number }>(sql`
      with spelt as materialized (
        select id, similarity(lower(title), ${title}) as near from petitions
        where lower(title) % ${title} and opened_at is not null and removed_at is null limit ${RANKED}
      ), worded as materialized (
        (select id, search, title, 0.1 as tells from petitions
          where search @@ to_tsquery('simple', ${telling}) and opened_at is not null and removed_at is null limit ${RANKED})
        union all
        (select id, search, title, 0.0 as tells from petitions
          where search @@ to_tsquery('simple', ${any}) and opened_at is not null and removed_at is null limit ${RANKED})
      ), ranked as (
        select id, 0.3 * ts_rank(search, to_tsquery('simple', ${any})) + 0.7 * similarity(lower(title), ${title}) + tells as near
        from worded
      )
      select id, max(near) as near from (select id, near from spelt union all select id, near from ranked) both_kinds
      where id is distinct from ${not}::bigint
      group by id having max(near) >= 0.15 order by 2 desc, 1 desc limit ${MOST}`);
    return rows.map((row) => Number(row.id));
  });
  return readBriefs(db, ids);
}
