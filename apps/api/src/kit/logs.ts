/**
 * Logs: one line a request with its id, and what broke. No personal data: no addresses, no query strings, no tokens
 * of mailed links, no values of a failed query.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from './metrics.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ID = /^[\w.:-]{8,80}$/;

/** `/confirm/gq3…?x=1` → `/confirm/…`: a long word that is no id of a thing is a secret of somebody. */
export const pathForLog = (url: string): string =>
  (url.split('?')[0] ?? '')
    .split('/')
    .map((part) => (part.length >= 20 && !UUID.test(part) && !part.includes('.') ? '…' : part))
    .join('/');

type Broken = Error & {
  code?: string;
  query?: string;
  cause?: unknown;
  table?: string;
  constraint?: string;
  routine?: string;
};

export type LoggedError = { type: string; message: string; stack: string; [more: string]: unknown };

/** What a developer needs of an error, without the values that a person typed. */
export function errorForLog(error: Broken): LoggedError {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const database = error.query !== undefined || error.routine !== undefined;
  const { code, table, constraint, routine, query } = error;
  return {
    type: error.name,
    // the text of a database error quotes the values; its code and constraint say enough
    message: database ? 'database' : error.message,
    ...(code && { code }),
    ...(database && { table, constraint, routine, query }),
    stack: frames.slice(0, 12).join('\n'),
    ...(error.cause instanceof Error && { cause: errorForLog(error.cause as Broken) }),
  };
}

export const serializers = {
  req: (request: { id?: string; method?: string; url?: string }) => ({
    id: request.id,
    method: request.method,
    path: pathForLog(request.url ?? ''),
  }),
  err: (error: unknown): LoggedError =>
    errorForLog(error instanceof Error ? (error as Broken) : new Error('not an error')),
};

/** Whether an address is one of the trusted proxies (addresses or networks). */
export function trusts(proxies: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    const kind = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(address) === 0) continue;
    if (bits) list.addSubnet(address, Number(bits), kind);
    else list.addAddress(address, kind);
  }
  return (address) => address !== undefined && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Ids of requests: new ones, but for what a trusted proxy sends and for the calls that a page of ours makes while
 * its own request is under way, so that one click is one id in the log.
 */
export function requestIds(proxies: readonly string[]) {
  const underWay = new Map<string, number>();
  const trusted = trusts(proxies);
  return {
    genReqId(raw: IncomingMessage): string {
      const given = raw.headers['x-request-id'];
      if (
        typeof given === 'string' &&
        ID.test(given) &&
        (underWay.has(given) || trusted(raw.socket.remoteAddress))
      )
        return given;
      return randomUUID();
    },
    begin: (id: string) => void underWay.set(id, (underWay.get(id) ?? 0) + 1),
    end(id: string): void {
      const left = (underWay.get(id) ?? 1) - 1;
      if (left > 0) underWay.set(id, left);
      else underWay.delete(id);
    },
  };
}
export type RequestIds = ReturnType<typeof requestIds>;

const whatOf = (request: FastifyRequest): string =>
  request.routeOptions.config.contract ? 'api' : request.url.startsWith('/files/') ? 'file' : 'page';

/** One line a request, at its end; also for pages, which leave Fastify before they are answered. */
export function logRequests(
  app: FastifyInstance,
  ids: RequestIds,
  metrics: Metrics,
  log: FastifyBaseLogger,
): void {
  app.addHook('onRequest', async (request, reply) => {
    const began = performance.now();
    const { id } = request;
    ids.begin(id);
    void reply.header('x-request-id', id);
    reply.raw.once('close', () => {
      ids.end(id);
      const seconds = (performance.now() - began) / 1_000;
      const status = reply.raw.statusCode;
      metrics.requests.observe({ what: whatOf(request), status: `${Math.floor(status / 100)}xx` }, seconds);
      log.info(
        {
          request: id,
          method: request.method,
          path: pathForLog(request.url),
          status,
          ms: Math.round(seconds * 1_000),
        },
        'request',
      );
    });
  });
}
