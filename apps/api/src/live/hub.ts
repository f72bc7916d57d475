/**
 * The hub: reads what happened by a cursor of its own and hands it to the sockets of this process. Ids are given
 * out before commit, so a cursor over ids would lose events; rows are read in the order (tx, id) and only below the
 * oldest transaction that still runs. NOTIFY is just a wake-up: losing one costs a second.
 */
import { LRUCache } from 'lru-cache';
import type { LiveMessage } from '@folkmoot/core/live/plain';
import type { Db } from '@folkmoot/db/client';
import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { EVENTS_AFTER, type EventRow, HELD_MS, HELD_TRIES, settledOf } from '../kit/events.ts';

export type { EventRow };

const CHANNEL = 'folkmoot_events';
const KEEP = 20;
const TOPICS = 10_000;
const BATCH = 500;
const POLL_MS = 1_000;
const NOTIFY_MS = 50;
/** a count may change a thousand times a second; people see it four times a second */
const COALESCE_MS = 250;
/** and each who watches makes it a little slower: to tell 5,000 four times a second took half of a processor */
const COALESCE_MS_A_WATCHER = 0.15;

type Listener = (message: LiveMessage) => void;
type Watcher = (events: EventRow[]) => void;
/** Where else an event is told: `report:12` also on `ward:…:reports`. */
export type AlsoTo = (event: EventRow) => string[];

export type Hub = ReturnType<typeof hubOf>;

/** Messages of these types carry a total; only the newest of a topic within a quarter second goes out. */
const coalesced = new Set(['report.supported', 'petition.signed']);

function topicsOf(event: EventRow, alsoTo: AlsoTo[]): string[] {
  const wider = alsoTo.flatMap((also) => also(event));
  if (event.audience === 'public') return [event.topic, ...wider];
  if (event.audience === 'person' && event.person) return [`me:${event.person}`];
  if (event.audience === 'staff') return wider;
  return [];
}

type Kept = { since: number; kept: LiveMessage[] };

/** Who listens to what in this process, and the last messages of each topic. */
function boardOf() {
  const listeners = new Map<string, Set<Listener>>();
  const recent = new LRUCache<string, Kept>({ max: TOPICS });
  const waiting = new Map<string, { message: LiveMessage; timer: NodeJS.Timeout }>();

  const send = (message: LiveMessage) => {
    const entry = recent.get(message.topic) ?? { since: message.seq - 1, kept: [] };
    entry.kept.push(message);
    if (entry.kept.length > KEEP) entry.since = entry.kept.shift()!.seq;
    recent.set(message.topic, entry);
    for (const listener of listeners.get(message.topic) ?? []) listener(message);
  };
  const flush = (key: string) => {
    const newest = waiting.get(key);
    if (!newest) return;
    waiting.delete(key);
    clearTimeout(newest.timer);
    send(newest.message);
  };

  return {
    post(message: LiveMessage): void {
      if (!coalesced.has(message.type)) {
        // a count that waits came first: who reconnects having heard the later number would never be told it
        for (const type of coalesced) flush(`${message.topic} ${type}`);
        return send(message);
      }
      const key = `${message.topic} ${message.type}`;
      const before = waiting.get(key);
      if (before) before.message = message;
      else {
        const crowd = listeners.get(message.topic)?.size ?? 0;
        const after = COALESCE_MS + crowd * COALESCE_MS_A_WATCHER;
        waiting.set(key, { message, timer: setTimeout(() => flush(key), after) });
      }
    },
    subscribe(topic: string, seen: number | null, listener: Listener) {
      const set = listeners.get(topic) ?? new Set();
      set.add(listener);
      listeners.set(topic, set);
      const entry = recent.get(topic);
      const missed =
        seen === null
          ? []
          : !entry || seen < entry.since
            ? null
            : entry.kept.filter((message) => message.seq > seen);
      const leave = () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(topic);
      };
      return { missed, leave };
    },
    sockets: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
    stop: () => {
      for (const { timer } of waiting.values()) clearTimeout(timer);
    },
  };
}

/** LISTEN needs a connection of its own; when it breaks, polling goes on and it is made anew. */
function earOf(databaseUrl: string, heard: () => void, onError: (error: Error) => void) {
  let listening: pg.Client | null = null;
  let stopped = false;
  async function listen(): Promise<void> {
    if (stopped) return;
    const client = new pg.Client({ connectionString: databaseUrl });
    client.on('error', onError);
    client.on('end', () => {
      if (!stopped) setTimeout(() => void listen().catch(onError), 2_000).unref();
    });
    client.on('notification', heard);
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    listening = client;
  }
  return {
    listen,
    async stop(): Promise<void> {
      stopped = true;
      await listening?.end();
    },
  };
}

/** Tells the other processes, at most 20 times a second: each time wakes every one of them. */
function mouthOf(db: Db, onError: (error: Error) => void) {
  let last = 0;
  let soon: NodeJS.Timeout | undefined;
  const notify = () => {
    last = Date.now();
    soon = undefined;
    db.$client.query(`notify ${CHANNEL}`).catch(onError);
  };
  return {
    tell: () => void (soon ??= setTimeout(notify, Math.max(0, last + NOTIFY_MS - Date.now()))),
    stop: () => clearTimeout(soon),
  };
}

/** Reads events one batch after another behind a cursor in memory; asked again while it reads, it reads on. */
function readerOf(db: Db, each: (events: EventRow[]) => void, onError: (error: Error) => void) {
  let cursor = { tx: '0', id: 0 };
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  /** Reads all there is; what another transaction still holds back is waited for, for a moment. */
  async function readOn(): Promise<void> {
    for (let tries = 0; tries < HELD_TRIES && !stopped;) {
      const { rows } = await db.$client.query<EventRow & { settled: boolean }>(EVENTS_AFTER, [
        cursor.tx,
        cursor.id,
        BATCH,
      ]);
      const { events, held } = settledOf(rows);
      const last = events.at(-1);
      if (last) {
        each(events);
        cursor = { tx: last.tx, id: last.id };
      }
      if (held) {
        tries += 1;
        await sleep(HELD_MS);
      } else if (rows.length < BATCH) return;
    }
  }
  return {
    /** Behind what has already happened: a page that was just rendered knows it. */
    async begin(): Promise<void> {
      const { rows } = await db.$client.query<{ tx: string }>(
        'select pg_snapshot_xmin(pg_current_snapshot())::text as tx',
      );
      cursor = { tx: rows[0]!.tx, id: 0 };
    },
    async wake(): Promise<void> {
      if (running) {
        again = true;
        return running;
      }
      running = (async () => {
        do {
          again = false;
          if (!stopped) await readOn().catch(onError);
        } while (again);
        // in the same breath as the last look at `again`, or somebody's call could be lost
        running = null;
      })();
      await running;
    },
    async stop(): Promise<void> {
      stopped = true;
      await running;
    },
  };
}

export function hubOf(db: Db, databaseUrl: string, onError: (error: Error) => void) {
  const watchers: Watcher[] = [];
  const alsoTo: AlsoTo[] = [];
  const board = boardOf();
  const reader = readerOf(
    db,
    (events) => {
      for (const watcher of watchers) watcher(events);
      for (const event of events)
        for (const topic of topicsOf(event, alsoTo))
          board.post({ topic, seq: event.id, type: event.type, data: event.data });
    },
    onError,
  );
  const ear = earOf(databaseUrl, () => void reader.wake(), onError);
  const mouth = mouthOf(db, onError);
  let timer: NodeJS.Timeout | undefined;

  return {
    async start(): Promise<void> {
      await reader.begin();
      await ear.listen();
      timer = setInterval(() => void reader.wake(), POLL_MS);
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      board.stop();
      mouth.stop();
      await reader.stop();
      await ear.stop();
    },
    /** After a commit: this process at once, the others by NOTIFY. */
    saved(): void {
      void reader.wake();
      mouth.tell();
    },
    /** Reads up to now; tests and the graceful stop wait for it. */
    wake: reader.wake,
    alsoTo: (also: AlsoTo) => void alsoTo.push(also),
    /** Every topic that an event is about, whoever may hear of it. */
    topicsFor: (event: EventRow): string[] => [event.topic, ...alsoTo.flatMap((also) => also(event))],
    /** Sees every event of every audience, in batches: in-memory indexes and the page cache live by it. */
    watch: (watcher: Watcher) => void watchers.push(watcher),
    /**
     * @param seen the last seq the browser saw, or null when it has just rendered the page
     * @returns what was missed; null when that is no longer known, and the page must fetch again
     */
    subscribe: (
      topic: string,
      seen: number | null,
      listener: Listener,
    ): { missed: LiveMessage[] | null; leave: () => void } => board.subscribe(topic, seen, listener),
    sockets: board.sockets,
  };
}
