/**
 * The sender: takes what waits in the outbox, confirmations first, and hands it over. A row is marked `sending`,
 * with its Message-ID long fixed, before anything leaves the house; so after a crash one knows which mails are in
 * doubt. Those that somebody waits for go again under the same Message-ID (a mail program shows them once); a
 * mailing to many waits for a person.
 */
import { and, asc, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import { PRIORITY } from '@folkmoot/core/notifications/plain';
import { mails } from '@folkmoot/db/schema/notifications';
import { contacts } from '@folkmoot/db/schema/people';
import { record } from '../kit/events.ts';
import type { House } from '../kit/house.ts';
import type { Courier, Outcome } from './courier.ts';

const POLL_MS = 1_000;
/** mails taken at once; a crash leaves at most so many in doubt */
const BATCH = 20;
/** handing over takes a minute at worst: whoever has held a mail for longer is gone */
const IN_DOUBT_MINUTES = 5;
/** while the mail server is away, it is tried with one mail a minute */
const AWAY_MINUTES = 1;
const minutes = (n: number) => n * 60_000;

/** After the n-th failure: 5 and 30 minutes, then every hour for a day, then a person. Null: no more tries. */
export function nextTry(failures: number): number | null {
  if (failures <= 1) return minutes(5);
  if (failures === 2) return minutes(30);
  return failures <= 26 ? minutes(60) : null;
}

type Mail = typeof mails.$inferSelect;
type Needs = Pick<House, 'db' | 'clock' | 'log' | 'settings' | 'saved'>;
type Sending = { house: Needs; courier: Courier; from: string };

/** Rows left behind by a process that died between handing over and saying so. */
async function settleDoubt({ db, clock, log }: Needs): Promise<void> {
  const now = clock();
  const left = and(
    eq(mails.state, 'sending'),
    lt(mails.nextAt, new Date(now.getTime() - minutes(IN_DOUBT_MINUTES))),
  );
  await db
    .update(mails)
    .set({ state: 'queued', nextAt: now })
    .where(and(left, lt(mails.priority, PRIORITY.many)));
  const doubtful = await db.update(mails).set({ state: 'doubt' }).where(left).returning({ id: mails.id });
  if (doubtful.length) log.warn({ mails: doubtful.length }, 'mails in doubt after a crash');
}

/** Takes mails off the queue: of several senders none takes what another has. */
async function take({ db, clock }: Needs, most: number): Promise<Mail[]> {
  const now = clock();
  const waiting = db
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.state, 'queued'), lte(mails.nextAt, now)))
    .orderBy(asc(mails.priority), asc(mails.nextAt), asc(mails.id))
    .limit(most)
    .for('update', { skipLocked: true });
  const taken = await db
    .update(mails)
    .set({ state: 'sending', nextAt: now, attempts: sql`${mails.attempts} + 1` })
    .where(inArray(mails.id, waiting))
    .returning();
  return taken.sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1));
}

/** An address that bounced takes nothing more, but for what its owner asks for this minute. */
async function isStopped({ db }: Needs, mail: Mail): Promise<boolean> {
  if (!mail.contactId || mail.priority === PRIORITY.confirm) return false;
  const [contact] = await db
    .select({ stoppedAt: contacts.stoppedAt })
    .from(contacts)
    .where(eq(contacts.id, mail.contactId));
  return contact?.stoppedAt != null;
}

/** What was taken, a whole batch in two statements: a commit for each mail would be slower than handing it over. */
async function noteSent({ db, clock }: Needs, all: readonly Mail[]): Promise<void> {
  if (all.length === 0) return;
  await db
    .update(mails)
    .set({ state: 'sent', sentAt: clock(), error: null })
    .where(
      inArray(
        mails.id,
        all.map((mail) => mail.id),
      ),
    );
  // it was asked for and taken: the mailbox is there again
  const there = all.flatMap(({ contactId, priority }) =>
    contactId && priority === PRIORITY.confirm ? contactId : [],
  );
  if (there.length) await db.update(contacts).set({ stoppedAt: null }).where(inArray(contacts.id, there));
}

async function note(
  { db, clock }: Needs,
  mail: Mail,
  outcome: Exclude<Outcome, { how: 'sent' }>,
): Promise<void> {
  const now = clock();
  const put = (set: Partial<typeof mails.$inferInsert>) =>
    db.update(mails).set(set).where(eq(mails.id, mail.id));
  const { error } = outcome;
  if (outcome.how === 'bounced') {
    await put({ state: 'stopped', error });
    if (mail.contactId)
      await db.update(contacts).set({ stoppedAt: now }).where(eq(contacts.id, mail.contactId));
    return;
  }
  const wait = outcome.how === 'refused' ? null : nextTry(mail.attempts);
  if (wait === null) await put({ state: 'failed', error });
  else await put({ state: 'queued', nextAt: new Date(now.getTime() + wait), error });
}

/** Notes all but success, which is noted for many at once. @returns what became of it; `stopped` where it was not tried */
async function sendOne({ house, courier, from }: Sending, mail: Mail): Promise<Outcome['how'] | 'stopped'> {
  if (await isStopped(house, mail)) {
    await house.db
      .update(mails)
      .set({ state: 'stopped', error: 'address stopped' })
      .where(eq(mails.id, mail.id));
    return 'stopped';
  }
  const { to, subject, html, text, messageId, headers } = mail;
  const outcome = await courier.hand({ from, to, subject, html, text, messageId, headers });
  if (outcome.how !== 'sent') await note(house, mail, outcome);
  return outcome.how;
}

/** What was taken and not tried goes back as it was. */
async function giveBack({ db }: Needs, left: Mail[]): Promise<void> {
  const ids = left.map((mail) => mail.id);
  if (ids.length)
    await db
      .update(mails)
      .set({ state: 'queued', attempts: sql`${mails.attempts} - 1` })
      .where(inArray(mails.id, ids));
}

/** The demo's mailbox shows what comes in while one looks at it. */
async function moveMailbox(house: Needs, mails: number): Promise<void> {
  const event = {
    topic: 'demo:mails',
    type: 'demo.mails_sent',
    audience: 'public',
    data: { mails },
  } as const;
  await record(house.db, event, house.clock());
  house.saved();
}

/**
 * Hands a batch over, four at a time.
 * @param proven the server was there a moment ago; if not, the first mail goes alone and finds out for the others
 * @returns whether the server is away, and what was not tried
 */
async function handOver(it: Sending, taken: readonly Mail[], proven: boolean) {
  const left = [...taken];
  const sent: Mail[] = [];
  let away = false;
  const next = async () => {
    const mail = left.shift();
    if (!mail) return;
    const how = await sendOne(it, mail);
    if (how === 'sent') sent.push(mail);
    if (how === 'away') away = true;
  };
  const lane = async () => {
    while (!away && left.length) await next();
  };
  try {
    if (!proven) {
      await next();
      await noteSent(it.house, sent.splice(0));
    }
    if (!away) await Promise.all([lane(), lane(), lane(), lane()]);
  } finally {
    await noteSent(it.house, sent);
  }
  return { away, left };
}

export type Sender = ReturnType<typeof senderOf>;

/** One process's sender. `run` does one round: everything that may go now. */
export function senderOf(house: Needs, courier: Courier) {
  const it: Sending = { house, courier, from: house.settings.mailFrom };
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> | null = null;
  let stopped = false;
  let awayUntil = 0;
  /** the last batch of this round found the server there */
  let proven = false;

  async function batch(): Promise<number> {
    if (house.clock().getTime() < awayUntil) return 0;
    const taken = await take(house, BATCH);
    const { away, left } = await handOver(it, taken, proven);
    proven = !away;
    if (away) {
      awayUntil = house.clock().getTime() + minutes(AWAY_MINUTES);
      await giveBack(house, left);
    }
    return away ? 0 : taken.length;
  }

  async function round(): Promise<number> {
    await settleDoubt(house);
    proven = false;
    let sent = 0;
    for (let n = await batch(); n > 0 && !stopped; n = await batch()) sent += n;
    if (sent && house.settings.demo) await moveMailbox(house, sent);
    return sent;
  }

  const run = (): Promise<number> => {
    running ??= round().finally(() => (running = null));
    return running;
  };

  return {
    /** @returns how many mails were dealt with */
    run,
    start(): void {
      timer = setInterval(() => {
        run().catch((error: unknown) => house.log.error({ err: error }, 'sending mail'));
      }, POLL_MS);
      timer.unref();
    },
    /** What is being handed over is finished; nothing new is taken. */
    async stop(): Promise<void> {
      stopped = true;
      clearInterval(timer);
      await running?.catch(() => undefined);
      courier.close();
    },
  };
}

/** For the health page: seconds that the oldest mail has waited though it might go, and what needs a person. */
export async function outboxHealth({ db, clock }: Pick<House, 'db' | 'clock'>) {
  const [row] = await db
    .select({
      waiting: sql<number>`count(*) filter (where state in ('queued', 'sending'))::int`,
      oldest: sql<Date | null>`min(created_at) filter (where state in ('queued', 'sending'))`,
      needsPerson: sql<number>`count(*) filter (where state in ('failed', 'doubt'))::int`,
    })
    .from(mails)
    .where(inArray(mails.state, ['queued', 'sending', 'failed', 'doubt']));
  const oldest = row?.oldest ? new Date(row.oldest).getTime() : null;
  return {
    waiting: row?.waiting ?? 0,
    oldestSeconds: oldest === null ? 0 : Math.max(0, Math.round((clock().getTime() - oldest) / 1_000)),
    needsPerson: row?.needsPerson ?? 0,
  };
}
