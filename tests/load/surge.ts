/**
 * The page of a petition while everybody signs it: viewers without a session, from memory, and viewers of whom half
 * have one, beside a crowd that asks and confirms. Every page says the count that it was made with, so that the age
 * of each answer is known.
 *
 *   pnpm bench surge [seconds] [confirmations a second]        5 s a figure and 500 unless told
 *
 * Beside the figures a bare Node server that answers as many bytes, in the same run.
 */
import { createHash } from 'node:crypto';
import { loadavg } from 'node:os';
import { Caller } from '@folkmoot/testkit/town';
import pg from 'pg';
import { openPetitionRow } from '../petitions/rows.ts';
import { hammer, type Hammered } from './hammer.ts';
import { bareServer } from './limit.ts';
import { startServer } from './server.ts';
import { grouped, ownTown } from './town.ts';
import { attachEmbedded } from '@folkmoot/db/embedded';

const SECONDS = Number(process.argv[2] ?? 5);
const SIGNERS = Number(process.argv[3] ?? 500);
const TOKENS = 60_000;
const OLDEST_MS = 2_000;

/** People with mails in their hands. */
async function tokens(sql: pg.Client, petition: number): Promise<void> {
  for (let from = 0; from < TOKENS; from += 10_000) {
    const part = Array.from({ length: 10_000 }, (_, n) => ({
      e: `s${from + n}@bench.example`,
      h: createHash('sha256')
        .update(`surge-token-of-number-${from + n}`)
        .digest('hex'),
    }));
    await sql.query(
      `with v as (select * from jsonb_to_recordset($2::jsonb) as v(e text, h text)),
       s as (insert into signatures (petition_id, state, name, email, canonical, postcode, basis, lang)
         select $1, 'pending', 'Bench', e, e, '', 'live', 'en' from v returning id, canonical)
       insert into tokens (hash, kind, data, expires_at)
       select v.h, 'confirm_signature', jsonb_build_object('petition', $1::bigint, 'signature', s.id), now() + interval '1 day'
       from v join s on s.canonical = v.e`,
      [petition, JSON.stringify(part)],
    );
  }
}

/** Confirms so many a second, and remembers when each count was reached. */
function signing(url: string, petition: number) {
  const reached: Array<[total: number, at: number]> = [];
  let next = 0;
  let under = 0;
  const timer = setInterval(() => {
    for (let n = 0; n < SIGNERS / 20 && next < TOKENS && under < 200; n++) {
      under += 1;
      const token = `surge-token-of-number-${next++}`;
      void fetch(`${url}/api/v1/petitions/${petition}/signatures/confirm`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
      })
        .then(async (answer) => {
          const { total } = (await answer.json()) as { total?: number };
          if (total !== undefined) reached.push([total, performance.now()]);
        })
        .catch(() => undefined)
        .finally(() => (under -= 1));
    }
  }, 50);
  return { reached, stop: () => clearInterval(timer) };
}

/** Reads the page now and then as one of the viewers would. @returns the age of the oldest count that was shown */
function ageing(url: string, petition: number, reached: Array<[number, number]>) {
  let oldest = 0;
  let looks = 0;
  let going = true;
  const look = async () => {
    while (going) {
      const asked = performance.now();
      const text = await (await fetch(`${url}/petitions/${petition}`)).text();
      const shown = Number(/id="count"[^>]*>\s*([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '') ?? NaN);
      looks += 1;
      // the first count beyond what was shown: from then on the page was old
      const newer = reached.filter(([total]) => total > shown).map(([, at]) => at);
      if (newer.length) oldest = Math.max(oldest, asked - Math.min(...newer));
      await new Promise((soon) => setTimeout(soon, 100));
    }
  };
  const work = look();
  return async () => {
    going = false;
    await work;
    return { oldest, looks };
  };
}

function show(what: string, got: Hammered, limit: number, aim: number): void {
  const odd = Object.entries(got.statuses).filter(([status]) => status !== '200');
  console.log(
    [
      what.padEnd(44),
      `${grouped(got.perSecond).padStart(7)}/s`,
      `p50 ${got.p50.toFixed(1)} ms  p99 ${got.p99.toFixed(1)} ms`,
      `${Math.round((100 * got.perSecond) / limit)} % of ${grouped(limit)} (bare Node, same bytes)`,
      `aim ${grouped(aim)} ${got.perSecond >= aim ? 'held' : 'MISSED'}`,
      `load ${loadavg()[0]!.toFixed(1)}`,
      odd.length ? JSON.stringify(got.statuses) : '',
    ].join('  '),
  );
}

/** Both halves at once: the sum, and the slower of the two. */
async function halves(it: { port: number; paths: string[] }, cookie: string) {
  const base = { ...it, connections: 32, seconds: SECONDS };
  const [none, own] = await Promise.all([hammer(base), hammer({ ...base, headers: { cookie } })]);
  const both: Hammered = {
    ...none,
    perSecond: none.perSecond + own.perSecond,
    p50: Math.max(none.p50, own.p50),
    p99: Math.max(none.p99, own.p99),
    statuses: { '200': (none.statuses['200'] ?? 0) + (own.statuses['200'] ?? 0) },
  };
  return { both, none, own };
}

async function measure(url: string, port: number, sql: pg.Client): Promise<void> {
  const petition = await openPetitionRow(sql, 'Keep the 14 night bus running after ten');
  await tokens(sql, petition);
  await sql.query('analyze signatures, tokens');
  const mair = new Caller(url);
  const people = await mair.call('listDemoPeople', {});
  await mair.call('beSomeone', { body: { person: people.find(({ role }) => role === null)!.person } });
  const at = { port, paths: [`/petitions/${petition}`] };
  const alone = await hammer({ ...at, connections: 64, seconds: SECONDS });
  const bare = await bareServer(Math.max(1, Math.round(alone.bytesPerAnswer) - 300));
  const limit = (await hammer({ port: bare.port, paths: ['/'], connections: 64, seconds: SECONDS }))
    .perSecond;
  await bare.stop();
  show('nobody signs, no session', alone, limit, 15_000);
  const crowd = signing(url, petition);
  const age = ageing(url, petition, crowd.reached);
  try {
    show(
      'everybody signs, no session',
      await hammer({ ...at, connections: 64, seconds: SECONDS }),
      limit,
      5_000,
    );
    const { both, none, own } = await halves(at, mair.cookie);
    show('everybody signs, half with a session', both, limit, 5_000);
    console.log(
      `  of which without ${grouped(none.perSecond)}/s, with a session ${grouped(own.perSecond)}/s`,
    );
  } finally {
    crowd.stop();
  }
  const { oldest, looks } = await age();
  console.log(
    `${grouped(crowd.reached.length)} confirmed meanwhile; in ${grouped(looks)} looks the oldest page was ${(oldest / 1_000).toFixed(1)} s old: ` +
      `aim ${OLDEST_MS / 1_000} s ${oldest <= OLDEST_MS ? 'held' : 'MISSED'}`,
  );
}

async function main(): Promise<void> {
  const town = await ownTown('surge');
  await town.embedded.stop();
  const server = await startServer(town.dir, { LOG_LEVEL: 'error' });
  const sql = new pg.Client({ connectionString: (await attachEmbedded(town.dir))!.ownerUrl });
  await sql.connect();
  try {
    console.log(
      `load of the machine before: ${loadavg()[0]!.toFixed(1)}; ${SECONDS} s a figure, ${SIGNERS} confirmations a second offered`,
    );
    await measure(server.url, server.port, sql);
  } finally {
    await sql.end();
    await server.stop();
    await town.stop();
  }
}

await main();
