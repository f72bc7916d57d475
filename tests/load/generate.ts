/**
 * A town with a million reports, made once and kept under `.data/bench`: along its streets, most of them in the
 * middle; three years of them, more by day than by night; nearly all long ended. Benches start the server on it.
 *
 *   node tests/load/generate.ts [reports]
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbedded } from '@folkmoot/db/embedded';
import { migrate } from '@folkmoot/db/migrate';
import { seedDemo } from '@folkmoot/db/seeds/demo';
import { inside } from '@folkmoot/db/seeds/town/geometry';
import { pointOnStreet, town } from '@folkmoot/db/seeds/town/index';
import pg from 'pg';

export const BENCH_DIR = fileURLToPath(new URL('../../.data/bench', import.meta.url));
const AT_A_TIME = 100_000;
/** without waiting for the disk: what is lost is made again */
const FAST = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_wal_size=4GB',
  'maintenance_work_mem=256MB',
];
const METRES_APART = 12;
const BUSY = { main: 5, street: 2, lane: 1, path: 1 } as const;

/** Points along the streets, main streets more often, each with its ward. */
async function spots(sql: pg.Client): Promise<void> {
  const drawn = town();
  const { rows } = await sql.query<{ id: string; code: string }>(
    `select id, code from areas where kind = 'ward'`,
  );
  const ids = new Map(rows.map((row) => [row.code, row.id]));
  const lon: number[] = [];
  const lat: number[] = [];
  const place: string[] = [];
  const ward: Array<string | null> = [];
  for (const street of drawn.streets) {
    const count = Math.ceil((street.length / METRES_APART) * BUSY[street.class]);
    for (let n = 0; n < count; n++) {
      const point = pointOnStreet(street, (n + 0.5) / count);
      const within = drawn.wards.find(({ geometry }) => inside(point, geometry.coordinates[0]![0]!));
      if (!within) continue;
      lon.push(point[0]);
      lat.push(point[1]);
      place.push(street.name);
      ward.push(ids.get(within.code) ?? null);
    }
  }
  await sql.query('create temp table spots (n int, lon float8, lat float8, place text, ward uuid)');
  await sql.query(
    `insert into spots select row_number() over (), * from unnest($1::float8[], $2::float8[], $3::text[], $4::uuid[])`,
    [lon, lat, place, ward],
  );
  await sql.query('create index on spots (n)');
}

/** The indexes that only cost while rows are poured in; put back afterwards. */
async function withoutIndexes(sql: pg.Client, tables: string[], work: () => Promise<void>): Promise<void> {
  const { rows } = await sql.query<{ name: string; def: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as def from pg_index i
     where i.indrelid = any($1::regclass[]) and not i.indisprimary
       and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
    [tables],
  );
  for (const { name } of rows) await sql.query(`drop index ${name}`);
  await work();
  for (const { def } of rows) await sql.query(def);
}

const STATE = `case
  when r < case when age < 7 then 0.85 when age < 30 then 0.55 when age < 180 then 0.12 else 0.02 end then
    (array['new', 'new', 'for_triage', 'investigating', 'planned', 'action_scheduled', 'in_progress'])[1 + floor(b * 7)::int]
  when b < 0.72 then 'fixed_by_council' when b < 0.79 then 'fixed_by_resident' when b < 0.88 then 'no_further_action'
  when b < 0.92 then 'unable_to_fix' when b < 0.97 then 'not_responsible' else 'internal_referral' end`;
const DETAIL = `(array['It is right where you cross the road.', 'It has been like this since last week.', 'I nearly fell over it on the way to the shop.',
  'Children go by here on their way to school.', 'It gets worse each time it rains.', 'My neighbour has told you as well.',
  'You can see it best from the bus stop.', 'Please have a look before somebody is hurt.'])`;

async function pour(sql: pg.Client, from: number, to: number): Promise<void> {
  await sql.query(
    `
    insert into reports (id, category_id, organisation_id, ward_id, person_id, title, detail, lang, lon, lat, place, state,
      state_at, private, show_name, created_at, confirmed_at, updated_at, fixed_at, expected_on)
    select n, category, organisation, ward, person, name || ', ' || place,
      ${DETAIL}[1 + floor(a * 8)::int] || ' ' || ${DETAIL}[1 + floor(c * 8)::int], case when c < 0.08 then 'cy' else 'en' end,
      lon + (a - 0.5) * 0.0003, lat + (c - 0.5) * 0.0002, place, state,
      moved, private, c < 0.3, made, made + interval '7 minutes', moved,
      case when state like 'fixed%' then moved end, (made + interval '20 days')::date
    from (
      select *, ${STATE} as state, least(now(), made + (1 + b * 30) * interval '1 day') as moved
      from (
        select n, a, b, c, r, age, spot, kind, folk, now() - age * interval '1 day' as made
        from (
          select n, random() as a, random() as b, random() as c, random() as r, 1095 * power(random(), 1.2) as age,
            1 + (random() * ((select count(*) from spots) - 1))::int as spot,
            1 + (random() * ((select count(*) from kinds) - 1))::int as kind,
            1 + (random() * ((select count(*) from folk) - 1))::int as folk
          from generate_series($1::int, $2::int) n
        ) dice
        offset 0
      ) d
      join lateral (select lon, lat, place, ward from spots where spots.n = d.spot) s on true
      join lateral (select category, organisation, name, private from kinds where kinds.n = d.kind) k on true
      join lateral (select person from folk where folk.n = d.folk) f on true
    ) it`,
    [from, to],
  );
}

async function rest(sql: pg.Client): Promise<void> {
  await sql.query(`insert into report_counts (report_id, supports)
    select id, floor(power(random(), 6) * 300)::int from reports on conflict do nothing`);
  await sql.query(`insert into report_updates (report_id, person_id, kind, state_to, lang, at)
    select id, person_id, 'state', 'new', lang, confirmed_at from reports where confirmed_at is not null`);
  await sql.query(`insert into report_updates (report_id, organisation_id, kind, state_from, state_to, text, lang, at)
    select id, organisation_id, 'state', 'new', state, 'Thank you for telling us. Our crew has been there.', 'en', state_at
    from reports where state not in ('unconfirmed', 'new', 'duplicate')`);
  await sql.query(`insert into events (topic, type, audience, organisation_id, data, at)
    select 'report:' || id, 'report.confirmed', 'public', organisation_id, jsonb_build_object('report', id, 'ward', ward_id), confirmed_at
    from reports where confirmed_at > now() - interval '60 days' order by confirmed_at`);
  await sql.query(`select setval(pg_get_serial_sequence('reports', 'id'), (select max(id) from reports))`);
}

/** Fills a seeded town up to `count` reports. The connection must be the owner's. */
export async function generateReports(
  sql: pg.Client,
  count: number,
  say = (_line: string): void => undefined,
): Promise<void> {
  await sql.query('select setseed(0.42)');
  // checked by how they are made; a million rows against five tables would take minutes
  await sql.query(`set session_replication_role = replica`);
  await spots(sql);
  await sql.query(`create temp table kinds as select row_number() over (order by code) as n, id as category, organisation_id as organisation, name->>'en' as name, private
    from report_categories where ended_at is null and stopper is null`);
  await sql.query(
    `create temp table folk as select row_number() over (order by id) as n, id as person from people`,
  );
  const had = Number((await sql.query(`select coalesce(max(id), 0) as n from reports`)).rows[0].n);
  await withoutIndexes(sql, ['reports', 'report_updates', 'events'], async () => {
    for (let from = had + 1; from <= count; from += AT_A_TIME) {
      await pour(sql, from, Math.min(count, from + AT_A_TIME - 1));
      say(`${Math.min(count, from + AT_A_TIME - 1).toLocaleString('en-GB')} reports`);
    }
    await rest(sql);
  });
  await sql.query('set session_replication_role = origin');
  await sql.query('vacuum analyze');
}

/**
 * Makes sure that the bench town is there (minutes the first time, nothing afterwards).
 * @returns its data directory: start a server with it as DATA_DIR
 */
export async function benchTown(
  count = 1_000_000,
  say: (line: string) => void = console.log,
): Promise<string> {
  const dir = count === 1_000_000 ? BENCH_DIR : `${BENCH_DIR}-${count}`;
  const done = join(dir, 'made');
  if (existsSync(done) && Number(readFileSync(done, 'utf8')) === count) return dir;
  const began = Date.now();
  say(`Making a town with ${count.toLocaleString('en-GB')} reports in ${dir}, once …`);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const embedded = await startEmbedded({ dir, say, settings: FAST });
  try {
    await migrate({ url: embedded.ownerUrl, appRole: new URL(embedded.appUrl).username });
    await seedDemo({ url: embedded.ownerUrl, filesDir: join(dir, 'files'), size: 'small', say });
    const sql = new pg.Client({ connectionString: embedded.ownerUrl });
    await sql.connect();
    await generateReports(sql, count, say).finally(() => sql.end());
  } finally {
    await embedded.stop();
  }
  writeFileSync(done, String(count));
  say(`Made in ${Math.round((Date.now() - began) / 1_000)} s.`);
  return dir;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await benchTown(Number(process.argv[2] ?? 1_000_000));
