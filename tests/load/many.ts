/** A hundred thousand petitions in every state, and a million signatures on them: one of them viral. */
import type pg from 'pg';

const list = (words: string) => `(array['${words.split(' ').join("','")}'])`;
const pick = (words: string, by: number) =>
  `${list(words)}[1 + ((n * ${by} + n / 7) % array_length(${list(words)}, 1))]`;
const VERB = pick(
  'Keep Mend Open Close Build Save Widen Light Clean Move Cadwch Agorwch Restore Free Stop Plant',
  7,
);
const THING = pick(
  'bus slide library bench crossing bridge park school market path llyfrgell pont road parking toilets pool trees hall bins lights kerb playground ferry station tram',
  11,
);
const WHEN = pick('nights Saturdays winter ten Sundays mornings holidays always tomorrow', 17);

/** `open`: all of them are; otherwise a town's usual share of each state, two hundred of them before the moderators. */
export async function pourPetitions(sql: pg.Client, count: number, { open = false } = {}): Promise<void> {
  const state = open
    ? `'open'`
    : `case when n <= 200 then 'in_moderation' when n % 10 < 2 then 'open' when n % 10 < 8 then 'closed' else 'rejected' end`;
  const closed = `state in ('open', 'closed')`;
  await sql.query(
    `insert into petitions (organisation_id, scheme_id, title, why, lang, creator_name, state, state_at, created_at,
       opened_at, closes_at, closed_at, response, response_reached_at, debate, rejection_code, moderation_reached_at, moderate_by, ward_ids)
     select organisation_id, id, title, why, 'en', 'Somebody', state, at, at,
       case when ${closed} then at end, case when ${closed} then at + interval '180 days' end, case when state = 'closed' then at + interval '180 days' end,
       case when ${closed} and n % 50 = 0 then 'awaiting' when ${closed} and n % 9 = 0 then 'responded' else 'none' end,
       case when ${closed} and (n % 50 = 0 or n % 9 = 0) then at + interval '30 days' end,
       case when ${closed} and n % 900 = 0 then 'debated' else 'none' end,
       case when state = 'rejected' then (select code from petition_rejection_codes limit 1) end,
       case when state = 'in_moderation' then at end, case when state = 'in_moderation' then current_date + (n % 9 - 4)::int end,
       case when n % 3 = 0 then array[(select id from areas where kind = 'ward' order by code limit 1)] else '{}' end
     from (
       select k.organisation_id, k.id, n, ${state} as state, now() - n * interval '10 minutes' as at,
         ${VERB} || ' ' || ${THING} || ' ' || s.name || ' ' || ${WHEN} || ' ' || n as title,
         'People of ' || s.name || ' need the ' || ${THING} || '.' as why
       from (select * from petition_schemes order by version desc limit 1) k, generate_series(1, ${count}) n
       join (select row_number() over (order by name) - 1 as at, count(*) over () as all_streets, name from streets) s on s.at = n % s.all_streets
     ) made`,
  );
  await sql.query(
    `insert into petition_counts (petition_id, online) select id, (id * 7919) % 400 from petitions
     where opened_at is not null on conflict do nothing`,
  );
}

/** @returns the petition that a third of all signed */
export async function pourSignatures(sql: pg.Client, count: number): Promise<number> {
  const { rows } = await sql.query<{ id: number }>(
    `select id::int from petitions where state = 'open' order by opened_at desc limit 1`,
  );
  const viral = rows[0]!.id;
  await sql.query('set session_replication_role = replica');
  for (let from = 0; from < count; from += 200_000)
    await sql.query(
      `insert into signatures (petition_id, state, name, email, canonical, postcode, basis, ward_id, lang, signed_at, confirmed_at, receipt, leaf, network, person_id)
       select case when n % 3 = 0 then $1::bigint else o.ids[1 + (n * 7919::bigint) % cardinality(o.ids)] end,
         case when n % 50 = 0 then 'pending' when n % 77 = 0 then 'invalidated' else 'confirmed' end,
         'Signer ' || n, 's' || n || '@example.org', 's' || n || '@example.org', 'AY11AA', 'live', w.ids[1 + n % cardinality(w.ids)], 'en',
         at, case when n % 50 <> 0 then at end, md5(n::text) || md5(n::text), md5(n::text || 'x') || md5(n::text), '10.' || n % 250 || '.' || n % 199 || '.1', gen_random_uuid()
       from (select n, now() - n * interval '3 seconds' as at from generate_series($2::int, $3::int) n) g,
         (select array_agg(id) as ids from petitions where opened_at is not null) o,
         (select array_agg(id) as ids from areas where kind = 'ward') w`,
      [viral, from + 1, Math.min(count, from + 200_000)],
    );
  await sql.query('set session_replication_role = origin');
  await sql.query(
    `insert into petition_days (petition_id, day, confirmed) select petition_id, confirmed_at::date, count(*)
     from signatures where state = 'confirmed' group by 1, 2 on conflict do nothing`,
  );
  await sql.query(
    `update petition_counts c set online = n from (select petition_id, count(*)::int as n from signatures
     where state = 'confirmed' group by 1) s where s.petition_id = c.petition_id`,
  );
  return viral;
}
