/**
 * "Does one like it exist already?" among many petitions: how long an answer takes, and how the planner finds it.
 *
 *   pnpm bench similar [petitions]        100,000 unless told; aim: 100 ms
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { similarPetitions } from '@folkmoot/api/petitions/index';
import { connect } from '@folkmoot/db/client';
import { startEmbedded } from '@folkmoot/db/embedded';
import { migrate } from '@folkmoot/db/migrate';
import { seedDemo } from '@folkmoot/db/seeds/demo';

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
const words = (list: string) => `(array['${list.split(' ').join("','")}'])`;
const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-similar-'));
  const embedded = await startEmbedded({ dir: join(dir, 'pg'), settings: ['fsync=off', 'max_wal_size=2GB'] });
  await migrate({ url: embedded.ownerUrl, appRole: new URL(embedded.appUrl).username });
  await seedDemo({ url: embedded.ownerUrl, filesDir: join(dir, 'files'), size: 'small' });
  const db = connect(embedded.ownerUrl);
  try {
    const pick = (list: string, at: number) =>
      `${words(list)}[1 + ((n * ${at} + n / 7) % array_length(${words(list)}, 1))]`;
    const verb = pick(
      'Keep Mend Open Close Build Save Widen Light Clean Move Cadwch Agorwch Restore Free Stop Plant',
      7,
    );
    const thing = pick(
      'bus slide library bench crossing bridge park school market path llyfrgell pont road parking toilets pool trees hall bins lights kerb playground ferry station tram',
      11,
    );
    const when = pick('nights Saturdays winter ten Sundays mornings holidays always tomorrow', 17);
    await db.$client.query(
      `insert into petitions (organisation_id, scheme_id, title, why, lang, creator_name, state, opened_at, closes_at)
       select k.organisation_id, k.id, ${verb} || ' ' || ${thing} || ' ' || s.name || ' ' || ${when} || ' ' || n,
         'People of ' || s.name || ' need the ' || ${thing} || '.', 'en', 'Somebody', 'open', now() - n * interval '1 minute', now()
       from (select * from petition_schemes limit 1) k, generate_series(1, ${COUNT}) n
       join (select row_number() over (order by name) - 1 as at, count(*) over () as all_streets, name from streets) s on s.at = n % s.all_streets`,
    );
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
    await embedded.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

await main();
