/**
 * "Does one like it exist already?" By spelling (trigrams of the title) and by words (full text); both read from
 * their indexes, so that a hundred thousand petitions answer while somebody types on.
 */
import type { PetitionBrief } from '@folkmoot/core/petitions/contract';
import type { Queryable } from '@folkmoot/db/client';
import { type SQL, sql } from 'drizzle-orm';
import { listed, readBriefs } from './store.ts';

const MOST = 5;
/** words of a title that say little are left to the ranking */
const WORDS = 8;
const TELLING = 3;
/** spelt at least so alike; pg_trgm's own 0.3 reads half the table where many petitions are about the same streets */
const ALIKE = 0.45;
/**
 * Up to so many letters a title is compared with those alone that are short enough to be spelt so alike: in thousands
 * of long ones there are half the letters of a short one, and each of them would be looked at.
 */
const SHORT = 20;
/** rows ranked by words at most: a common word stands in thousands */
const RANKED = 200;

const wordsOf = (typed: string): string[] => {
  const words = typed.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return [...new Set(words)].sort((a, b) => b.length - a.length);
};
const query = (words: string[], by: '|' | '&'): string => words.map((word) => `'${word}'`).join(` ${by} `);

/** `Keep the 14 night bus` → `'night' & 'keep' & 'bus' & 'the'`: all of the longer words. */
export const allWords = (typed: string): string => query(wordsOf(typed).slice(0, WORDS), '&');

const published = sql`p.opened_at is not null and ${listed}`;
/** Titles have about as many trigrams as letters, and those of the longer one are at most so many times as many. */
const fits = (title: string): SQL =>
  title.length > SHORT ? sql`true` : sql`length(p.title) <= ${Math.ceil((title.length + 1) / ALIKE)}`;

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
        select p.id, similarity(lower(p.title), ${title}) as near from petitions p
        where lower(p.title) % ${title} and ${fits(title)} and ${published} limit ${RANKED}
      ), worded as materialized (
        (select p.id, p.search, p.title, 0.1 as tells from petitions p
          where p.search @@ to_tsquery('simple', ${telling}) and ${published} limit ${RANKED})
        union all
        (select p.id, p.search, p.title, 0.0 as tells from petitions p
          where p.search @@ to_tsquery('simple', ${any}) and ${published} limit ${RANKED})
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
