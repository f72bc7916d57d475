/**
 * `pnpm demo:surge`: one petition of the demo town goes viral, so that one can watch the count run, thresholds fall
 * and the town stay awake. Invented people get mails that are never sent, and press their buttons over HTTP as
 * everybody does. In the demo town only, on this machine only, and never more than a few thousand.
 */
import { Agent, request } from 'node:http';
import { platform } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '@folkmoot/db/client';
import { sql } from 'drizzle-orm';
import { isLoopback } from '../kit/hosts.ts';
import { randomToken, sha256 } from '../kit/secrets.ts';

const MOST = 20_000;
const MOST_A_SECOND = 500;
/** an address may ask 3,000 times a minute; on Linux a crowd has many, elsewhere this machine has one */
const ADDRESSES = platform() === 'linux' ? 50 : 1;
const MOST_AN_ADDRESS = 45;
const PREPARED = 200;
const TICK_MS = 50;

/** Why it will not run; said as it is. */
export class NoSurge extends Error {}

export type Surge = {
  db: Db;
  url: string;
  /** the one that most have signed where none is said */
  petition?: number | undefined;
  signatures: number;
  perSecond: number;
  /** ends it before its time */
  signal?: AbortSignal;
  say?: (line: string) => void;
};
export type Surged = { petition: number; pressed: number; counted: number; total: number };

const FIRST =
  'Aled Bethan Carys Dafydd Eleri Ffion Gareth Hana Ioan Joan Kofi Lowri Megan Nia Owain Priya Rhys Siân Tomos Yusuf';
const LAST =
  'Bevan Davies Evans Griffiths Hughes Jenkins Khan Lewis Morgan Nowak Owen Parry Rees Shah Thomas Vaughan Williams';
const pick = (words: string, n: number): string => {
  const all = words.split(' ');
  return all[n % all.length]!;
};

/** Nothing leaves this machine, and no town where people live hears of it. */
async function allow(url: string): Promise<void> {
  if (!isLoopback(new URL(url).host)) throw new NoSurge(`${url} is not on this machine.`);
  const answer = await fetch(`${url}/api/v1/demo/people`).catch(() => null);
  if (!answer) throw new NoSurge(`Nobody answers at ${url}. Start the demo town first: pnpm start`);
  if (!answer.ok) throw new NoSurge(`${url} is no demo town: signatures there are those of people.`);
}

async function chosen(db: Db, petition: number | undefined): Promise<{ id: number; title: string }> {
  const { rows } = await db.execute<{ id: number; title: string }>(sql`
    select p.id, p.title from petitions p join petition_counts c on c.petition_id = p.id
    where p.state = 'open' and p.hidden_at is null and ${petition === undefined ? sql`true` : sql`p.id = ${petition}`}
    order by c.online desc limit 1`);
  const [found] = rows;
  if (!found) throw new NoSurge(petition ? `Petition ${petition} is not open.` : 'No petition is open.');
  return { id: Number(found.id), title: found.title };
}

/** Invented people who have asked to sign and hold a mail in their hands. @returns the words of their buttons */
async function invent(db: Db, petition: number, run: string, from: number, count: number): Promise<string[]> {
  const people = Array.from({ length: count }, (_, index) => {
    const n = from + index;
    const token = randomToken();
    const name = `${pick(FIRST, n * 7)} ${pick(LAST, n * 11 + Math.floor(n / 340))}`;
    return { token, hash: sha256(token), name, email: `${run}-${n}@anybridge.example`, at: Math.random() };
  });
  await db.execute(sql`
    with v as (select * from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as v(hash text, name text, email text, at float8)),
    codes as (select code, ward_id, row_number() over (order by code) - 1 as n, count(*) over () as many from postcodes where ward_id is not null),
    asked as (
      insert into signatures (petition_id, state, name, email, canonical, postcode, ward_id, basis, lang)
      select ${petition}, 'pending', v.name, v.email, v.email, c.code, c.ward_id, 'live', 'en'
      from v join codes c on c.n = floor(v.at * c.many) returning id, canonical)
    insert into tokens (hash, kind, data, expires_at)
    select v.hash, 'confirm_signature', jsonb_build_object('petition', ${petition}::bigint, 'signature', asked.id), now() + interval '1 hour'
    from v join asked on asked.canonical = v.email`);
  return people.map(({ token }) => token);
}

/** Whoever had not pressed when it ended never was there. */
async function clear(db: Db, petition: number, run: string): Promise<void> {
  await db.execute(sql`
    with gone as (delete from signatures where petition_id = ${petition} and state = 'pending' and canonical like ${`${run}-%`} returning id)
    delete from tokens where kind = 'confirm_signature' and (data->>'signature')::uuid in (select id from gone)`);
}

function crowd(url: string, petition: number) {
  const agents = Array.from(
    { length: ADDRESSES },
    (_, n) =>
      new Agent({
        keepAlive: true,
        maxSockets: 8,
        ...(ADDRESSES > 1 && { localAddress: `127.0.9.${1 + n}` }),
      }),
  );
  let next = 0;
  /** @returns the count, or null where it was not counted */
  const press = (token: string): Promise<number | null> =>
    new Promise((done) => {
      const body = JSON.stringify({ token });
      const agent = agents[next++ % agents.length];
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const path = `${url}/api/v1/petitions/${petition}/signatures/confirm`;
      const asked = request(path, { method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () =>
          done(response.statusCode === 200 ? (JSON.parse(text) as { total: number }).total : null),
        );
      });
      asked.on('error', () => done(null));
      asked.end(body);
    });
  return { press, close: () => agents.forEach((agent) => agent.destroy()) };
}

/**
 * Lets a petition go viral; done when all have pressed, or when told to stop.
 * @throws NoSurge where this is no demo town, or not on this machine
 */
export async function surge({ db, url, signal, say = () => undefined, ...asked }: Surge): Promise<Surged> {
  await allow(url);
  const { id, title } = await chosen(db, asked.petition);
  const most = Math.min(MOST, asked.signatures);
  const rate = Math.min(MOST_A_SECOND, ADDRESSES * MOST_AN_ADDRESS, asked.perSecond);
  const run = `surge-${randomToken().slice(0, 8).toLowerCase()}`;
  const people = crowd(url.replace('//localhost', '//127.0.0.1'), id);
  say(`“${title}” goes viral: ${most} people, ${rate} a second. Watch ${url}/petitions/${id}`);
  const done = { petition: id, pressed: 0, counted: 0, total: 0 };
  const under = new Set<Promise<void>>();
  const tokens: string[] = [];
  const began = performance.now();
  let told = began;
  try {
    while (done.pressed < most && !signal?.aborted) {
      const due = Math.min(most, Math.ceil(((performance.now() - began) / 1_000) * rate));
      while (done.pressed < due) {
        if (tokens.length === 0)
          tokens.push(...(await invent(db, id, run, done.pressed, Math.min(PREPARED, most - done.pressed))));
        done.pressed += 1;
        const work: Promise<void> = people.press(tokens.shift()!).then((total) => {
          under.delete(work);
          if (total === null) return;
          done.counted += 1;
          done.total = Math.max(done.total, total);
        });
        under.add(work);
      }
      if (performance.now() - told > 1_000) {
        told = performance.now();
        say(`${done.counted} signed, ${done.total} in all`);
      }
      await sleep(TICK_MS, undefined, { signal }).catch(() => undefined);
    }
    await Promise.all(under);
  } finally {
    people.close();
    await clear(db, id, run);
  }
  say(`${done.counted} signed, ${done.total} in all. ${signal?.aborted ? 'Stopped.' : 'Done.'}`);
  return done;
}
