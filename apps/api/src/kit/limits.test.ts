import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { answerErrors } from './errors.ts';
import { guardRequests, REQUESTS_A_MINUTE } from './limits.ts';

describe('Requests of one address', () => {
  it('are so many in a minute and no more, and those of its neighbours are not counted with them', async () => {
    const clock = { now: 90_000 };
    const app = Fastify();
    answerErrors(app);
    guardRequests(app, () => clock.now);
    app.get('/', async () => 'served');
    const ask = (remoteAddress: string) => app.inject({ url: '/', remoteAddress });
    for (let n = 0; n < REQUESTS_A_MINUTE; n++) await ask('198.51.100.1');
    const stopped = await ask('198.51.100.1');
    expect([stopped.statusCode, stopped.json(), stopped.headers['retry-after']]).toEqual([
      429,
      { code: 'too_many' },
      '30',
    ]);
    for (let n = 2; n <= 7; n++) expect((await ask(`198.51.100.${n}`)).statusCode).toBe(200);
    clock.now += 30_000;
    expect((await ask('198.51.100.1')).statusCode).toBe(200);
    await app.close();
  });
});
