/** Puts the front room in place: what is answered from memory, what makes it stale, and how it closes. */
import type { FastifyInstance } from 'fastify';
import { assetsIn } from './assets.ts';
import type { Edge } from './edge.ts';
import { oursOf } from './hosts.ts';
import { microcacheOf } from './microcache.ts';
import { CLIENT, rendering } from './site.ts';

/**
 * @param word by which a page knows that the micro-cache asks for it
 * @param site pages in development change while one writes them, so they are not shared
 */
export function openFront(
  app: FastifyInstance,
  edge: Edge,
  word: string,
  site: 'built' | 'dev' | 'none',
): void {
  const { house } = app;
  const cache = microcacheOf(rendering(app, word));
  house.hub.watch((events) => {
    cache.mark(events.flatMap(house.hub.topicsFor));
    house.kept.hear();
  });
  edge.open({
    assets: site === 'built' ? assetsIn(CLIENT) : null,
    cache,
    pages: site === 'built',
    ours: oursOf(house.publicUrl),
    poolWaiting: () => house.db.$client.waitingCount,
    metrics: house.metrics,
    onError: (error) => app.log.error({ err: error }, 'front'),
  });
  house.front = { cache, edge };
  app.addHook('preClose', async () => void edge.drained());
  app.addHook('onClose', async () => edge.stop());
}

/** A socket is opened at `/live` and nowhere else; left alone, an upgrade of another address would hang open. */
export function closeOtherUpgrades(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!request.ws || request.routeOptions.url === '/live') return;
    reply.hijack();
    request.raw.socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
}
