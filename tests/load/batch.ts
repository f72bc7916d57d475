/**
 * "Me too" on one report, as fast as the batching writer takes it, on a disk that is waited for.
 *
 *   pnpm bench batch [people at once] [acts]
 *
 * Without HTTP: what the writer itself costs. Beside it, in the same run, the same act one transaction each.
 */
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { batchesOf } from '@folkmoot/api/kit/batch';
import { metricsOf } from '@folkmoot/api/kit/metrics';
import { connect } from '@folkmoot/db/client';
import { startEmbedded } from '@folkmoot/db/embedded';
import pg from 'pg';

const PEOPLE = Number(process.argv[2] ?? 64);
const ACTS = Number(process.argv[3] ?? 40_000);

const dir = mkdtempSync(join(tmpdir(), 'folkmoot-batch-'));
chmodSync(dir, 0o755);
const embedded = await startEmbedded({ dir });
const owner = new pg.Client({ connectionString: embedded.ownerUrl });
await owner.connect();
await owner.query(
  'create table acts (thing text not null, person int not null, primary key (thing, person))',
);
await owner.query('create table counts (thing text primary key, n int not null)');
await owner.query(`insert into counts values ('one', 0), ('two', 0)`);
await owner.query('grant all on acts, counts to public');
const db = connect(embedded.appUrl);

const writeAll = async (
  tx: { execute: (sql: string) => Promise<{ rowCount: number | null }> },
  thing: string,
  people: number[],
) => {
  await tx.execute(`select 1 from counts where thing = '${thing}' for no key update`);
  const values = people.map((person) => `('${thing}', ${person})`).join(',');
  const { rowCount } = await tx.execute(`insert into acts values ${values} on conflict do nothing`);
  await tx.execute(`update counts set n = n + ${rowCount ?? 0} where thing = '${thing}'`);
};
const write = batchesOf({ db, metrics: metricsOf(), saved: () => undefined }).writer<number, true>({
  name: 'bench',
  write: async (tx, thing, people) => {
    await writeAll(tx, thing, people);
    return people.map(() => true);
  },
});

async function run(what: string, acts: number, act: (n: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: PEOPLE }, async () => {
      while (next < acts) {
        const from = performance.now();
        await act(next++);
        times.push(performance.now() - from);
      }
    }),
  );
  const perSecond = (1_000 * times.length) / (performance.now() - began);
  times.sort((a, b) => a - b);
  const p99 = times[Math.floor(times.length * 0.99)] ?? 0;
  console.log(
    `${what.padEnd(34)} ${Math.round(perSecond).toLocaleString('en-GB').padStart(8)}/s  p99 ${p99.toFixed(1)} ms`,
  );
  return perSecond;
}

console.log(`${PEOPLE} people at once`);
const one = await run('one transaction each', Math.min(ACTS, 3_000), (n) =>
  db.transaction((tx) => writeAll(tx, 'one', [n])),
);
const many = await run('through the batching writer', ACTS, (n) => write('two', n));
const { rows } = await owner.query<{ n: number; kept: number }>(
  `select n, (select count(*)::int from acts where thing = 'two') as kept from counts where thing = 'two'`,
);
console.log(`${(many / one).toFixed(1)} times as many; counted ${rows[0]?.n}, kept ${rows[0]?.kept}`);
await db.$client.end();
await owner.end();
await embedded.stop();
rmSync(dir, { recursive: true, force: true });
