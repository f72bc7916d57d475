/**
 * The mails of a viral petition: so many people asked to sign that a hundred thousand buttons must be written and
 * handed over, while a mailing to many waits behind them.
 *
 *   pnpm bench mails [buttons] [seconds]      100,000, and until all have gone, unless told
 *
 * Prints how fast the job writes them, how fast one process hands them to a mail server on loopback that takes
 * everything (without the limit that a real one is given by MAIL_RATE), that no letter to many went before a button,
 * and beside it how fast the same mails go with nothing of ours in between.
 */
import { loadavg } from 'node:os';
import { buildApp } from '@folkmoot/api/app';
import { smtpCourier } from '@folkmoot/api/notifications/courier';
import { senderOf } from '@folkmoot/api/notifications/sender';
import { readSettings } from '@folkmoot/api/settings';
import pg from 'pg';
import { openPetitionRow } from '../petitions/rows.ts';
import { mailSink, type Sink } from './sink.ts';
import { grouped, ownTown } from './town.ts';

const BUTTONS = Number(process.argv[2] ?? 100_000);
const SECONDS = Number(process.argv[3] ?? 3_600);
const LETTERS = 5_000;
const NO_LIMIT = 100_000;
const LANES = 4;

const rate = (n: number, since: number): number => (1_000 * n) / (performance.now() - since);

/** The same size of mail, straight from the mail library: what it and a loopback server can do. */
async function bare(url: string): Promise<number> {
  const courier = smtpCourier(url, NO_LIMIT);
  const text = 'x'.repeat(1_500);
  const began = performance.now();
  let n = 0;
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      while (performance.now() - began < 3_000) {
        const id = n++;
        await courier.hand({
          from: 'a@b.example',
          to: `bare${id}@b.example`,
          subject: 'x',
          html: text + text,
          text,
          messageId: `<${id}@b>`,
          headers: {},
        });
      }
    }),
  );
  courier.close();
  return rate(n, began);
}

async function ask(sql: pg.Client, petition: number): Promise<void> {
  await sql.query(
    `insert into signatures (petition_id, state, name, email, canonical, postcode, basis, lang, mail_due_at, network)
     select $1, 'pending', 'Signer ' || n, 'button' || n || '@bench.example', 'button' || n || '@bench.example', '', 'live',
       case when n % 5 = 0 then 'cy' else 'en' end, now() - interval '1 minute', '10.' || n / 65536 || '.' || n / 256 % 256 || '.' || n % 256
     from generate_series(1, $2::int) n`,
    [petition, BUTTONS],
  );
  await sql.query(
    `insert into mails ("to", kind, lang, priority, subject, html, text, message_id, created_at)
     select 'letter' || n || '@bench.example', 'test', 'en', 9, 'News', 'x', 'x', '<letter' || n || '@bench>', now() - interval '1 hour' from generate_series(1, $1::int) n`,
    [LETTERS],
  );
  await sql.query('analyze signatures, mails');
}

function judge({ kinds, total }: Awaited<ReturnType<Sink['took']>>, began: number): void {
  const of = new Map(kinds.map(([word, first, last]) => [word, { first, last }]));
  const [button, letter] = [of.get('button'), of.get('letter')];
  const before = !letter || (button !== undefined && button.last <= letter.first);
  console.log(
    `handed over ${grouped(total)}: ${grouped(rate(total, began))}/s; ${before ? 'every button before the first letter to many' : 'a letter to many WENT BEFORE a button'}`,
  );
  if (!before) process.exitCode = 1;
}

async function main(): Promise<void> {
  const town = await ownTown('mails');
  const settings = readSettings({ LOG_LEVEL: 'silent', DATA_DIR: town.dir, ROLE: 'web' });
  const app = await buildApp({ settings, databaseUrl: town.embedded.appUrl, site: 'none' });
  await app.ready();
  const sql = new pg.Client({ connectionString: town.embedded.ownerUrl });
  await sql.connect();
  const sink = await mailSink();
  const bareSink = await mailSink();
  try {
    console.log(`load of the machine before: ${loadavg()[0]!.toFixed(1)}`);
    const limit = await bare(bareSink.url);
    const petition = await openPetitionRow(sql, 'Keep the 14 night bus running after ten');
    await ask(sql, petition);
    const wrote = performance.now();
    await app.house.jobs.run('mail_signers');
    const [{ n }] = (
      await sql.query<{ n: number }>(`select count(*)::int as n from mails where kind = 'confirm_signature'`)
    ).rows as [{ n: number }];
    console.log(
      `written by the job, each with its own button: ${grouped(rate(n, wrote))}/s (${grouped(n)} of ${grouped(BUTTONS)})`,
    );
    const waits = await app.inject({
      method: 'POST',
      url: `/api/v1/petitions/${petition}/sign`,
      payload: {
        name: 'Late Comer',
        email: 'late@bench.example',
        postcode: 'SW1A 1AA',
        basis: 'work',
        lang: 'en',
      },
    });
    console.log(`whoever asks now is told: ${waits.body}`);
    const sender = senderOf(app.house, smtpCourier(sink.url, NO_LIMIT));
    const began = performance.now();
    const work = sender.run();
    await Promise.race([work, new Promise((over) => setTimeout(over, SECONDS * 1_000).unref())]);
    const took = await sink.took();
    judge(took, began);
    console.log(
      `${Math.round((100 * rate(took.total, began)) / limit)} % of ${grouped(limit)}/s (the same without us); load ${loadavg()[0]!.toFixed(1)}`,
    );
    await sender.stop();
  } finally {
    await Promise.all([sink.stop(), bareSink.stop()]);
    await app.close();
    await sql.end();
    await town.stop();
  }
}

await main();
