/**
 * "Does one like it exist already?" among many petitions: how long an answer takes, and how the planner finds it.
 *
 *   pnpm bench similar [petitions]        100,000 unless told; aim: 100 ms
 */
import { similarPetitions } from '@folkmoot/api/petitions/index';
import { connect } from '@folkmoot/db/client';
import pg from 'pg';
import { pourPetitions } from './many.ts';
import { ownTown } from './town.ts';

const COUNT = Number(process.argv[2] ?? 100_000);
const AIM_MS = 100;
const ROUNDS = 20;
const ASKED = [
  'Keep the 14 night bus running after ten',
  'keep the nite bus 14',
  'Mend the slide at Weir Fields',
  'Free parking in the market square on Saturdays',
  'Cadwch y llyfrgell ar agor',
  'bus',
];
const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const town = await ownTown('similar', ['fsync=off']);
  const sql = new pg.Client({ connectionString: town.embedded.ownerUrl });
  await sql.connect();
  const db = connect(town.embedded.ownerUrl);
  try {
    await pourPetitions(sql, COUNT, { open: true });
    await db.$client.query('vacuum analyze petitions');
    let worst = 0;
    for (const asked of ASKED) {
      const times: number[] = [];
      let found = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const began = performance.now();
        found = (await similarPetitions(db, asked)).length;
        times.push(performance.now() - began);
      }
      times.sort((a, b) => a - b);
      const [middle, most] = [times[ROUNDS >> 1]!, times.at(-1)!];
      worst = Math.max(worst, middle);
      say(
        `${asked.padEnd(48)} median ${middle.toFixed(1)} ms, longest ${most.toFixed(1)} ms, ${found} found`,
      );
    }
    say(
      `${COUNT.toLocaleString('en-GB')} petitions: ${worst <= AIM_MS ? 'aim of 100 ms held' : 'aim of 100 ms MISSED'}`,
    );
  } finally {
    await db.$client.end();
    await sql.end();
    await town.stop();
  }
}

await main();
