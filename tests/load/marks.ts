/**
 * "Around here" with a million reports: every map view with any filter, and the list, over real HTTP. Prints what
 * was asked, what was measured and the pure SQL beside it.
 *
 *   node tests/load/marks.ts [reports] [seconds]      1,000,000 reports and 10 s a figure unless told
 *
 * With LOAD_DIR the database is kept there and found again.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { buildApp } from '@folkmoot/api/app';
import { readSettings } from '@folkmoot/api/settings';
import { startEmbedded } from '@folkmoot/db/embedded';
import { migrate } from '@folkmoot/db/migrate';
import { seedDemo } from '@folkmoot/db/seeds/demo';
import autocannon from 'autocannon';
import pg from 'pg';

const COUNT = Number(process.argv[2] ?? 1_000_000);
const SECONDS = Number(process.argv[3] ?? 10);
const WHOLE = { west: -3.05, south: 51.81, east: -2.95, north: 51.87 };

/** Reports over five years, most of them ended, scattered about the town's postcodes. */
export async function generateReports(sql: pg.Client, count: number): Promise<void> {
  await sql.query('select setseed(0.42)');
  await sql.query(
    'create temp table spots as select row_number() over () as n, lon, lat, ward_id from postcodes',
  );
  await sql.query(
    `create temp table kinds as select row_number() over () as n, id, organisation_id from report_categories where not private`,
  );
  const state = `case when r < 0.02 then 'new' when r < 0.04 then 'investigating' when r < 0.05 then 'planned'
    when r < 0.07 then 'in_progress' when r < 0.82 then 'fixed_by_council' when r < 0.9 then 'no_further_action'
    else 'not_responsible' end`;
  await sql.query(
    `insert into reports (category_id, organisation_id, ward_id, title, detail, lang, lon, lat, place, state, state_at,
       confirmed_at, created_at, updated_at)
     select k.id, k.organisation_id, s.ward_id, 'Deep hole by number ' || g.n, 'It is right where you cross.', 'en',
       s.lon + (g.a - 0.5) * 0.002, s.lat + (g.b - 0.5) * 0.0012, 'Weir Street', ${state},
       g.at, g.at, g.at, g.at + g.b * interval '20 days'
     from (select n, random() as r, random() as a, random() as b, (random() * 1e6)::int as x, (random() * 1e6)::int as y,
             now() - interval '20 days' - random() * interval '5 years' as at
           from generate_series(1, ${count}) n) g
     join spots s on s.n = 1 + g.x % (select count(*) from spots)
     join kinds k on k.n = 1 + g.y % (select count(*) from kinds)`,
  );
  await sql.query(
    'insert into report_counts (report_id, supports) select id, (random() ^ 4 * 200)::int from reports on conflict do nothing',
  );
  await sql.query('analyze reports; analyze report_counts');
}

type View = { width: number; height: number };
const VIEWS: View[] = [
  { width: 390, height: 430 },
  { width: 760, height: 900 },
  { width: 1200, height: 900 },
];
let seed = 7;
const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

function filters(groups: string[], wards: string[]): string {
  const parts = [
    `state=${one(['open', 'fixed', 'closed', 'all'])}`,
    `age=${one(['week', 'month', 'half_year', 'all'])}`,
  ];
  if (random() < 0.4) parts.push(`group=${one(groups)}`);
  if (random() < 0.2) parts.push(`ward=${one(wards)}`);
  return parts.join('&');
}

/** A view of a screen at a zoom somewhere over the town. */
function viewAt(zoom: number): string {
  const { width, height } = one(VIEWS);
  const lon = WHOLE.west + random() * (WHOLE.east - WHOLE.west);
  const lat = WHOLE.south + random() * (WHOLE.north - WHOLE.south);
  const wide = (width / (256 * 2 ** zoom)) * 360;
  const high = (height / (256 * 2 ** zoom)) * 360 * Math.cos((lat * Math.PI) / 180);
  const box = [lon - wide / 2, lat - high / 2, lon + wide / 2, lat + high / 2].map((n) => n.toFixed(5));
  return `bbox=${box.join(',')}&zoom=${zoom}`;
}

/** From a thread of its own and from many addresses, as a town would ask: one alone may make 3,000 a minute. */
async function fire(url: string, paths: string[], rate?: number) {
  const many = Array.from({ length: 400 }, (_, i) => ({
    method: 'GET' as const,
    path: paths[i % paths.length]!,
    headers: { 'x-forwarded-for': `10.9.${i % 200}.${Math.floor(i / 200)}` },
  }));
  return autocannon({
    url,
    connections: rate ? 10 : 24,
    duration: SECONDS,
    workers: 1,
    requests: many,
    ...(rate && { overallRate: rate }),
  });
}

const say = (line: string) => process.stdout.write(`${line}\n`);

async function largest(url: string, paths: string[]) {
  let [marks, bytes] = [0, 0];
  for (const [i, path] of paths.entries()) {
    const response = await fetch(url + path, { headers: { 'x-forwarded-for': `10.8.0.${i % 200}` } });
    const text = await response.text();
    marks = Math.max(marks, (JSON.parse(text) as { marks: unknown[] }).marks.length);
    bytes = Math.max(bytes, Buffer.byteLength(text));
  }
  return { marks, bytes };
}

async function figure(url: string, name: string, paths: string[], wanted: { rate: number; p95: number }) {
  await fire(url, paths.slice(0, 50), 50);
  const full = await fire(url, paths);
  const held = await fire(url, paths, wanted.rate);
  const bad = full.non2xx + full.errors + held.non2xx + held.errors;
  say(
    `${name}: ${Math.round(full.requests.average)} a second at most (wanted ${wanted.rate}, ratio ` +
      `${(full.requests.average / wanted.rate).toFixed(2)}); at ${wanted.rate} a second the median is ` +
      `${held.latency.p50} ms, p97.5 ${held.latency.p97_5} ms, p99 ${held.latency.p99} ms (wanted under ${wanted.p95} ms); ${bad} failed`,
  );
}

async function pureSql(sql: pg.Client): Promise<void> {
  const timed = async (name: string, text: string) => {
    await sql.query(text);
    const began = performance.now();
    await sql.query(text);
    say(`  pure SQL, ${name}: ${(performance.now() - began).toFixed(1)} ms`);
  };
  const open = `state in ('new', 'for_triage', 'investigating', 'planned', 'action_scheduled', 'in_progress')`;
  const shown = 'not private and hidden_at is null and confirmed_at is not null';
  await timed(
    'the whole town in cells',
    `select floor(lon * 1000) as x, floor(lat * 1600) as y, state, count(*) from reports where ${shown} group by 1, 2, 3`,
  );
  await timed(
    'the twenty changed last',
    `select id from reports where ${shown} and ${open} order by updated_at desc limit 20`,
  );
  await timed(
    'the newest that hold two words',
    `select id from reports where search @@ to_tsquery('simple', 'hole:* & 4242:*') and ${shown} order by id desc limit 2000`,
  );
}

async function main(): Promise<void> {
  const kept = process.env['LOAD_DIR'];
  const dir = kept ?? mkdtempSync(join(tmpdir(), 'folkmoot-load-'));
  const embedded = await startEmbedded({
    dir: join(dir, 'pg'),
    settings: ['fsync=off', 'synchronous_commit=off', 'max_wal_size=8GB', 'shared_buffers=512MB'],
  });
  const sql = new pg.Client({ connectionString: embedded.ownerUrl });
  try {
    await migrate({ url: embedded.ownerUrl, appRole: new URL(embedded.appUrl).username });
    await seedDemo({ url: embedded.ownerUrl, filesDir: join(dir, 'files'), size: 'small' });
    await sql.connect();
    const began = performance.now();
    const { rows } = await sql.query<{ n: number }>('select count(*)::int as n from reports');
    if (rows[0]!.n < COUNT) await generateReports(sql, COUNT);
    say(
      `${COUNT.toLocaleString('en')} reports generated in ${((performance.now() - began) / 1000).toFixed(0)} s`,
    );
    await measure(dir, embedded.appUrl, sql);
  } finally {
    await sql.end();
    await embedded.stop();
    if (!kept) rmSync(dir, { recursive: true, force: true });
  }
}

async function measure(dir: string, databaseUrl: string, sql: pg.Client): Promise<void> {
  const settings = readSettings({
    LOG_LEVEL: 'silent',
    DATA_DIR: dir,
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: 'http://127.0.0.1',
    SECRET_KEYS: 'a'.repeat(40),
    TRUSTED_PROXIES: '127.0.0.1',
  });
  // what is left when the garbage of reading is gone
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const memory = () => {
    collect();
    return process.memoryUsage();
  };
  const before = memory();
  const app = await buildApp({ settings, databaseUrl, site: 'none' });
  const began = performance.now();
  await app.ready();
  await app.inject('/api/v1/reports');
  const after = memory();
  say(
    `read into memory in ${((performance.now() - began) / 1000).toFixed(1)} s; arrays ` +
      `${((after.arrayBuffers - before.arrayBuffers) / 2 ** 20).toFixed(0)} MB, process ${(after.rss / 2 ** 20).toFixed(0)} MB`,
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  const url = `http://127.0.0.1:${port}`;
  const groups = (
    await sql.query<{ group: string }>('select distinct "group" from report_categories')
  ).rows.map((r) => r.group);
  const wards = (await sql.query<{ slug: string }>(`select slug from areas where kind = 'ward'`)).rows.map(
    (r) => r.slug,
  );
  const marks = (zoom: () => number) =>
    Array.from({ length: 400 }, () => `/api/v1/reports/marks?${filters(groups, wards)}&${viewAt(zoom())}`);
  const any = marks(() => 12 + Math.floor(random() * 7));
  const wide = marks(() => 12);
  const { marks: most, bytes } = await largest(url, [...any, ...wide]);
  say(
    `at most ${most} marks (wanted about 100) and ${(bytes / 1000).toFixed(1)} kB (wanted 30) in ${any.length + wide.length} answers`,
  );
  await figure(url, 'map, any view and filter', any, { rate: 400, p95: 50 });
  await figure(url, 'map, the whole town, any filter', wide, { rate: 400, p95: 50 });
  await figure(url, 'list of 20, as the page opens it', ['/api/v1/reports?state=open'], {
    rate: 2000,
    p95: 50,
  });
  const lists = Array.from(
    { length: 400 },
    () =>
      `/api/v1/reports?${filters(groups, wards)}&sort=${one(['updated', 'new', 'supported', 'near'])}&${viewAt(12 + Math.floor(random() * 7))}`,
  ).map((path) => path.replace(/&zoom=\d+/, ''));
  await figure(url, 'list of 20, any view, filter and order', lists, { rate: 400, p95: 50 });
  await pureSql(sql);
  await app.close();
}

if (import.meta.main) await main();
