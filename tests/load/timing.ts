/**
 * Can a stranger tell by the clock whether an address has signed? Asks one after the other, in a random order, with
 * addresses that have signed, that were asked for already, and that nobody knows, and compares how long the answers
 * take: by the Mann-Whitney test, and by how often a guess from one answer would be right.
 *
 *   pnpm bench timing [askings of each kind]       3,000 unless told
 *
 * A guess is right half of the time when nothing can be told. Aim: at most 53 in a hundred, for somebody on this very
 * machine; a network adds milliseconds of its own to each.
 */
import { loadavg } from 'node:os';
import { buildApp } from '@folkmoot/api/app';
import { readSettings } from '@folkmoot/api/settings';
import pg from 'pg';
import { openPetitionRow } from '../petitions/rows.ts';
import { lane } from '../security/fuzz/client.ts';
import { mannWhitney } from './ranks.ts';
import { ownTown } from './town.ts';

const EACH = Number(process.argv[2] ?? 3_000);
const AIM = 0.53;
const KINDS = ['signed', 'asked', 'nobody'] as const;
type Kind = (typeof KINDS)[number];

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;

async function measure(port: number, petition: number, code: string): Promise<Map<Kind, number[]>> {
  const times = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]));
  const order = KINDS.flatMap((kind) => Array.from({ length: EACH }, (_, n) => ({ kind, n })));
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  const lanes = Array.from({ length: 50 }, (_, n) => lane(port, n));
  for (const [at, { kind, n }] of order.entries()) {
    const email = `${kind}${String(n).padStart(6, '0')}@bench.example`;
    const answer = await lanes[at % lanes.length]!.send(
      {
        who: 'nobody',
        endpoint: 'signPetition',
        method: 'POST',
        target: `/api/v1/petitions/${petition}/sign`,
        headers: [['content-type', 'application/json']],
        body: JSON.stringify({ name: 'Somebody', email, postcode: code, lang: 'en' }),
        alone: false,
      },
      '',
    );
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
    // the first are slower whoever asks
    if (at > 300) times.get(kind)!.push(answer.ms);
  }
  for (const one of lanes) one.close();
  return times;
}

async function main(): Promise<void> {
  const town = await ownTown('timing');
  const settings = readSettings({ LOG_LEVEL: 'silent', DATA_DIR: town.dir, ROLE: 'web' });
  const app = await buildApp({ settings, databaseUrl: town.embedded.appUrl, site: 'none' });
  const sql = new pg.Client({ connectionString: town.embedded.ownerUrl });
  await sql.connect();
  try {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as { port: number };
    const petition = await openPetitionRow(sql, 'Keep the 14 night bus running after ten');
    for (const [kind, state] of [
      ['signed', 'confirmed'],
      ['asked', 'pending'],
    ])
      await sql.query(
        `insert into signatures (petition_id, state, name, email, canonical, postcode, basis, lang, confirmed_at)
         select $1, $2, 'Somebody', e, e, '', 'live', 'en', case when $2 = 'confirmed' then now() end
         from (select $3 || lpad(n::text, 6, '0') || '@bench.example' as e from generate_series(0, $4 - 1) n) it`,
        [petition, state, kind, EACH],
      );
    await sql.query('vacuum analyze signatures');
    const { rows } = await sql.query<{ code: string }>('select code from postcodes limit 1');
    const times = await measure(port, petition, rows[0]!.code);
    console.log(`${EACH} of each; load ${loadavg()[0]!.toFixed(1)}`);
    for (const kind of KINDS)
      console.log(`  ${kind.padEnd(7)} median ${median(times.get(kind)!).toFixed(3)} ms`);
    for (const [a, b] of [
      ['signed', 'nobody'],
      ['signed', 'asked'],
      ['asked', 'nobody'],
    ] as const) {
      const { share, score } = mannWhitney(times.get(a)!, times.get(b)!);
      const guess = Math.max(share, 1 - share);
      console.log(
        `${a} or ${b}: a guess is right ${(100 * guess).toFixed(1)} times in a hundred (z = ${score.toFixed(1)}); aim ${100 * AIM} ${guess <= AIM ? 'held' : 'MISSED'}`,
      );
    }
  } finally {
    await app.close();
    await sql.end();
    await town.stop();
  }
}

await main();
