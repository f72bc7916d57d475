/**
 * One websocket to `/live` for the whole page, shared by everything on it that is live. Topics are asked for
 * with the last number seen; after a break the server sends what was missed, or says `resync` and the page
 * fetches again. Opens with the first topic, closes with the last. Knows no framework, so that it can be tested.
 */
export type LiveEvent = { topic: string; seq: number; type: string; data: unknown };
export type LiveStatus = 'off' | 'connecting' | 'live' | 'paused' | 'lost';
type Listener = { event: (event: LiveEvent) => void; resync: (topic: string) => void };

export type SocketOptions = {
  open: () => WebSocket;
  /** Between 0 and 1; spreads the people who all lost the line in the same second. */
  random?: () => number;
  after?: (ms: number, run: () => void) => () => void;
  /** Told each time the line comes up or goes down. */
  status?: (status: LiveStatus) => void;
};

const SLOWEST = 30_000;
/** While paused we hold this many events; beyond them it is cheaper to fetch again. */
const HELD = 200;
/** After the last listener left the line stays open this long: the next page wants it at once. */
const LINGER = 5_000;

const later = (ms: number, run: () => void) => {
  const id = setTimeout(run, ms);
  return () => clearTimeout(id);
};

export class LiveSocket {
  private readonly options: SocketOptions;
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly last = new Map<string, number | null>();
  private socket: WebSocket | undefined;
  private tries = 0;
  private cancel: (() => void) | undefined;
  private held: LiveEvent[] | undefined;
  private stay: (() => void) | undefined;

  constructor(options: SocketOptions) {
    this.options = options;
  }

  /**
   * Listens to topics from the number last seen (`null`: from now on). Returns the way to stop.
   */
  subscribe(topics: Record<string, number | null>, listener: Listener): () => void {
    this.stay?.();
    this.stay = undefined;
    const fresh: Record<string, number | null> = {};
    for (const [topic, seq] of Object.entries(topics)) {
      const known = this.listeners.get(topic);
      if (known) {
        known.add(listener);
        // What this one has not seen went by while only others listened: let it fetch.
        const heard = this.last.get(topic) ?? null;
        if (seq !== null && heard !== null && seq < heard) queueMicrotask(() => listener.resync(topic));
      } else {
        this.listeners.set(topic, new Set([listener]));
        this.last.set(topic, seq);
        fresh[topic] = seq;
      }
    }
    if (!this.socket && !this.cancel) this.connect();
    else if (Object.keys(fresh).length > 0) this.send({ subscribe: fresh });
    return () => this.leave(Object.keys(topics), listener);
  }

  /** Holds back what arrives, until `resume`. */
  pause(): void {
    this.held ??= [];
    this.options.status?.('paused');
  }

  resume(): void {
    const held = this.held;
    this.held = undefined;
    this.options.status?.(this.isOpen() ? 'live' : 'lost');
    if (!held) return;
    if (held.length > HELD) for (const topic of new Set(held.map((event) => event.topic))) this.resync(topic);
    else for (const event of held) this.deliver(event);
  }

  /** The device has a network again, or the page came back from the cache: do not wait for the timer. */
  wake(): void {
    if (this.listeners.size === 0 || this.socket) return;
    this.tries = 0;
    this.connect();
  }

  /** Hangs up and keeps the topics; `wake` picks up again. A page with an open line cannot be kept for Back. */
  sleep(): void {
    this.cancel?.();
    this.cancel = undefined;
    const socket = this.socket;
    this.socket = undefined;
    socket?.close(1000);
  }

  private leave(topics: string[], listener: Listener): void {
    const gone: string[] = [];
    for (const topic of topics) {
      const known = this.listeners.get(topic);
      if (!known?.delete(listener) || known.size > 0) continue;
      this.listeners.delete(topic);
      this.last.delete(topic);
      gone.push(topic);
    }
    if (gone.length > 0) this.send({ unsubscribe: gone });
    if (this.listeners.size > 0) return;
    this.stay?.();
    this.stay = (this.options.after ?? later)(LINGER, () => {
      if (this.listeners.size > 0) return;
      this.sleep();
      this.options.status?.('off');
    });
  }

  private isOpen(): boolean {
    return this.socket?.readyState === 1;
  }

  private send(message: unknown): void {
    if (this.isOpen()) this.socket!.send(JSON.stringify(message));
  }

  private connect(): void {
    this.cancel?.();
    this.cancel = undefined;
    if (!this.held && this.tries === 0) this.options.status?.('connecting');
    const socket = this.options.open();
    this.socket = socket;
    socket.onopen = () => {
      this.tries = 0;
      socket.send(JSON.stringify({ subscribe: Object.fromEntries(this.last) }));
      if (!this.held) this.options.status?.('live');
    };
    socket.onmessage = (message) => this.hear(String(message.data));
    socket.onclose = () => {
      // A line that was hung up, or already replaced, is not lost.
      if (this.socket !== socket) return;
      this.socket = undefined;
      if (this.listeners.size === 0) return;
      if (!this.held) this.options.status?.('lost');
      this.retry();
    };
  }

  /** Full jitter: somewhere between half a second and twice as long as the time before, at most 30 s. */
  private retry(): void {
    const ceiling = Math.min(SLOWEST, 1000 * 2 ** this.tries);
    this.tries += 1;
    const wait = 500 + (this.options.random ?? Math.random)() * ceiling;
    this.cancel = (this.options.after ?? later)(wait, () => this.connect());
  }

  private hear(text: string): void {
    let message: Partial<LiveEvent> & { resync?: boolean };
    try {
      message = JSON.parse(text) as typeof message;
    } catch {
      return;
    }
    const { topic } = message;
    if (typeof topic !== 'string' || !this.listeners.has(topic)) return;
    if (message.resync) {
      this.last.set(topic, typeof message.seq === 'number' ? message.seq : null);
      this.resync(topic);
      return;
    }
    if (typeof message.seq !== 'number' || typeof message.type !== 'string') return;
    this.last.set(topic, Math.max(this.last.get(topic) ?? 0, message.seq));
    const event = { topic, seq: message.seq, type: message.type, data: message.data };
    if (!this.held) this.deliver(event);
    else if (this.held.length <= HELD) this.held.push(event);
  }

  private deliver(event: LiveEvent): void {
    for (const listener of [...(this.listeners.get(event.topic) ?? [])]) listener.event(event);
  }

  private resync(topic: string): void {
    for (const listener of [...(this.listeners.get(topic) ?? [])]) listener.resync(topic);
  }
}
