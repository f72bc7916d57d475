/**
 * One petition that everybody signs at once: asking and confirming by JSON over real HTTP while thousands watch the
 * count, and beside it the same rows written straight into PostgreSQL in batches, in the same run.
 *
 *   pnpm bench signing [seconds] [sockets]       8 s a figure and 5,000 sockets unless told
 *
 * The server is the one production builds, as a process that serves and does not mail (`ROLE=web`). PostgreSQL waits
 * for the disk as it would. Crowd and watchers are threads of this process and share the machine with the server.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '@folkmoot/api/app';
import { readSettings } from '@folkmoot/api/settings';
import { startEmbedded } from '@folkmoot/db/embedded';
import { migrate } from '@folkmoot/db/migrate';
import { seedDemo } from '@folkmoot/db/seeds/demo';
import pg from 'pg';
import { openPetitionRow } from '../petitions/rows.ts';
import { crowd, type CrowdDid } from './post.ts';
import { watchers } from './watch.ts';

const SECONDS = Number(process.argv[2] ?? 8);
const SOCKETS = Number(process.argv[3] ?? 5_000);
const CONNECTIONS = 512;
const BATCH = 500;
const AIM = 5_000;
const grouped = (n: number) => Math.round(n).toLocaleString('en-GB');

/** The same rows in batches, with nothing in between: what the database itself can do right now. */
async function straight(url: string, petition: number): Promise<number> {
  const db = new pg.Client({ connectionString: url });
  await db.connect();
  const began = performance.now();
  let n = 0;
  while (performance.now() - began < (SECONDS / 2) * 1_000) {
    const rows = Array.from({ length: BATCH }, () => ({ e: `p${n++}@bench.example` }));
    await db.query('begin');
    await db.query('select 1 from petitions where id = $1 for no key update', [petition]);
    await db.query(
      `insert into signatures (petition_id, state, name, email, canonical, postcode, basis, lang, signed_at, confirmed_at, receipt, leaf)
       select $1, 'confirmed', 'Bench', v.e, v.e, 'AB1 1AA', 'live', 'en', now(), now(), md5(v.e), md5(v.e)
       from jsonb_to_recordset($2::jsonb) as v(e text) on conflict do nothing`,
      [petition, JSON.stringify(rows)],
    );
    await db.query('update petition_counts set online = online + $2 where petition_id = $1', [
      petition,
      BATCH,
    ]);
    await db.query('commit');
  }
  const seconds = (performance.now() - began) / 1_000;
  await db.end();
  return n / seconds;
}

/** The tokens that the mails would carry, for every asking: `bench-token-of-number-{n}`. */
async function tokens(sql: pg.Client, petition: number): Promise<number> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from signatures where petition_id = $1 and state = 'pending'`,
    [petition],
  );
  for (let at = 0; at < rows.length; at += 5_000) {
    const part = rows.slice(at, at + 5_000).map(({ id }, n) => ({
      h: createHash('sha256')
        .update(`bench-token-of-number-${at + n}`)
        .digest('hex'),
      d: { petition, signature: id },
    }));
    await sql.query(
      `insert into tokens (hash, kind, data, expires_at)
       select v.h, 'confirm_signature', v.d, now() + interval '1 day' from jsonb_to_recordset($1::jsonb) as v(h text, d jsonb)`,
      [JSON.stringify(part)],
    );
  }
  await sql.query('analyze signatures, tokens');
  return rows.length;
}

function show(what: string, got: CrowdDid, limit: number): void {
  console.log(
    [
      what.padEnd(38),
      `${grouped(got.perSecond).padStart(7)}/s`,
      `p50 ${got.p50.toFixed(0)} ms  p99 ${got.p99.toFixed(0)} ms  max ${got.max.toFixed(0)} ms`,
      `${Math.round((100 * got.perSecond) / limit)} % of ${grouped(limit)} straight`,
      `aim ${grouped(AIM)} ${got.perSecond >= AIM ? 'held' : 'MISSED'}, p99 500 ms ${got.p99 <= 500 ? 'held' : 'MISSED'}`,
      JSON.stringify(got.statuses),
    ].join('  '),
  );
}

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-signing-'));
  const embedded = await startEmbedded({ dir: join(dir, 'pg'), settings: ['max_wal_size=2GB'] });
  await migrate({ url: embedded.ownerUrl, appRole: new URL(embedded.appUrl).username });
  await seedDemo({ url: embedded.ownerUrl, filesDir: join(dir, 'files'), size: 'small' });
  const settings = readSettings({ LOG_LEVEL: 'silent', DATA_DIR: dir, ROLE: 'web' });
  const app = await buildApp({ settings, databaseUrl: embedded.appUrl, site: 'none' });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  const sql = new pg.Client({ connectionString: embedded.ownerUrl });
  await sql.connect();
  try {
    console.log(`load of the machine before: ${loadavg()[0]!.toFixed(1)}; ${SECONDS} s a figure`);
    const petition = await openPetitionRow(sql, 'Keep the 14 night bus running after ten');
    const { rows } = await sql.query<{ code: string }>(`select code from postcodes limit 1`);
    const limit = await straight(embedded.ownerUrl, await openPetitionRow(sql, 'Another one'));
    console.log(`straight into PostgreSQL, ${BATCH} a batch, one connection: ${grouped(limit)}/s`);
    const seen = await watchers({ port, topic: `petition:${petition}`, sockets: SOCKETS });
    console.log(`${grouped(seen.open)} sockets watch`);
    const sender = { port, connections: CONNECTIONS, seconds: SECONDS };
    const body = { name: 'Bench Person', email: 'p{n}@bench.example', postcode: rows[0]!.code, lang: 'en' };
    show(
      'asking to sign',
      await crowd({
        ...sender,
        path: `/api/v1/petitions/${petition}/sign`,
        most: 1e9,
        body: JSON.stringify(body),
      }),
      limit,
    );
    const waiting = await tokens(sql, petition);
    const confirmed = await crowd({
      ...sender,
      path: `/api/v1/petitions/${petition}/signatures/confirm`,
      most: waiting,
      body: '{"token":"bench-token-of-number-{n}"}',
    });
    show('confirming, counted and live', confirmed, limit);
    await new Promise((soon) => setTimeout(soon, 1_500));
    const { messages, total } = await seen.heard();
    const counted = await sql.query<{ online: number }>(
      'select online from petition_counts where petition_id = $1',
      [petition],
    );
    const { online } = counted.rows[0]!;
    const right = confirmed.statuses['200'] === online;
    console.log(
      `counted ${grouped(online)}, ${right ? 'exactly those that were acknowledged' : 'NOT those that were acknowledged'}; ` +
        `sockets heard ${grouped(messages)} messages (${(messages / Math.max(1, seen.open)).toFixed(1)} each), the last total ${grouped(total)}`,
    );
    if (!right) process.exitCode = 1;
    await seen.stop();
  } finally {
    await app.close();
    await sql.end();
    await embedded.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

await main();
