/**
 * "Around here" with a million reports: every map view with any filter, and the list, over real HTTP. Prints what
 * was asked, what was measured and the pure SQL beside it.
 *
 *   node tests/load/marks.ts [reports] [seconds]      1,000,000 reports and 10 s a figure unless told
 *
 * The town is the one that `pnpm bench pages` uses: made once, kept under `.data/bench`.
 */
import { loadavg } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { buildApp } from '@folkmoot/api/app';
import { readSettings } from '@folkmoot/api/settings';
import { startEmbedded } from '@folkmoot/db/embedded';
import { migrate } from '@folkmoot/db/migrate';
import pg from 'pg';
import { benchTown } from './generate.ts';
import { hammer } from './hammer.ts';
import { bareServer } from './limit.ts';

const COUNT = Number(process.argv[2] ?? 1_000_000);
const SECONDS = Number(process.argv[3] ?? 10);
const WHOLE = { west: -3.05, south: 51.81, east: -2.95, north: 51.87 };

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

/** From a thread of its own and from 400 addresses, as a town would ask: one alone may make 3,000 a minute. */
const fire = (url: string, paths: string[], rate?: number) =>
  hammer({
    port: Number(new URL(url).port),
    paths,
    connections: 400,
    seconds: SECONDS,
    ...(rate && { rate }),
  });

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
  const full = await fire(url, paths);
  const held = await fire(url, paths, wanted.rate);
  const bare = await bareServer(Math.max(1, Math.round(full.bytesPerAnswer) - 300));
  const limit = await fire(`http://127.0.0.1:${bare.port}`, ['/']);
  await bare.stop();
  const bad = full.total + held.total - (full.statuses['200'] ?? 0) - (held.statuses['200'] ?? 0);
  // an answer that says "too many" is quick, and no answer
  const perSecond = (full.perSecond * (full.statuses['200'] ?? 0)) / Math.max(1, full.total);
  const kept = bad === 0 && perSecond >= wanted.rate && held.p95 < wanted.p95;
  say(
    `${name}: ${Math.round(perSecond)} a second at most (wanted ${wanted.rate}), ` +
      `${Math.round((100 * perSecond) / limit.perSecond)} % of ${Math.round(limit.perSecond)} (bare Node, same bytes); ` +
      `at ${Math.round(held.perSecond)} a second the median is ${held.p50.toFixed(1)} ms, p95 ${held.p95.toFixed(1)} ms, ` +
      `p99 ${held.p99.toFixed(1)} ms (wanted p95 under ${wanted.p95} ms); ${bad} failed; ` +
      `load ${loadavg()[0]!.toFixed(1)}; ${kept ? 'held' : 'MISSED'}`,
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
  const dir = await benchTown(COUNT);
  const embedded = await startEmbedded({ dir, settings: ['shared_buffers=512MB'] });
  const sql = new pg.Client({ connectionString: embedded.ownerUrl });
  try {
    await migrate({ url: embedded.ownerUrl, appRole: new URL(embedded.appUrl).username });
    await sql.connect();
    await measure(dir, embedded.appUrl, sql);
  } finally {
    await sql.end();
    await embedded.stop();
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
