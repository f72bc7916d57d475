import { openTown, type Town } from '@folkmoot/testkit/town';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('Those who run the service', () => {
  let town: Town;
  beforeAll(async () => {
    // the process of the pages alone: another would send the mail that is to wait
    town = await openTown({ env: { ADMIN_PORT: '0', ROLE: 'web' } });
  });
  afterAll(() => town.close());
  const admin = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${town.app.house.adminPort}${path}`);
    return { status: response.status, text: await response.text() };
  };

  it('hear on a port of its own whether the process lives and is ready', async () => {
    expect(await admin('/healthz')).toEqual({ status: 200, text: 'ok\n' });
    expect(await admin('/readyz')).toEqual({ status: 200, text: 'ready\n' });
    expect((await admin('/api/v1/place')).status).toBe(404);
    expect((await town.visitor().fetch('/metrics')).status).toBe(404);
  });

  it('read in numbers what waits, what lags and what has failed', async () => {
    await town.sql.query(
      `insert into mails ("to", kind, lang, priority, subject, html, text, message_id, next_at, created_at)
       values ('x@example.org', 'test', 'en', 9, 's', 'h', 't', '<m>', $1, $1)`,
      [new Date(town.clock.now.getTime() + 3_600_000)],
    );
    town.later(90);
    await town.visitor().fetch('/api/v1/place');
    let text = '';
    const read = async () => (text = (await admin('/metrics')).text);
    // a request is counted when its connection is done with it, a moment after the answer was heard
    await expect.poll(read).toMatch(/folkmoot_request_seconds_count\{what="api",status="2xx"\} \d/);
    const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    expect(value('folkmoot_mail_queued')).toBe(1);
    expect(value('folkmoot_mail_oldest_seconds')).toBe(1_800);
    expect(value('folkmoot_loop_late_seconds')).toBeGreaterThanOrEqual(0);
    expect(text).toContain('folkmoot_jobs{job="sweep_limits",state="failed"} 0');
    expect(text).toContain('folkmoot_pool_connections{state="waiting"} 0');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });

  it('read the same in words when they are administrators, and not when they are officers', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const health = await tomasz.call('readHealth', {});
    expect(health.mail).toMatchObject({ queued: 1, doubt: 0 });
    expect(health.jobs.map((job) => job.name)).toContain('sweep_limits');
    expect(health.pool.open).toBeGreaterThan(0);
    const dylan = await town.as('Dylan Rees');
    expect((await dylan.say('readHealth', {})).status).toBe(403);
  });
});

describe('The door of the server', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown({
      env: {
        DEMO: 'off',
        SECRET_KEYS: 'a-key-that-is-only-good-for-this-test',
        PUBLIC_URL: 'https://moot.example.org',
        TRUSTED_PROXIES: '127.0.0.1',
      },
      site: 'built',
    });
  });
  afterAll(() => town.close());
  const ask = (path: string, headers: Record<string, string>, method: 'GET' | 'POST' = 'GET') =>
    town.app.inject({ method, url: path, headers, remoteAddress: '127.0.0.1' });

  it('leads who came by another name to the right one, and lets nobody write by it', async () => {
    const old = await ask('/reports?page=2', { host: 'old.example.org' });
    expect([old.statusCode, old.headers.location]).toEqual([308, 'https://moot.example.org/reports?page=2']);
    expect((await ask('/reports', { host: 'old.example.org' }, 'POST')).statusCode).toBe(421);
    expect((await ask('/nothing', { host: 'moot.example.org' })).statusCode).toBe(404);
  });

  it('closes a socket that is asked for at any other address than its own', async () => {
    const { port } = new URL(town.url);
    const said = await new Promise<string>((done) => {
      let text = '';
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(
          'GET /reports HTTP/1.1\r\nhost: moot.example.org\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
        ),
      );
      socket.on('data', (chunk) => (text += String(chunk)));
      socket.on('close', () => done(text));
    });
    expect(said).toMatch(/^HTTP\/1\.1 404/);
  });

  it('believes a request id from its proxy and from nobody else', async () => {
    const id = 'from-the-proxy-1234';
    const headers = { host: 'moot.example.org', 'x-request-id': id };
    expect((await ask('/api/v1/place', headers)).headers['x-request-id']).toBe(id);
    const other = await town.app.inject({ url: '/api/v1/place', headers, remoteAddress: '198.51.100.7' });
    expect(other.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sends the headers of a safe page with everything', async () => {
    const api = await ask('/api/v1/place', { host: 'moot.example.org' });
    expect(api.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'strict-transport-security': expect.stringContaining('max-age='),
    });
  });
});
