/**
 * The hub: reads what happened by a cursor of its own and hands it to the sockets of this process. Ids are given
 * out before commit, so a cursor over ids would lose events; rows are read in the order (tx, id) and only below the
 * oldest transaction that still runs. NOTIFY is just a wake-up: losing one costs a second.
 */
import { LRUCache } from 'lru-cache';
import type { LiveMessage } from '@folkmoot/core/live/plain';
import type { Db } from '@folkmoot/db/client';
import pg from 'pg';
import { EVENTS_AFTER, type EventRow } from '../kit/events.ts';

export type { EventRow };

const CHANNEL = 'folkmoot_events';
const KEEP = 20;
const TOPICS = 10_000;
const BATCH = 500;
const POLL_MS = 1_000;
const NOTIFY_MS = 50;
/** a count may change a thousand times a second; people see it four times a second */
const COALESCE_MS = 250;

type Listener = (message: LiveMessage) => void;
type Watcher = (events: EventRow[]) => void;
/** Where else an event is told: `report:12` also on `ward:…:reports`. */
export type AlsoTo = (event: EventRow) => string[];

export type Hub = ReturnType<typeof hubOf>;

/** Messages of these types carry a total; only the newest of a topic within a quarter second goes out. */
const coalesced = new Set(['report.supported']);

function topicsOf(event: EventRow, alsoTo: AlsoTo[]): string[] {
  const wider = alsoTo.flatMap((also) => also(event));
  if (event.audience === 'public') return [event.topic, ...wider];
  if (event.audience === 'person' && event.person) return [`me:${event.person}`];
  if (event.audience === 'staff') return wider;
  return [];
}

export function hubOf(db: Db, databaseUrl: string, onError: (error: Error) => void) {
  const listeners = new Map<string, Set<Listener>>();
  const recent = new LRUCache<string, { since: number; kept: LiveMessage[] }>({ max: TOPICS });
  const waiting = new Map<string, LiveMessage>();
  const watchers: Watcher[] = [];
  const alsoTo: AlsoTo[] = [];
  let cursor = { tx: '0', id: 0 };
  let listening: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let flushing: NodeJS.Timeout | undefined;
  let lastNotify = 0;
  let notifySoon: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const send = (message: LiveMessage) => {
    const entry = recent.get(message.topic) ?? { since: message.seq - 1, kept: [] };
    entry.kept.push(message);
    if (entry.kept.length > KEEP) entry.since = entry.kept.shift()!.seq;
    recent.set(message.topic, entry);
    for (const listener of listeners.get(message.topic) ?? []) listener(message);
  };
  const flush = () => {
    flushing = undefined;
    for (const message of waiting.values()) send(message);
    waiting.clear();
  };
  const publish = (event: EventRow) => {
    for (const topic of topicsOf(event, alsoTo)) {
      const message = { topic, seq: event.id, type: event.type, data: event.data };
      if (!coalesced.has(event.type)) send(message);
      else {
        waiting.set(`${topic} ${event.type}`, message);
        flushing ??= setTimeout(flush, COALESCE_MS);
      }
    }
  };

  async function readOn(): Promise<void> {
    for (;;) {
      const { rows } = await db.$client.query<EventRow>(EVENTS_AFTER, [cursor.tx, cursor.id, BATCH]);
      if (rows.length === 0) return;
      for (const watcher of watchers) watcher(rows);
      for (const row of rows) publish(row);
      const last = rows.at(-1)!;
      cursor = { tx: last.tx, id: last.id };
      if (rows.length < BATCH) return;
    }
  }

  async function wake(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        if (!stopped) await readOn().catch(onError);
      } while (again);
    })();
    await running;
    running = null;
  }

  /** LISTEN needs a connection of its own; when it breaks, polling goes on and it is made anew. */
  async function listen(): Promise<void> {
    if (stopped) return;
    const client = new pg.Client({ connectionString: databaseUrl });
    client.on('error', onError);
    client.on('end', () => {
      if (!stopped) setTimeout(() => void listen().catch(onError), 2_000).unref();
    });
    client.on('notification', () => void wake());
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    listening = client;
  }

  const notify = () => {
    lastNotify = Date.now();
    notifySoon = undefined;
    if (!stopped) db.$client.query(`notify ${CHANNEL}`).catch(onError);
  };

  return {
    /** Starts behind what has already happened: a page that was just rendered knows it. */
    async start(): Promise<void> {
      const { rows } = await db.$client.query<{ tx: string }>(
        'select pg_snapshot_xmin(pg_current_snapshot())::text as tx',
      );
      cursor = { tx: rows[0]!.tx, id: 0 };
      await listen();
      timer = setInterval(() => void wake(), POLL_MS);
    },
    async stop(): Promise<void> {
      stopped = true;
      clearInterval(timer);
      clearTimeout(flushing);
      clearTimeout(notifySoon);
      await running;
      await listening?.end();
    },
    /** After a commit: this process at once, the others by NOTIFY, at most 20 times a second. */
    saved(): void {
      void wake();
      if (notifySoon) return;
      notifySoon = setTimeout(notify, Math.max(0, lastNotify + NOTIFY_MS - Date.now()));
    },
    /** Reads up to now; tests and the graceful stop wait for it. */
    wake,
    alsoTo: (also: AlsoTo) => void alsoTo.push(also),
    /** Sees every event of every audience, in batches: in-memory indexes and the page cache live by it. */
    watch: (watcher: Watcher) => void watchers.push(watcher),
    /**
     * @param seen the last seq the browser saw, or null when it has just rendered the page
     * @returns what was missed; null when that is no longer known, and the page must fetch again
     */
    subscribe(
      topic: string,
      seen: number | null,
      listener: Listener,
    ): { missed: LiveMessage[] | null; leave: () => void } {
      const set = listeners.get(topic) ?? new Set();
      set.add(listener);
      listeners.set(topic, set);
      const entry = recent.get(topic);
      const missed =
        seen === null || !entry
          ? []
          : seen < entry.since
            ? null
            : entry.kept.filter((message) => message.seq > seen);
      const leave = () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(topic);
      };
      return { missed: seen !== null && !entry ? null : missed, leave };
    },
    sockets: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
  };
}
