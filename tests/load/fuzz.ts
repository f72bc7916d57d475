/**
 * A hundred thousand hostile requests to a running server: every endpoint by its contract, and every page. What
 * `tests/security/fuzz.test.ts` sends two thousand of. Fails with the smallest input that breaks something.
 *
 *   pnpm bench fuzz [inputs] [seed]        100,000 and a new seed unless told
 *
 * Prints what was answered, the slowest answers, and the memory of the server before, at most and after.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Caller } from '@folkmoot/testkit/town';
import { type Answer, fuzz } from '../security/fuzz/client.ts';
import { type Input, inputsOf } from '../security/fuzz/inputs.ts';
import { cookiesAt, knownOf } from '../security/fuzz/known.ts';
import { pageInputs } from '../security/fuzz/pages.ts';
import { startServer } from './server.ts';
import { grouped, ownTown } from './town.ts';

const INPUTS = Number(process.argv[2] ?? 100_000);
const SEED = Number(process.argv[3] ?? Date.now() % 1_000_000_000);
const LANES = 16;
const WARM = 2_000;
/** a server that holds this much more than when it was warm keeps what strangers send it */
const MOST_MB_MORE = 400;

const megabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;

type Tally = { statuses: Map<number, number>; slow: Array<[number, string]>; answered: number };
const hearing =
  (tally: Tally) =>
  (input: Input, { status, ms }: Answer) => {
    tally.answered += 1;
    tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
    tally.slow.push([ms, `${input.method} ${input.target.slice(0, 90)}`]);
    if (tally.slow.length > 2_000) tally.slow = tally.slow.sort(([a], [b]) => b - a).slice(0, 10);
  };

async function main(): Promise<void> {
  const town = await ownTown('fuzz');
  const { dir } = town;
  await town.embedded.stop();
  const server = await startServer(dir, { LOG_LEVEL: 'error' });
  const tally: Tally = { statuses: new Map(), slow: [], answered: 0 };
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, megabytes(server.pid))), 500);
  try {
    const known = await knownOf(server.url);
    const all = fc.oneof(
      { weight: 4, arbitrary: inputsOf(known) },
      { weight: 1, arbitrary: pageInputs(known) },
    );
    const cookies = cookiesAt(() => new Caller(server.url));
    const it = { port: server.port, known, all, cookies, lanes: LANES, heard: hearing(tally) };
    await fuzz({ ...it, inputs: WARM, seed: SEED + 1_000 });
    const warm = megabytes(server.pid);
    const began = performance.now();
    await fuzz({ ...it, inputs: INPUTS, seed: SEED });
    const seconds = (performance.now() - began) / 1_000;
    const alive = (await fetch(`${server.url}/api/v1/place`)).status;
    const after = megabytes(server.pid);
    console.log(
      `seed ${SEED}: ${grouped(tally.answered)} inputs, none broke anything; ${grouped(INPUTS / seconds)}/s; the server ${alive === 200 ? 'lives' : 'is GONE'}`,
    );
    console.log(
      [...tally.statuses]
        .sort(([a], [b]) => a - b)
        .map(([status, n]) => `${status}: ${grouped(n)}`)
        .join('  '),
    );
    console.log(
      `memory ${grouped(warm)} MB when warm, ${grouped(most)} MB at most, ${grouped(after)} MB after: ${after - warm < MOST_MB_MORE ? 'bounded' : 'GROWS'}`,
    );
    for (const [ms, what] of tally.slow.sort(([a], [b]) => b - a).slice(0, 5))
      console.log(`  ${ms.toFixed(0)} ms ${what}`);
    if (alive !== 200 || after - warm >= MOST_MB_MORE) process.exitCode = 1;
  } finally {
    clearInterval(watch);
    await server.stop();
    await town.stop();
  }
}

await main();
