/**
 * One petition that everybody signs at once: asking and confirming, by JSON and by the page's form without a script,
 * over real HTTP while thousands watch the count; beside it the same rows written straight into PostgreSQL in batches,
 * in the same run.
 *
 *   pnpm bench signing [seconds] [sockets]       8 s a figure and 5,000 sockets unless told
 *
 * The server is the one production builds, as a process that serves and does not mail (`ROLE=web`). PostgreSQL waits
 * for the disk as it would. Crowd and watchers are threads of this process and share the machine with the server.
 */
import { createHash } from 'node:crypto';
import { loadavg } from 'node:os';
import { buildApp } from '@folkmoot/api/app';
import { readSettings } from '@folkmoot/api/settings';
import pg from 'pg';
import { openPetitionRow } from '../petitions/rows.ts';
import { crowd, type CrowdDid } from './post.ts';
import { grouped, ownTown } from './town.ts';
import { watchers } from './watch.ts';

const SECONDS = Number(process.argv[2] ?? 8);
const SOCKETS = Number(process.argv[3] ?? 5_000);
const BATCH = 500;

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

/** The tokens that the mails would carry, one for each asking that waits: `{word}-token-of-number-{n}`. */
async function tokens(sql: pg.Client, petition: number, word: string): Promise<number> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from signatures where petition_id = $1 and state = 'pending'`,
    [petition],
  );
  for (let at = 0; at < rows.length; at += 5_000) {
    const part = rows.slice(at, at + 5_000).map(({ id }, n) => ({
      h: createHash('sha256')
        .update(`${word}-token-of-number-${at + n}`)
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

function show(what: string, got: CrowdDid, limit: number, aim: number): void {
  console.log(
    [
      what.padEnd(38),
      `${grouped(got.perSecond).padStart(7)}/s`,
      `p50 ${got.p50.toFixed(0)} ms  p99 ${got.p99.toFixed(0)} ms  max ${got.max.toFixed(0)} ms`,
      `${Math.round((100 * got.perSecond) / limit)} % of ${grouped(limit)} straight`,
      `aim ${grouped(aim)} ${got.perSecond >= aim ? 'held' : 'MISSED'}, p99 500 ms ${got.p99 <= 500 ? 'held' : 'MISSED'}`,
      JSON.stringify(got.statuses),
    ].join('  '),
  );
}

type Bench = { sql: pg.Client; port: number; petition: number; code: string; limit: number };
/** how many pressed a button and were told that it counts */
type Way = { what: string; word: string; aim: number; connections: number; form: boolean };

/** Everybody asks, and then everybody presses the button. @returns how many confirmations were acknowledged */
async function signBy({ sql, port, petition, code, limit }: Bench, way: Way): Promise<number> {
  const { what, word, aim, form } = way;
  const sender = { port, connections: way.connections, seconds: SECONDS, form };
  const asked = {
    name: 'Bench Person',
    email: `${word}{n}@bench.example`,
    postcode: code,
    basis: 'live',
    lang: 'en',
  };
  const asking = await crowd({
    ...sender,
    path: form ? `/petitions/${petition}?/sign` : `/api/v1/petitions/${petition}/sign`,
    most: 1e9,
    body: form ? decodeURIComponent(new URLSearchParams(asked).toString()) : JSON.stringify(asked),
  });
  show(`asking to sign, ${what}`, asking, limit, aim);
  const most = await tokens(sql, petition, word);
  const confirming = await crowd({
    ...sender,
    path: form ? `/confirm/${word}-token-of-number-{n}` : `/api/v1/petitions/${petition}/signatures/confirm`,
    most,
    body: form ? '' : `{"token":"${word}-token-of-number-{n}"}`,
  });
  show(`confirming, counted and live, ${what}`, confirming, limit, aim);
  return (confirming.statuses['200'] ?? 0) + (confirming.statuses['303'] ?? 0);
}

async function main(): Promise<void> {
  const town = await ownTown('signing');
  const settings = readSettings({ LOG_LEVEL: 'silent', DATA_DIR: town.dir, ROLE: 'web' });
  const app = await buildApp({ settings, databaseUrl: town.embedded.appUrl });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  const sql = new pg.Client({ connectionString: town.embedded.ownerUrl });
  await sql.connect();
  try {
    console.log(`load of the machine before: ${loadavg()[0]!.toFixed(1)}; ${SECONDS} s a figure`);
    const petition = await openPetitionRow(sql, 'Keep the 14 night bus running after ten');
    const { rows } = await sql.query<{ code: string }>(`select code from postcodes limit 1`);
    const limit = await straight(town.embedded.ownerUrl, await openPetitionRow(sql, 'Another one'));
    console.log(`straight into PostgreSQL, ${BATCH} a batch, one connection: ${grouped(limit)}/s`);
    const seen = await watchers({ port, topic: `petition:${petition}`, sockets: SOCKETS });
    console.log(`${grouped(seen.open)} sockets watch`);
    const bench = { sql, port, petition, code: rows[0]!.code, limit };
    const json = await signBy(bench, {
      what: 'by JSON',
      word: 'json',
      aim: 5_000,
      connections: 512,
      form: false,
    });
    const form = await signBy(bench, {
      what: 'by form, no script',
      word: 'form',
      aim: 1_000,
      connections: 256,
      form: true,
    });
    await new Promise((soon) => setTimeout(soon, 1_500));
    const { messages, total } = await seen.heard();
    const counted = await sql.query<{ online: number }>(
      'select online from petition_counts where petition_id = $1',
      [petition],
    );
    const { online } = counted.rows[0]!;
    const right = json + form === online;
    console.log(
      `counted ${grouped(online)}, ${right ? 'exactly those that were acknowledged' : `NOT the ${grouped(json + form)} that were acknowledged`}; ` +
        `sockets heard ${grouped(messages)} messages (${(messages / Math.max(1, seen.open)).toFixed(1)} each), the last total ${grouped(total)}`,
    );
    if (!right) process.exitCode = 1;
    await seen.stop();
  } finally {
    await app.close();
    await sql.end();
    await town.stop();
  }
}

await main();
