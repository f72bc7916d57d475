/**
 * The first room of the server, before any framework: scripts from memory, hot pages from the micro-cache, and the
 * door that is closed for a moment when there is no room. What it does not answer goes on to Fastify. It also knows
 * every request under way, so that a graceful stop can wait for pages, too, and tell their connections to end.
 */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Assets } from './assets.ts';
import type { Metrics } from './metrics.ts';
import type { Microcache, Who } from './microcache.ts';

/** beyond so many at once everybody would wait too long */
export const MOST_AT_ONCE = 1_200;
/** more than this wait for a database connection */
export const MOST_FOR_POOL = 400;
/**
 * the event loop comes round this late, and so many are inside: a machine that only slept for a moment has room for
 * whoever comes next, and must not send a lone visitor away
 */
export const MOST_LATE_MS = 1_500;
export const CROWD_INSIDE = 16;
const SAMPLE_MS = 250;
const RETRY_SECONDS = 2;
/** names of our cookies begin so: a request with one is somebody's own */
const OUR_COOKIES = /(?:^|; *)(?:__Host-)?folkmoot/;
const SESSION = /(?:^|; *)(?:__Host-)?folkmoot=/;
/** what may be shared: pages and the public API; not sockets, files (they name their content) or downloads */
const NEVER_SHARED = /^\/(live|files\/|open311\/|_app\/)/;

const SORRY = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Busy for a moment · Prysur am eiliad</title><body style="font:20px/1.5 Verdana,Arial,sans-serif;margin:3rem auto;max-width:34rem;padding:0 1rem"><h1>Busy for a moment</h1><p>Very many people are here just now. Nothing is lost: try again in a few seconds.</p><h2 lang="cy">Prysur am eiliad</h2><p lang="cy">Mae llawer iawn o bobl yma ar hyn o bryd. Does dim wedi'i golli: rhowch gynnig arall arni ymhen ychydig eiliadau.</p></html>`;

export type Front = {
  assets: Assets | null;
  cache: Microcache;
  /** false: only the API's answers are shared */
  pages: boolean;
  /** whether this Host header is one of ours; another one is led to the right address, not served from memory */
  ours: (host: string | undefined) => boolean;
  /** how many wait for a database connection */
  poolWaiting: () => number;
  metrics: Metrics;
  onError: (error: unknown) => void;
};

/** @returns for whom an answer may be shared; null: it is this visitor's own */
function sharedBy({ method, url = '/', headers }: IncomingMessage, { ours, pages }: Front): Who | null {
  const api = url.startsWith('/api/');
  const may =
    method === 'GET' &&
    (pages || api) &&
    !NEVER_SHARED.test(url) &&
    headers.authorization === undefined &&
    headers.origin === undefined &&
    headers.range === undefined &&
    ours(headers.host);
  if (!may) return null;
  if (!headers.cookie || !OUR_COOKIES.test(headers.cookie)) return 'nobody';
  return !api && SESSION.test(headers.cookie) ? 'somebody' : null;
}

function refuse(request: IncomingMessage, response: ServerResponse, last: boolean): void {
  const json = request.url?.startsWith('/api/');
  response.writeHead(503, {
    'content-type': json ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
    'retry-after': String(RETRY_SECONDS),
    'cache-control': 'no-store',
    ...(last && { connection: 'close' }),
  });
  response.end(json ? '{"code":"busy"}' : SORRY);
}

/** How late the event loop comes round, in milliseconds, sampled four times a second. */
function lateness() {
  let late = 0;
  let due = performance.now() + SAMPLE_MS;
  const timer = setInterval(() => {
    late = Math.max(0, performance.now() - due);
    due = performance.now() + SAMPLE_MS;
  }, SAMPLE_MS);
  timer.unref();
  return { ms: () => late, stop: () => clearInterval(timer) };
}

export type Edge = ReturnType<typeof edgeOf>;

/** @param late how late the event loop comes round */
export function edgeOf(late: ReturnType<typeof lateness> = lateness()) {
  let front: Front | null = null;
  let closing = false;
  const underWay = new Set<ServerResponse>();
  const waiting: Array<() => void> = [];

  function whyBusy(): string | null {
    if (underWay.size >= MOST_AT_ONCE) return 'requests';
    if (front && front.poolWaiting() >= MOST_FOR_POOL) return 'database';
    return late.ms() >= MOST_LATE_MS && underWay.size >= CROWD_INSIDE ? 'event_loop' : null;
  }
  function follow(response: ServerResponse): void {
    underWay.add(response);
    response.once('close', () => {
      underWay.delete(response);
      if (underWay.size === 0) for (const done of waiting.splice(0)) done();
    });
  }

  return {
    /** Puts the front room in place; until then everything goes to the handler. */
    open: (it: Front) => void (front = it),
    serverFactory(handler: RequestListener): Server {
      const server = createServer((request, response) => {
        if (!front) return handler(request, response);
        // who comes after the end was announced is sent to another process, or told to come again
        if (closing) return refuse(request, response, true);
        const who = sharedBy(request, front);
        if (front.assets?.answer(request, response)) return;
        if (who && front.cache.answer(request, response, who)) return;
        const busy = whyBusy();
        if (busy) {
          front.metrics.shed.inc({ why: busy });
          return refuse(request, response, false);
        }
        follow(response);
        if (!who || !front.cache.shares(request)) return handler(request, response);
        front.cache.make(request, response).catch((error: unknown) => {
          front?.onError(error);
          if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
          response.end();
        });
      });
      server.keepAliveTimeout = 72_000;
      server.headersTimeout = 20_000;
      // a photo over a slow line takes its time
      server.requestTimeout = 300_000;
      return server;
    },
    /**
     * From now on nobody new is let in, and each answer ends its connection.
     * @returns when everybody who was in has their answer: pages still reach the API until then
     */
    async drained(): Promise<void> {
      closing = true;
      for (const response of underWay) if (!response.headersSent) response.setHeader('connection', 'close');
      if (underWay.size) await new Promise<void>((done) => waiting.push(done));
    },
    /** @returns how many requests are under way */
    underWay: () => underWay.size,
    isClosing: () => closing,
    lateMs: late.ms,
    stop: late.stop,
  };
}
