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

const WEB = fileURLToPath(new URL('../../../web/', import.meta.url));
const OURS = /^\/(api\/|live$|live\?|files\/|open311\/)/;
/** private headers: overwritten on every request, so no visitor can set them */
const PROTOCOL = 'x-folkmoot-protocol';
const ADDRESS = 'x-folkmoot-address';

type WithHouse = IncomingMessage & { folkmoot?: { app: FastifyInstance; id: string } };
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

/** Hands a request to the site. The last hook of onRequest, so that ids, logs, limits and headers are there. */
export function mountSite(app: FastifyInstance, site: SiteHandler): void {
  app.addHook('onRequest', async (request, reply) => {
    if (OURS.test(request.url)) return;
    const { raw } = request;
    const ours = new URL(app.house.publicUrl());
    raw.headers[PROTOCOL] = ours.protocol.slice(0, -1);
    raw.headers[ADDRESS] = request.ip;
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    reply.hijack();
    // pages reach the API in process through this request, not through a global
    Object.assign(raw, { folkmoot: { app, id: request.id } });
    site(raw, reply.raw, (error) => {
      if (error) request.log.error({ err: error }, 'site');
      if (!reply.raw.headersSent)
        reply.raw.writeHead(error ? 500 : 404, { 'content-type': 'text/plain; charset=utf-8' });
      reply.raw.end();
    });
  });
}
