/**
 * The port for those who run the service, never for the public: `/healthz` the process lives, `/readyz` it may be
 * sent visitors, `/metrics` for Prometheus.
 */
import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Gauge } from 'prom-client';
import type { House } from '../kit/house.ts';
import { readHealth } from './health.ts';

const READY_MS = 2_000;

function gauges(house: House) {
  const registers = [house.metrics.registry];
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `folkmoot_${name}`, help, labelNames, registers });
  const all = {
    mailQueued: gauge('mail_queued', 'Mails that wait'),
    mailOldest: gauge('mail_oldest_seconds', 'How long the oldest mail that could go has waited'),
    mailSending: gauge('mail_sending', 'Mails handed over and not yet known to have gone'),
    mailDoubt: gauge('mail_doubt', 'Mails of which nobody knows whether they went; a person decides'),
    mailFailed: gauge('mail_failed', 'Mails given up in the last two weeks'),
    lag: gauge('consumer_lag', 'Events that a reader has not read, counted up to 10,000', ['consumer']),
    failing: gauge('consumer_failing', '1 while a reader stumbles over its next event', ['consumer']),
    jobs: gauge('jobs', 'Jobs by state', ['job', 'state']),
    late: gauge('loop_late_seconds', 'How late the event loop comes round'),
    pool: gauge('pool_connections', 'Connections to the database, and who waits for one', ['state']),
    underWay: gauge('requests_under_way', 'Requests that are being answered'),
    watching: gauge('live_subscriptions', 'Topics watched over sockets'),
    slow: gauge('slow_statements', 'Kinds of statement slower than a tenth of a second on average'),
    cacheKept: gauge('page_cache_entries', 'Answers in the page cache'),
    cache: gauge('page_cache_answers', 'Answers since the start, from memory or made', ['how']),
  };
  return async () => {
    const it = await readHealth(house);
    all.mailQueued.set(it.mail.queued);
    all.mailOldest.set(it.mail.oldestSeconds ?? 0);
    all.mailSending.set(it.mail.sending);
    all.mailDoubt.set(it.mail.doubt);
    all.mailFailed.set(it.mail.failed);
    for (const { name, waiting, failing } of it.consumers) {
      all.lag.set({ consumer: name }, waiting);
      all.failing.set({ consumer: name }, failing === null ? 0 : 1);
    }
    for (const { name, waiting, active, failed } of it.jobs)
      for (const [state, value] of Object.entries({ waiting, active, failed }))
        all.jobs.set({ job: name, state }, value);
    all.late.set(it.loopLateMs / 1_000);
    for (const [state, value] of Object.entries(it.pool)) all.pool.set({ state }, value);
    all.underWay.set(it.requestsUnderWay);
    all.watching.set(it.watching);
    all.slow.set(it.slow?.length ?? 0);
    all.cacheKept.set(it.cache.kept);
    all.cache.set({ how: 'memory' }, it.cache.fromMemory);
    all.cache.set({ how: 'made' }, it.cache.made);
  };
}

async function isReady(house: House): Promise<boolean> {
  if (house.front?.edge.isClosing()) return false;
  const late = new Promise<boolean>((done) => setTimeout(() => done(false), READY_MS).unref());
  const asked = house.db.$client.query('select 1').then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]);
}

export type AdminServer = { port: number; close: () => Promise<void> };

/** Opens the port. @param port 0 takes any free one */
export async function openAdmin(house: House, port: number, host: string): Promise<AdminServer> {
  collectDefaultMetrics({ register: house.metrics.registry });
  const gather = gauges(house);
  const server: Server = createServer((request, response) => {
    const say = (status: number, text: string, type = 'text/plain; charset=utf-8') => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(text);
    };
    const answer = async () => {
      if (request.url === '/healthz') return say(200, 'ok\n');
      if (request.url === '/readyz')
        return (await isReady(house)) ? say(200, 'ready\n') : say(503, 'not ready\n');
      if (request.url !== '/metrics') return say(404, 'not here\n');
      await gather();
      return say(200, await house.metrics.registry.metrics(), house.metrics.registry.contentType);
    };
    answer().catch((error: unknown) => {
      house.log.error({ err: error }, 'admin port');
      if (!response.headersSent) say(500, 'broken\n');
    });
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, done);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
