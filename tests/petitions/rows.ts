/** An open petition written straight into the database, where nobody needs the journey that leads to it. */
import type pg from 'pg';

/** @param scheme numbers that differ from the scheme of the place */
export async function openPetitionRow(sql: pg.Client, title: string, scheme: object = {}): Promise<number> {
  const { rows } = await sql.query<{ id: number }>(
    `with last as (select organisation_id, version, data from petition_schemes order by version desc limit 1),
     made as (insert into petition_schemes (organisation_id, version, data)
       select organisation_id, version + 1, data || $2 from last returning *)
     insert into petitions (organisation_id, scheme_id, title, why, lang, creator_name, state, opened_at, closes_at)
     select organisation_id, id, $1, 'Because.', 'en', 'Grace Okafor', 'open', now(), now() + interval '180 days' from made
     returning id::int`,
    [title, JSON.stringify(scheme)],
  );
  const { id } = rows[0]!;
  await sql.query('insert into petition_counts (petition_id) values ($1)', [id]);
  return id;
}
