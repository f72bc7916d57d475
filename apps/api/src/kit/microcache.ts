/**
 * The micro-cache: what many ask for at once is made once and shared for a second. It stands in front of everything,
 * knows visitors without a session and without a draft only, and shares an answer only while it is *hot* (asked for
 * five times within two seconds): whoever is alone with a page always gets a fresh one, and a surge costs one page
 * a second. Answers are made from a request stripped of all that could say who asks.
 *
 * Who sends a session gets a page of their own, but for a rush: a page that says so is then made once for *somebody*
 * signed in, as stripped of who that is, and asks for what is theirs when it is awake.
 *
 * Pages say what they depend on by these headers, taken off before anything is sent:
 * `x-folkmoot-vary-query: page,state` the query names that change the page (others are dropped from the address),
 * `x-folkmoot-topics: reports,report:12` the topics whose events make it stale,
 * `x-folkmoot-rush: 1` in a rush it may be shared by all who are signed in.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';

const FRESH_MS = 1_000;
/** a stale answer is still given this long while a new one is made: with what it was read from, two seconds at most */
const STALE_MS = 1_500;
/** events make a hot page stale at most so often */
const FORCED_MS = 250;
const HOT = 5;
/** so many signed in within two seconds are a rush */
const RUSH = 40;
const BYTES = 96 * 1024 * 1024;
const LARGEST = 2 * 1024 * 1024;
/** a longer address is nobody's link: it is answered, and nothing of it stays */
const LONGEST_URL = 1_000;
/** so many addresses are counted in a second */
export const MOST_WARMING = 50_000;
const KEPT_STATUS = new Set([200, 404]);
const PRESSABLE = /^(text\/|application\/(json|xml|rss|atom|geo\+json|javascript|manifest))|svg/;
const OWN = new Set([
  'x-folkmoot-vary-query',
  'x-folkmoot-topics',
  'x-folkmoot-rush',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'date',
  'content-length',
  'etag',
  'vary',
  'cache-control',
]);

export type Rendered = {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  body: Buffer;
};
/** For whom an answer is made: for everybody without a session, or for anybody with one. */
export type Who = 'nobody' | 'somebody';
/** Makes an answer to `url` for nobody in particular, or for somebody without saying who. */
export type Render = (url: string, request: IncomingMessage, who: Who) => Promise<Rendered>;

type Form = { headers: string[]; body: Buffer };
type Entry = {
  status: number;
  etag: string;
  base: string[];
  /** the headers of "you have it already": what says how it may be kept is the same as with the whole answer */
  unchanged: string[];
  plain: Form;
  gzip: Form | null;
  br: Form | null;
  pressable: boolean;
  madeAt: number;
  /** number of the last event known when it was begun */
  begunAfter: number;
  /** null: depends on anything */
  topics: string[] | null;
  keep: boolean;
};

const listed = (value: Rendered['headers'][string]): string[] | null =>
  value === undefined
    ? null
    : String(value)
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean);

/** Whether the answer is the same for everybody who sends no cookie of ours. */
function mayKeep({ status, headers, body }: Rendered): boolean {
  const control = String(headers['cache-control'] ?? '');
  return (
    KEPT_STATUS.has(status) &&
    headers['set-cookie'] === undefined &&
    !/no-store|private/.test(control) &&
    body.length <= LARGEST
  );
}

function entryOf(rendered: Rendered, begunAfter: number, madeAt: number, who: Who): Entry {
  const { status, headers, body } = rendered;
  const keep = mayKeep(rendered);
  const etag = `W/"${createHash('sha1').update(body).digest('base64url')}"`;
  const base: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (OWN.has(name) || value === undefined) continue;
    for (const one of [value].flat()) base.push(name, String(one));
  }
  const usual = who === 'nobody' ? 'no-cache' : 'private, no-cache';
  const control = headers['cache-control'] ?? (keep ? usual : undefined);
  const unchanged = [
    ...(keep ? ['vary', 'accept-encoding, cookie', 'etag', etag] : []),
    ...(control === undefined ? [] : ['cache-control', String(control)]),
  ];
  base.push(...unchanged);
  return {
    status,
    etag,
    base,
    unchanged,
    plain: { headers: [...base, 'content-length', String(body.length)], body },
    gzip: null,
    br: null,
    pressable:
      body.length > 600 &&
      PRESSABLE.test(String(headers['content-type'] ?? '')) &&
      !headers['content-encoding'],
    madeAt,
    begunAfter,
    topics: listed(headers['x-folkmoot-topics']),
    keep,
  };
}

/** Pressed the first time that somebody asks for it; then kept beside the plain one. */
function formFor(entry: Entry, accepts: string): Form {
  if (!entry.pressable) return entry.plain;
  const { plain, base } = entry;
  const form = (encoding: string, body: Buffer): Form => ({
    body,
    headers: [...base, 'content-encoding', encoding, 'content-length', String(body.length)],
  });
  if (accepts.includes('br'))
    return (entry.br ??= form(
      'br',
      brotliCompressSync(plain.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
    ));
  if (accepts.includes('gzip')) return (entry.gzip ??= form('gzip', gzipSync(plain.body, { level: 1 })));
  return plain;
}

function answerWith(entry: Entry, request: IncomingMessage, response: ServerResponse): void {
  if (response.destroyed) return;
  if (entry.keep && entry.status === 200 && request.headers['if-none-match'] === entry.etag) {
    response.writeHead(304, entry.unchanged);
    response.end();
    return;
  }
  const form = formFor(entry, request.headers['accept-encoding'] ?? '');
  response.writeHead(entry.status, form.headers);
  response.end(form.body);
}

/** How often a key was asked for in this second and the one before; who comes by so many addresses is no crowd. */
function heat(now: () => number, most: number) {
  let second = 0;
  let current = new Map<string, number>();
  let before = new Map<string, number>();
  return (key: string): boolean => {
    const at = Math.floor(now() / 1_000);
    if (at !== second) {
      before = at === second + 1 ? current : new Map();
      current = new Map();
      second = at;
    }
    const count = (current.get(key) ?? 0) + 1;
    if (count > 1 || current.size < MOST_WARMING) current.set(key, count);
    return count + (before.get(key) ?? 0) >= most;
  };
}

/** Which of the query names a page declared; the rest of an address says nothing. */
function addressing() {
  const declared = new LRUCache<string, readonly string[]>({ max: 20_000 });
  return {
    learn: (path: string, names: readonly string[]) => void declared.set(path, names),
    /** @returns the address as the page understands it */
    of(url: string): { url: string; path: string } {
      const at = url.indexOf('?');
      if (at < 0) return { url, path: url };
      const path = url.slice(0, at);
      const names = declared.get(path);
      if (!names) return { url, path };
      const kept = [...new URLSearchParams(url.slice(at + 1))].filter(([name]) => names.includes(name));
      const query = new URLSearchParams(kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
      return { url: query.size ? `${path}?${query}` : path, path };
    },
  };
}

/** Which events came when, so that an answer begun before one is known to be stale. */
function happenings() {
  const last = new LRUCache<string, number>({ max: 50_000 });
  let newest = 0;
  return {
    newest: () => newest,
    mark(topics: readonly string[]): void {
      newest += 1;
      for (const topic of topics) last.set(topic, newest);
    },
    since: (entry: Entry): boolean =>
      entry.topics === null
        ? newest > entry.begunAfter
        : entry.topics.some((topic) => (last.get(topic) ?? 0) > entry.begunAfter),
  };
}

export type CacheCounts = { hit: number; stale: number; miss: number; cold: number; entries: number };
export type Microcache = ReturnType<typeof microcacheOf>;
type Asked = { key: string; url: string; path: string; who: Who; request: IncomingMessage };

/** Makes answers and keeps those that may be kept. */
function kitchen(render: Render, now: () => number) {
  const entries = new LRUCache<string, Entry>({
    maxSize: BYTES,
    sizeCalculation: ({ plain }, key) => Math.ceil(plain.body.length * 1.6) + 2 * key.length + 2_000,
  });
  const making = new Map<string, Promise<Entry>>();
  const addresses = addressing();
  const happened = happenings();
  const inRush = new LRUCache<string, true>({ max: 20_000 });

  async function make({ key, url, path, who, request }: Asked): Promise<Entry> {
    const begunAfter = happened.newest();
    const rendered = await render(url, request, who);
    const entry = entryOf(rendered, begunAfter, now(), who);
    if (url.length > LONGEST_URL) return entry;
    if (rendered.headers['x-folkmoot-rush']) inRush.set(path, true);
    else inRush.delete(path);
    const names = listed(rendered.headers['x-folkmoot-vary-query']);
    if (names) addresses.learn(path, names);
    // a page that was made with names it does not declare may show them: it is given once and not kept
    const understood =
      addresses.of(url).url === url && (names !== null || url === path || path.startsWith('/api/'));
    if (entry.keep && understood) entries.set(key, entry);
    else entries.delete(key);
    return entry;
  }
  return {
    entries,
    addresses,
    happened,
    make,
    /** whether the page said that it may be shared by all who are signed in */
    inRush: (path: string): boolean => inRush.has(path),
    underWay: (key: string) => making.get(key),
    /** One at a time a key; whoever comes meanwhile shares it. */
    together(asked: Asked): Promise<Entry> {
      const { key } = asked;
      const under = making.get(key) ?? make(asked).finally(() => making.delete(key));
      making.set(key, under);
      return under;
    },
  };
}

export function microcacheOf(render: Render, now: () => number = () => performance.now()) {
  const { entries, addresses, happened, make, inRush, underWay, together } = kitchen(render, now);
  const forced = new LRUCache<string, number>({ max: 20_000 });
  const counts = { hit: 0, stale: 0, miss: 0, cold: 0 };
  const isHot = heat(now, HOT);
  const isRush = heat(now, RUSH);
  const missing = new WeakMap<IncomingMessage, Asked & { hot: boolean }>();

  /** A hot answer that may be given now, or null. */
  function ready(asked: Asked): Entry | null {
    const entry = entries.get(asked.key);
    if (!entry) return null;
    const at = now();
    const age = at - entry.madeAt;
    const told = happened.since(entry);
    if (age < FRESH_MS && !told) {
      counts.hit += 1;
      return entry;
    }
    if (age >= STALE_MS) return null;
    if (told && at - (forced.get(asked.key) ?? -FORCED_MS) >= FORCED_MS) {
      forced.set(asked.key, at);
      return null;
    }
    counts.stale += 1;
    together(asked).catch(() => undefined);
    return entry;
  }
  function askedBy(request: IncomingMessage, who: Who = 'nobody'): Asked {
    const { url = '/', headers } = request;
    const it = url.length > LONGEST_URL ? { url, path: url } : addresses.of(url);
    return { key: `${who} ${headers.host ?? ''} ${it.url}`, url: it.url, path: it.path, who, request };
  }

  return {
    /** Answers at once from memory where it can. The caller has made sure that the request may be shared. */
    answer(request: IncomingMessage, response: ServerResponse, who: Who = 'nobody'): boolean {
      const asked = askedBy(request, who);
      if (who === 'somebody' && !(inRush(asked.path) && isRush(asked.key))) return false;
      const hot = who === 'somebody' || (asked.url.length <= LONGEST_URL && isHot(asked.key));
      const entry = hot ? ready(asked) : null;
      if (entry) answerWith(entry, request, response);
      else missing.set(request, { ...asked, hot });
      return entry !== null;
    },
    /** Whether `make` may answer what `answer` could not: who is signed in and in no rush gets a page of their own. */
    shares: (request: IncomingMessage): boolean => missing.has(request),
    /** Makes what `answer` could not give, and answers with it. */
    async make(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const asked = missing.get(request) ?? { ...askedBy(request), hot: false };
      counts[asked.hot ? 'miss' : 'cold'] += 1;
      const under = asked.hot ? underWay(asked.key) : undefined;
      let entry = await (under ?? (asked.hot ? together(asked) : make(asked)));
      // an answer for one person is for one person: whoever waited beside them gets their own
      if (under && !entry.keep) entry = await make(asked);
      // what was begun before an event does not know of it
      else if (under && happened.since(entry)) entry = await together(asked);
      answerWith(entry, request, response);
    },
    /** Events on these topics make what depends on them stale. */
    mark: (topics: readonly string[]) => happened.mark(topics),
    counts: (): CacheCounts => ({ ...counts, entries: entries.size }),
  };
}
