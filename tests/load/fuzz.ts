/**
 * A hundred thousand hostile requests to a running server: every endpoint by its contract, and every page. What
 * `tests/security/fuzz.test.ts` sends two thousand of. Fails with the smallest input that breaks something.
 *
 *   pnpm bench fuzz [inputs] [seed]        100,000 and a new seed unless told
 *
 * Prints what was answered, the slowest answers, and the memory of the server: what the system gives it, and what it
 * holds when its garbage has been collected, by which it is judged.
 */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import fc from 'fast-check';
import { Caller } from '@folkmoot/testkit/town';
import { type Answer, fuzz } from '../security/fuzz/client.ts';
import { type Input, inputsOf } from '../security/fuzz/inputs.ts';
import { cookiesAt, knownOf } from '../security/fuzz/known.ts';
import { pageInputs } from '../security/fuzz/pages.ts';
import type { Held } from './held.ts';
import { type BenchServer, startServer } from './server.ts';
import { grouped, ownTown } from './town.ts';

const INPUTS = Number(process.argv[2] ?? 100_000);
const SEED = Number(process.argv[3] ?? Date.now() % 1_000_000_000);
const LANES = 16;
const WARM = 2_000;
/**
 * What a server may hold more than when it was warm: its caches, full (pages 96 MB, answers of the map and the list 64
 * each, of which a hundred thousand inputs fill a part), and the code that is compiled on the way. Two kilobytes kept
 * of each input would be more.
 */
const MOST_MB_MORE = 200;

const resident = (pid: number): number =>
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

const says = ({ resident, held }: Held): string => `holds ${grouped(held)} of ${grouped(resident)} MB`;

function judge(warm: Held, half: Held, after: Held, most: number): void {
  const more = after.held - warm.held;
  const bounded = more < MOST_MB_MORE;
  console.log(
    `memory: when warm it ${says(warm)}, halfway it ${says(half)}, after all it ${says(after)}, ${grouped(most)} MB at most; ` +
      `${grouped(more)} MB more held, ${MOST_MB_MORE} allowed: ${bounded ? 'bounded' : 'GROWS'}`,
  );
  if (!bounded) process.exitCode = 1;
}

function show(tally: Tally, seconds: number): void {
  console.log(
    `seed ${SEED}: ${grouped(tally.answered)} inputs, none broke anything; ${grouped(INPUTS / seconds)}/s; load ${loadavg()[0]!.toFixed(1)}`,
  );
  console.log(
    [...tally.statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, n]) => `${status}: ${grouped(n)}`)
      .join('  '),
  );
  for (const [ms, what] of tally.slow.sort(([a], [b]) => b - a).slice(0, 5))
    console.log(`  ${ms.toFixed(0)} ms ${what}`);
}

async function run(server: BenchServer): Promise<void> {
  const tally: Tally = { statuses: new Map(), slow: [], answered: 0 };
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, resident(server.pid))), 500);
  try {
    const known = await knownOf(server.url);
    const all = fc.oneof(
      { weight: 4, arbitrary: inputsOf(known) },
      { weight: 1, arbitrary: pageInputs(known) },
    );
    const cookies = cookiesAt(() => new Caller(server.url));
    const it = { port: server.port, known, all, cookies, lanes: LANES, heard: hearing(tally) };
    await fuzz({ ...it, inputs: WARM, seed: SEED + 1_000 });
    const warm = await server.memory();
    const began = performance.now();
    await fuzz({ ...it, inputs: INPUTS / 2, seed: SEED });
    const half = await server.memory();
    await fuzz({ ...it, inputs: INPUTS / 2, seed: SEED + 2_000 });
    show(tally, (performance.now() - began) / 1_000);
    judge(warm, half, await server.memory(), most);
    const { status } = await fetch(`${server.url}/api/v1/place`);
    if (status !== 200) throw new Error(`afterwards the server answers ${status}`);
  } finally {
    clearInterval(watch);
  }
}

async function main(): Promise<void> {
  const town = await ownTown('fuzz');
  await town.embedded.stop();
  const server = await startServer(town.dir, { LOG_LEVEL: 'error' });
  try {
    await run(server);
  } finally {
    await server.stop();
    await town.stop();
  }
}

await main();
