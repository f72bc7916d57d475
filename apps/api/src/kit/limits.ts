/**
 * Limits. Those that protect the machine count in memory, by address; those that protect a secret, a mailbox or the
 * patience of a town are rows, so that every process counts together. Addresses and mailboxes are kept as keyed
 * hashes only. An IPv6 network is a /64: one household holds that many addresses.
 */
import type { Queryable } from '@folkmoot/db/client';
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { LRUCache } from 'lru-cache';
import { Refused } from './errors.ts';
import type { House } from './house.ts';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** At most `max` in `seconds`. What a key is stands beside each. */
export const LIMITS = {
  /** a person's e-mail address: links and passwords asked for and tried */
  sign_in: { max: 10, seconds: 15 * MINUTE },
  /** a network: the same, over many addresses */
  sign_in_network: { max: 60, seconds: 15 * MINUTE },
  /** a person: codes of the second factor tried */
  second_factor: { max: 6, seconds: 5 * MINUTE },
  /** a network: mailed tokens tried */
  token: { max: 100, seconds: HOUR },
  /** a mailbox: mails that somebody else can make us send */
  mail: { max: 8, seconds: HOUR },
  mail_day: { max: 20, seconds: DAY },
  /** a network: reports made; a library and a school have one address */
  report: { max: 60, seconds: HOUR },
  /** a network: petitions begun, and sent off without an account */
  petition: { max: 60, seconds: HOUR },
  /** a person or a network: comments and verdicts */
  comment: { max: 60, seconds: HOUR },
  /** a network: photos */
  upload: { max: 200, seconds: HOUR },
  /** a network: "me too" */
  support: { max: 600, seconds: HOUR },
  /** a network: flags on what others wrote */
  flag: { max: 60, seconds: HOUR },
} as const;
export type LimitName = keyof typeof LIMITS;

/** Requests an address may make in a minute, in one process; what the page cache answers is not counted. */
export const REQUESTS_A_MINUTE = 3_000;
const ADDRESSES = 50_000;

/** `2001:db8:1:2:3:4:5:6` → `2001:db8:1:2::/64`; IPv4 stays whole, also where it is written in IPv6. */
export function networkOf(address: string): string {
  const plain = address.toLowerCase().replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  if (mapped) return mapped[1] as string;
  if (!plain.includes(':')) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const front = head ? head.split(':') : [];
  const back = tail ? tail.split(':') : [];
  const zeros = plain.includes('::') ? Math.max(0, 8 - front.length - back.length) : 0;
  const groups = [...front, ...Array.from({ length: zeros }, () => '0'), ...back].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}

type Needs = Pick<House, 'db' | 'clock' | 'signer'>;

const windowOf = (name: LimitName, now: Date): Date => {
  const length = LIMITS[name].seconds * 1_000;
  return new Date(Math.floor(now.getTime() / length) * length);
};

/**
 * Counts several acts at once, in the caller's transaction, and says which may go on. Equal keys count together.
 * @param keys one an act: a network, a mailbox, a person
 */
export async function limitMany(
  house: Needs,
  tx: Queryable,
  name: LimitName,
  keys: readonly string[],
): Promise<boolean[]> {
  const asked = new Map<string, number>();
  for (const key of keys) asked.set(key, (asked.get(key) ?? 0) + 1);
  const rowOf = new Map([...asked.keys()].map((key) => [key, `${name} ${house.signer.sign(key)}`]));
  // always in the same order, so that two batches with the same networks do not wait for each other in a ring
  const rows = [...asked]
    .map(([key, n]) => ({ key: rowOf.get(key)!, n }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const start = windowOf(name, house.clock()).toISOString();
  const counted = await tx.execute<{ key: string; count: number }>(sql`
    insert into limits (key, window_start, count)
    values ${sql.join(
      rows.map((row) => sql`(${row.key}, ${start}::timestamptz, ${row.n}::int)`),
      sql`, `,
    )}
    on conflict (key) do update set
      count = least(case when limits.window_start = excluded.window_start then limits.count else 0 end + excluded.count, 1000000),
      window_start = excluded.window_start
    returning key, count`);
  const left = new Map(
    rows.map(({ key, n }) => {
      const total = counted.rows.find((row) => row.key === key)?.count ?? n;
      return [key, LIMITS[name].max - (total - n)];
    }),
  );
  return keys.map((key) => {
    const row = rowOf.get(key)!;
    const more = left.get(row)!;
    left.set(row, more - 1);
    return more > 0;
  });
}

/** What a person is told who did too much: with when to come back. */
export const tooMany = (house: Pick<House, 'clock'>, name: LimitName): Refused => {
  const now = house.clock();
  const over = windowOf(name, now).getTime() + LIMITS[name].seconds * 1_000;
  return new Refused('too_many', 429, Math.max(1, Math.ceil((over - now.getTime()) / 1_000)));
};

/**
 * Counts one act against a limit kept in rows. It counts whether or not the act succeeds afterwards.
 * @param key what the limit counts: `networkOf(request.ip)`, a canonical mailbox, a person's id
 * @throws Refused('too_many', 429)
 */
export async function limit(house: Needs, name: LimitName, key: string): Promise<void> {
  const [may] = await limitMany(house, house.db, name, [key]);
  if (!may) throw tooMany(house, name);
}

/** Rows of windows that are over; run every night. */
export async function sweepLimits(house: Pick<House, 'db' | 'clock'>): Promise<void> {
  const before = new Date(house.clock().getTime() - 2 * DAY * 1_000).toISOString();
  await house.db.execute(sql`delete from limits where window_start < ${before}`);
}

/** Files cost next to nothing and a page asks for many at once: a school behind one address must not run out. */
const FILES = /^\/(_app|files|@[a-z-]+|node_modules|src)\//;

/**
 * Counts requests by address, in memory. A page's own calls in process count for its visitor.
 * @param now milliseconds of the machine: this protects the machine, and is not a rule of the town
 */
export function guardRequests(app: FastifyInstance, now: () => number = Date.now): void {
  const seen = new LRUCache<string, { minute: number; count: number }>({ max: ADDRESSES });
  app.addHook('onRequest', async (request) => {
    if (FILES.test(request.url)) return;
    const minute = Math.floor(now() / 60_000);
    const key = networkOf(request.ip);
    const entry = seen.get(key);
    if (!entry || entry.minute !== minute) seen.set(key, { minute, count: 1 });
    else if (++entry.count > REQUESTS_A_MINUTE)
      throw new Refused('too_many', 429, 60 - Math.floor((now() / 1_000) % 60));
  });
}
