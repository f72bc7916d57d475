/**
 * Consumers: what reads events one after another and misses none — notifications, feeds, counters. Each has a
 * cursor in the database, locked while it reads, so that of many processes one at a time works on it. The handler
 * runs in the transaction that moves the cursor on: what it writes and how far it came are kept together or not at
 * all. (Reaching outside, such as sending a mail, is not for a handler: write a row, let a job send it.)
 */
import type { Tx } from '@folkmoot/db/client';
import { sql } from 'drizzle-orm';
import { setTimeout as sleep } from 'node:timers/promises';
import { EVENTS_AFTER, type EventRow, HELD_MS, HELD_TRIES, settledOf } from './events.ts';
import type { House } from './house.ts';
import { errorForLog } from './logs.ts';

/** small, because a writing transaction that runs on holds back every other reader of events */
const BATCH = 100;
const POLL_MS = 2_000;
const RETRY_MS = [1_000, 5_000, 15_000, 60_000];

export type NewConsumer = {
  /** the cursor's name; never change it, or everything is read again */
  name: string;
  /** where a consumer starts that never ran: behind what has already happened, or at the first event there is */
  from?: 'now' | 'start';
  /**
   * Deals with events in their order, in `tx`. Throwing undoes the batch, which is then tried event by event; an
   * event that fails alone stays the next one and is tried again later, seen in the log, the metrics and the health page.
   */
  handle: (tx: Tx, events: EventRow[]) => Promise<void>;
};
type Cursor = { tx: string; id: number };
export type ConsumerLag = { name: string; waiting: number; failing: string | null };

type State = {
  it: NewConsumer;
  running: Promise<void> | null;
  again: boolean;
  failures: number;
  retryAt: number;
  failing: string | null;
  stopped: boolean;
};

export type Consumers = ReturnType<typeof consumersOf>;
type Needs = Pick<House, 'db' | 'clock' | 'saved'> & {
  log: Pick<House['log'], 'error'>;
  hub: Pick<House['hub'], 'watch'>;
};

async function lockCursor(tx: Tx, name: string): Promise<Cursor | null> {
  const { rows } = await tx.execute<{ tx: string; id: number }>(
    sql`select tx::text as tx, id from cursors where name = ${name} for no key update skip locked`,
  );
  return rows[0] ?? null;
}

async function eventsAfter(tx: Tx, cursor: Cursor, limit: number) {
  const [head = '', between = '', before = '', tail = ''] = EVENTS_AFTER.split(/\$[123]/);
  const { rows } = await tx.execute<EventRow & { settled: boolean }>(
    sql`${sql.raw(head)}${cursor.tx}${sql.raw(between)}${cursor.id}${sql.raw(before)}${limit}${sql.raw(tail)}`,
  );
  return settledOf(rows.map((row) => ({ ...row, at: new Date(row.at) })));
}

type Step = { done: boolean; held: boolean };

/** One step: lock, read, handle, move on. @returns whether it dealt with any, and whether others wait for a transaction to end */
function step(house: Needs, it: NewConsumer, limit: number): Promise<Step> {
  return house.db.transaction(async (tx) => {
    const cursor = await lockCursor(tx, it.name);
    // another process reads
    if (!cursor) return { done: false, held: false };
    const { events, held } = await eventsAfter(tx, cursor, limit);
    const last = events.at(-1);
    if (!last) return { done: false, held };
    await it.handle(tx, events);
    await tx.execute(
      sql`update cursors set tx = ${last.tx}::text::xid8, id = ${last.id}, at = ${house.clock().toISOString()} where name = ${it.name}`,
    );
    return { done: true, held };
  });
}

/** Reads all there is; what another transaction still holds back is waited for, for a moment. */
async function readOn(house: Needs, state: State): Promise<void> {
  for (let tries = 0; tries < HELD_TRIES && !state.stopped;) {
    let now: Step;
    try {
      now = await step(house, state.it, BATCH);
    } catch {
      // one bad event must not hold back those before it
      now = await step(house, state.it, 1);
    }
    if (now.done) {
      state.failures = 0;
      state.failing = null;
      house.saved();
    } else if (!now.held) return;
    else {
      tries += 1;
      await sleep(HELD_MS);
    }
  }
}

/** A consumer that never ran begins where it asked to. */
async function begin({ db, clock }: Needs, it: NewConsumer): Promise<void> {
  const from = it.from === 'start' ? sql`0::text::xid8` : sql`pg_snapshot_xmin(pg_current_snapshot())`;
  await db.execute(
    sql`insert into cursors (name, tx, id, at) values (${it.name}, ${from}, 0, ${clock().toISOString()}) on conflict do nothing`,
  );
}

/** Reads on unless it does already; an event that fails is waited for, longer each time. */
async function run(house: Needs, state: State): Promise<void> {
  if (state.running) {
    state.again = true;
    return state.running;
  }
  state.running = (async () => {
    do {
      state.again = false;
      try {
        await readOn(house, state);
      } catch (error) {
        const wait = RETRY_MS[Math.min(state.failures, RETRY_MS.length - 1)] as number;
        state.failures += 1;
        state.retryAt = Date.now() + wait;
        state.failing = error instanceof Error ? errorForLog(error).message : 'broken';
        house.log.error({ err: error, consumer: state.it.name, tries: state.failures }, 'consumer');
      }
    } while (state.again && state.failing === null);
    // in the same breath as the last look at `again`, or somebody's call could be lost
    state.running = null;
  })();
  await state.running;
}

/** The consumers of one process. `start` is called where `ROLE` says that this process runs jobs. */
export function consumersOf(house: Needs) {
  const states = new Map<string, State>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const wake = () => {
    if (stopped) return;
    for (const state of states.values()) if (Date.now() >= state.retryAt) void run(house, state);
  };

  return {
    /** Registers a consumer; called while the app is built. @throws when the name is taken */
    add(it: NewConsumer): void {
      if (states.has(it.name)) throw new Error(`Two consumers are called ${it.name}`);
      states.set(it.name, {
        it,
        running: null,
        again: false,
        failures: 0,
        retryAt: 0,
        failing: null,
        stopped: false,
      });
    },
    async start(): Promise<void> {
      for (const { it } of states.values()) await begin(house, it);
      house.hub.watch(wake);
      timer = setInterval(wake, POLL_MS);
      timer.unref();
      wake();
    },
    /** Waits for the batches under way. */
    async stop(): Promise<void> {
      stopped = true;
      for (const state of states.values()) state.stopped = true;
      clearInterval(timer);
      await Promise.all([...states.values()].map((state) => state.running));
    },
    /** Reads everything there is now; tests and the command line wait for it. @throws what a handler threw */
    async caughtUp(): Promise<void> {
      for (const state of states.values()) {
        await begin(house, state.it);
        await state.running;
        await readOn(house, state);
      }
    },
    /** How many events each has not read yet, counted up to 10,000, and what it stumbles over. */
    async lag(): Promise<ConsumerLag[]> {
      if (states.size === 0) return [];
      const { rows } = await house.db.$client.query<{ name: string; waiting: number }>(
        `select c.name, (select count(*) from (select 1 from events e where (e.tx, e.id) > (c.tx, c.id) limit 10000) w) as waiting
         from cursors c where c.name = any($1)`,
        [[...states.keys()]],
      );
      return rows.map(({ name, waiting }) => ({
        name,
        waiting,
        failing: states.get(name)?.failing ?? null,
      }));
    },
  };
}
