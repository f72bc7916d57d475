/**
 * The site: everything that is not the API is answered by the built SvelteKit pages, before any body is parsed, in
 * the same process. In development the same place runs Vite.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { freePort } from '@folkmoot/db/embedded';
import type { FastifyInstance } from 'fastify';
import { randomToken } from './secrets.ts';
import { Refused } from './errors.ts';
import { isLoopback } from './hosts.ts';
import type { Render } from './microcache.ts';

export const CLIENT = fileURLToPath(new URL('../../../web/build/client', import.meta.url));
const WEB = fileURLToPath(new URL('../../../web/', import.meta.url));
/** the second line: petitions for the tools that know petition.parliament.uk; the third: what other sites show of them */
const OURS = new RegExp(
  [
    '^/(api/|live$|live\\?|files/|open311/|embed/|open-data/',
    '|petitions(/\\d+|/\\d+/count)?\\.(json|csv)($|\\?)',
    '|(cy/)?petitions/\\d+/(image\\.png|embed)($|\\?))',
  ].join(''),
);
/** private headers: overwritten on every request, so no visitor can set them */
const PROTOCOL = 'x-folkmoot-protocol';
const ADDRESS = 'x-folkmoot-address';
/** marks a page that the micro-cache asks for; a word that nobody outside knows */
const SHARED = 'x-folkmoot-shared';
/** the same word: the page is for somebody signed in, in a rush, whoever it is */
const RUSH = 'x-folkmoot-rush';

type WithHouse = IncomingMessage & { folkmoot?: { app: FastifyInstance; id: string; rush: boolean } };
type Next = (error?: unknown) => void;
export type SiteHandler = (request: IncomingMessage, response: ServerResponse, next: Next) => void;

/** Loads the built site. adapter-node reads its settings when imported, so they are set before. */
export async function builtSite(): Promise<SiteHandler> {
  const entry = `${WEB}build/handler.js`;
  if (!existsSync(entry)) throw new Error('The site is not built. Run: npx -y pnpm@12 build');
  process.env['PROTOCOL_HEADER'] = PROTOCOL;
  process.env['ADDRESS_HEADER'] = ADDRESS;
  const { handler } = (await import(entry)) as { handler: SiteHandler };
  return handler;
}

/** Vite in middleware mode: pages change while you write them. */
export async function devSite(): Promise<SiteHandler> {
  const { createRequire } = await import('node:module');
  const vite = (await import(createRequire(`${WEB}package.json`).resolve('vite'))) as {
    createServer: (options: object) => Promise<{ middlewares: SiteHandler }>;
  };
  const server = await vite.createServer({
    root: WEB,
    server: { middlewareMode: true, hmr: { port: await freePort() } },
  });
  // Vite hands pages no request; the same words wait for them here, in development only
  const waiting = new AsyncLocalStorage();
  Object.assign(globalThis, { [Symbol.for('folkmoot.dev')]: waiting });
  return (request, response, next) =>
    waiting.run((request as WithHouse).folkmoot, () => server.middlewares(request, response, next));
}

/** What a page says to the micro-cache is not for browsers. */
function keepToOurselves(response: ServerResponse): void {
  const set = response.setHeader.bind(response);
  response.setHeader = (name, value) =>
    name.toLowerCase().startsWith('x-folkmoot-') ? response : set(name, value);
}

/** Somebody who came by another name (an old domain, an address) is led to the one that pages and cookies know. */
function elsewhere(app: FastifyInstance, host: string): string | null {
  const ours = app.house.publicUrl();
  const { host: mine } = new URL(ours);
  return host === mine || (isLoopback(mine) && isLoopback(host)) ? null : ours;
}

/** Makes pages for the micro-cache: asked for in process, by nobody in particular. */
export function rendering(app: FastifyInstance, word: string): Render {
  return async (url, request, who) => {
    const { host, 'x-forwarded-for': forwardedFor, 'x-forwarded-proto': forwardedProto } = request.headers;
    const api = url.startsWith('/api/');
    const answer = await app.inject({
      method: 'GET',
      url,
      remoteAddress: request.socket.remoteAddress ?? '127.0.0.1',
      headers: {
        host: host ?? '',
        accept: api ? 'application/json' : 'text/html',
        [SHARED]: word,
        ...(who === 'somebody' && { [RUSH]: word }),
        ...(forwardedFor && { 'x-forwarded-for': forwardedFor }),
        ...(forwardedProto && { 'x-forwarded-proto': forwardedProto }),
      },
    });
    return { status: answer.statusCode, headers: answer.headers, body: answer.rawPayload };
  };
}

/** Hands a request to the site. The last hook of onRequest, so that ids, logs, limits and headers are there. */
export function mountSite(app: FastifyInstance, site: SiteHandler, word = randomToken()): void {
  app.addHook('onRequest', async (request, reply) => {
    if (OURS.test(request.url)) return;
    const { raw } = request;
    if (!request.url.startsWith('/')) throw new Refused('not_understood', 400);
    const there = elsewhere(app, request.host);
    if (there !== null) {
      if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refused('other_host', 421);
      return reply.redirect(there + request.url, 308);
    }
    const ours = new URL(app.house.publicUrl());
    raw.headers[PROTOCOL] = ours.protocol.slice(0, -1);
    raw.headers[ADDRESS] = request.ip;
    if (raw.headers[SHARED] !== word) keepToOurselves(reply.raw);
    const rush = raw.headers[RUSH] === word;
    delete raw.headers[SHARED];
    delete raw.headers[RUSH];
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.hijack();
    // pages reach the API in process through this request, not through a global
    Object.assign(raw, { folkmoot: { app, id: request.id, rush } });
    site(raw, reply.raw, (error) => {
      if (error) request.log.error({ err: error }, 'site');
      if (!reply.raw.headersSent)
        reply.raw.writeHead(error ? 500 : 404, { 'content-type': 'text/plain; charset=utf-8' });
      reply.raw.end();
    });
  });
}
