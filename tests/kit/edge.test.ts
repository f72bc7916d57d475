/** The door of the server under pressure: who comes when there is no room is told when to come again. */
import { request, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CROWD_INSIDE, edgeOf, MOST_AT_ONCE, MOST_FOR_POOL, MOST_LATE_MS } from '@folkmoot/api/kit/edge';
import { metricsOf } from '@folkmoot/api/kit/metrics';
import { microcacheOf } from '@folkmoot/api/kit/microcache';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

type Said = { status: number; retry: string | undefined; type: string | undefined; text: string };

/** A door with nothing behind it but a handler, and pressure that is what a test says. */
async function door(handler: RequestListener) {
  const pressure = { lateMs: 0, poolWaiting: 0 };
  const edge = edgeOf({ ms: () => pressure.lateMs, stop: () => undefined });
  const metrics = metricsOf();
  const page = { status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from('page') };
  // its time stands still: what many ask for stays hot, however slow this machine is
  const cache = microcacheOf(
    async () => page,
    () => 10_000,
  );
  edge.open({
    assets: null,
    cache,
    pages: true,
    ours: () => true,
    poolWaiting: () => pressure.poolWaiting,
    metrics,
    onError: () => undefined,
  });
  const server = edge.serverFactory(handler);
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open));
  const { port } = server.address() as AddressInfo;
  const ask = (path: string, method = 'GET'): Promise<Said> =>
    new Promise((done, failed) => {
      const asked = request({ port, path, method, agent: false }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += String(chunk)));
        response.on('end', () => {
          const { 'retry-after': retry, 'content-type': type } = response.headers;
          done({ status: response.statusCode ?? 0, retry, type, text });
        });
      });
      asked.on('error', failed);
      asked.end();
    });
  const shed = async () =>
    (await metrics.shed.get()).values.map(({ labels, value }) => [labels['why'], value]);
  const close = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return { edge, pressure, ask, shed, close };
}

describe('The door under pressure', () => {
  let close: () => Promise<unknown> = () => Promise.resolve();
  afterEach(() => close());
  const busy = { status: 503, retry: '2' };

  const words = async (it: Awaited<ReturnType<typeof door>>) => {
    expect(await it.ask('/petitions/1')).toMatchObject({ ...busy, type: 'text/html; charset=utf-8' });
    expect((await it.ask('/petitions/1')).text).toContain('Prysur am eiliad');
    const sign = await it.ask('/api/v1/petitions/1/sign', 'POST');
    expect(sign).toMatchObject({ ...busy, text: '{"code":"busy"}' });
  };

  it('asks to come again when too many wait for the database, in words for people and for programs', async () => {
    const it = await door((_request, response) => void response.end('made'));
    close = it.close;
    it.pressure.poolWaiting = MOST_FOR_POOL;
    await words(it);
    expect(await it.shed()).toEqual([['database', 3]]);
    it.pressure.poolWaiting = MOST_FOR_POOL - 1;
    expect(await it.ask('/api/v1/petitions/1/sign', 'POST')).toMatchObject({ status: 200, text: 'made' });
  });

  it('asks to come again when the event loop is late and a crowd is inside, but not a lone visitor', async () => {
    const inside: ServerResponse[] = [];
    const it = await door((_request, response) => void inside.push(response));
    close = it.close;
    it.pressure.lateMs = MOST_LATE_MS;
    const crowd = Array.from({ length: CROWD_INSIDE }, () => it.ask('/api/v1/x', 'POST'));
    while (inside.length < CROWD_INSIDE) await new Promise(setImmediate);
    await words(it);
    expect(await it.shed()).toEqual([['event_loop', 3]]);
    for (const response of inside) response.end('served');
    expect(new Set((await Promise.all(crowd)).map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('still gives what it has in memory: a page that everybody reads', async () => {
    const it = await door((_request, response) => void response.end('made'));
    close = it.close;
    for (let n = 0; n < 6; n++) expect((await it.ask('/petitions/1')).text).toBe('page');
    it.pressure.poolWaiting = MOST_FOR_POOL;
    expect(await it.ask('/petitions/1')).toMatchObject({ status: 200, text: 'page' });
    expect(await it.ask('/petitions/2')).toMatchObject(busy);
  });

  it('lets so many in at once and no more, and the next one as soon as somebody has left', async () => {
    const inside: ServerResponse[] = [];
    const it = await door((_request, response) => void inside.push(response));
    close = it.close;
    const first = Array.from({ length: MOST_AT_ONCE }, () => it.ask('/api/v1/x', 'POST'));
    while (inside.length < MOST_AT_ONCE) await new Promise(setImmediate);
    expect(await it.ask('/api/v1/x', 'POST')).toMatchObject(busy);
    expect(await it.shed()).toEqual([['requests', 1]]);
    for (const response of inside.splice(0)) response.end('served');
    expect(new Set((await Promise.all(first)).map(({ text }) => text))).toEqual(new Set(['served']));
    while (it.edge.underWay() > 0) await new Promise(setImmediate);
    const next = it.ask('/api/v1/x', 'POST');
    while (inside.length === 0) await new Promise(setImmediate);
    inside[0]!.end('served');
    expect((await next).status).toBe(200);
  });
});

describe('The whole server when its database is held', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it('says busy with when to come again, and serves as before once it is let go', async () => {
    const visitor = town.visitor();
    const pool = town.app.house.db.$client;
    const held = await Promise.all(Array.from({ length: pool.options.max ?? 20 }, () => pool.connect()));
    const waiting = Array.from({ length: MOST_FOR_POOL }, () => pool.query('select 1'));
    const refused = await visitor.fetch('/api/v1/organisations');
    expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([
      503,
      '2',
      '{"code":"busy"}',
    ]);
    for (const client of held) client.release();
    await Promise.all(waiting);
    expect((await visitor.fetch('/api/v1/organisations')).status).toBe(200);
  });
});
