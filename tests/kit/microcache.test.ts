import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { microcacheOf, type Rendered, type Who } from '@folkmoot/api/kit/microcache';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

/** A cache in front of a page that says how often it was made, with a clock that stands still. */
function bench(headers: Rendered['headers'] = {}, status = 200) {
  const clock = { now: 10_000 };
  const made: string[] = [];
  const page = { headers, status, wait: Promise.resolve() };
  const cache = microcacheOf(
    async (url, _, who) => {
      const count = made.push(who === 'nobody' ? url : `${url} for ${who}`);
      await page.wait;
      const body = Buffer.from(`${url} no. ${count}`.padEnd(2_000, '.'));
      return { status: page.status, headers: { 'content-type': 'text/html', ...page.headers }, body };
    },
    () => clock.now,
  );
  async function ask(url: string, more: Record<string, string> = {}, who: Who = 'nobody') {
    const request = {
      method: 'GET',
      url,
      headers: { host: 'localhost', ...more },
    } as unknown as IncomingMessage;
    const said = { status: 0, headers: new Map<string, string>(), body: Buffer.alloc(0) as Buffer };
    const response = Object.assign(new EventEmitter(), {
      destroyed: false,
      writeHead: (code: number, list: string[]) => {
        said.status = code;
        for (let n = 0; n < list.length; n += 2) said.headers.set(list[n]!, list[n + 1]!);
      },
      end: (body?: Buffer) => void (said.body = body ?? said.body),
    }) as unknown as ServerResponse;
    if (cache.answer(request, response, who)) return said;
    // what it does not share goes on to the site, as its visitor's own
    if (cache.shares(request)) await cache.make(request, response);
    return said;
  }
  const heat = async (url: string) => {
    for (let n = 0; n < 5; n++) await ask(url);
    made.length = 0;
  };
  return { clock, made, page, cache, ask, heat };
}

describe('The micro-cache', () => {
  it('gives somebody who is alone with a page a fresh one each time', async () => {
    const { ask, made } = bench();
    for (let n = 0; n < 4; n++) await ask('/reports/1');
    expect(made).toHaveLength(4);
  });

  it('makes a page that many ask for once a second', async () => {
    const { ask, made, heat, clock } = bench();
    await heat('/');
    for (let n = 0; n < 100; n++) await ask('/');
    expect(made).toHaveLength(0);
    clock.now += 1_001;
    // the old one is given while the new one is made
    await Promise.all(Array.from({ length: 50 }, () => ask('/')));
    expect(made).toHaveLength(1);
    clock.now += 4_000;
    const [first] = await Promise.all(Array.from({ length: 50 }, () => ask('/')));
    expect(first!.status).toBe(200);
  });

  it('lets all who come while a page is made wait for that one', async () => {
    const { ask, made, heat, clock, page } = bench();
    await heat('/');
    clock.now += 5_000;
    const gate = Promise.withResolvers<undefined>();
    made.length = 0;
    page.wait = gate.promise as unknown as Promise<void>;
    const all = Array.from({ length: 30 }, () => ask('/'));
    gate.resolve(undefined);
    expect((await Promise.all(all)).map((one) => one.status)).toEqual(all.map(() => 200));
    // four asked before it was hot again and were made their own; the other 26 share one
    expect(made).toHaveLength(5);
  });

  it('knows a page by the names of the query that it declares, and by no others', async () => {
    const { ask, made, heat } = bench({
      'x-folkmoot-vary-query': 'page,state',
      'x-folkmoot-topics': 'reports',
    });
    await ask('/reports');
    await heat('/reports?page=2&state=open');
    const other = await ask('/reports?utm_source=mail&state=open&fbclid=1&page=2');
    expect(made).toEqual([]);
    expect(other.body.toString()).not.toContain('utm_source');
    expect([...other.headers.keys()].filter((name) => name.startsWith('x-folkmoot'))).toEqual([]);
    await ask('/reports?page=3');
    expect(made).toEqual(['/reports?page=3']);
  });

  it('keeps nothing of an address whose names it does not know', async () => {
    const { ask, made } = bench();
    for (let n = 0; n < 8; n++) await ask('/search?q=Mair');
    expect(made).toHaveLength(8);
  });

  it('makes a page anew when something happens that it shows, and only then', async () => {
    const { ask, made, heat, cache, clock } = bench({
      'x-folkmoot-vary-query': '',
      'x-folkmoot-topics': 'report:12',
    });
    await heat('/reports/12');
    cache.mark(['report:13']);
    await ask('/reports/12');
    expect(made).toHaveLength(0);
    cache.mark(['report:12', 'reports']);
    expect((await ask('/reports/12')).body.toString()).toContain('no. 1');
    expect(made).toHaveLength(1);
    // in a storm of events it is made beside what is given, and nobody waits more than four times a second
    for (let n = 0; n < 20; n++) {
      cache.mark(['report:12']);
      expect((await ask('/reports/12')).status).toBe(200);
    }
    clock.now += 260;
    cache.mark(['report:12']);
    made.length = 0;
    await ask('/reports/12');
    expect(made).toHaveLength(1);
  });

  it('gives who is signed in a page of their own, and one for all of them in a rush, where the page says so', async () => {
    const { ask, made, clock } = bench({ 'x-folkmoot-rush': '1' });
    const path = '/petitions/1';
    const signedIn = () => ask(path, { cookie: 'folkmoot=a' }, 'somebody');
    await ask(path);
    for (let n = 0; n < 39; n++) expect((await signedIn()).status).toBe(0);
    const shared = await signedIn();
    expect(shared.status).toBe(200);
    expect(shared.headers.get('cache-control')).toBe('private, no-cache');
    const etag = shared.headers.get('etag')!;
    const known = await ask(path, { cookie: 'folkmoot=a', 'if-none-match': etag }, 'somebody');
    expect([known.status, known.headers.get('cache-control')]).toEqual([304, 'private, no-cache']);
    expect(shared.headers.has('x-folkmoot-rush')).toBe(false);
    await signedIn();
    expect(made).toEqual([path, `${path} for somebody`]);
    // and who has no session never gets the page of those who have
    expect((await ask(path)).body.toString()).not.toContain('for somebody');
    // the rush is over
    clock.now += 5_000;
    expect((await signedIn()).status).toBe(0);
  });

  it('shares no other page among those who are signed in, however many they are', async () => {
    const { ask } = bench();
    await ask('/reports/1');
    for (let n = 0; n < 60; n++)
      expect((await ask('/reports/1', { cookie: 'folkmoot=a' }, 'somebody')).status).toBe(0);
  });

  it('does not keep what was begun before the event that changes it', async () => {
    const { ask, made, heat, cache, page, clock } = bench({ 'x-folkmoot-topics': 'report:12' });
    await heat('/reports/12');
    const gate = Promise.withResolvers<undefined>();
    page.wait = gate.promise as unknown as Promise<void>;
    clock.now += 1_400;
    await ask('/reports/12');
    cache.mark(['report:12']);
    gate.resolve(undefined);
    await new Promise((done) => setImmediate(done));
    made.length = 0;
    await ask('/reports/12');
    expect(made).toHaveLength(1);
  });

  it.each([
    ['sets a cookie', { 'set-cookie': 'a=1' }, 200],
    ['is private', { 'cache-control': 'private, no-store' }, 200],
    ['leads elsewhere', { location: '/' }, 303],
    ['is broken', {}, 500],
  ])('shares no answer that %s', async (_what, headers, status) => {
    const { ask } = bench(headers, status);
    const all = await Promise.all(Array.from({ length: 20 }, () => ask('/')));
    expect(new Set(all.map((one) => one.body.toString())).size).toBe(20);
  });

  it('presses once, and says "not changed" to who has it', async () => {
    const { ask, heat } = bench();
    await heat('/');
    const plain = await ask('/');
    const gzip = await ask('/', { 'accept-encoding': 'gzip, deflate' });
    const br = await ask('/', { 'accept-encoding': 'gzip, deflate, br' });
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
    expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true);
    for (const one of [plain, gzip, br]) expect(one.headers.get('vary')).toBe('accept-encoding, cookie');
    const known = await ask('/', { 'if-none-match': plain.headers.get('etag')! });
    expect(known.status).toBe(304);
    expect(known.body).toHaveLength(0);
    for (const name of ['vary', 'etag', 'cache-control'])
      expect(known.headers.get(name)).toBe(plain.headers.get(name));
  });
});

describe('A page that many share', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown({ site: 'built' });
  });
  afterAll(() => town.close());
  let before: ReturnType<NonNullable<Town['app']['house']['front']>['cache']['counts']>;
  const counts = () => town.app.house.front!.cache.counts();
  beforeEach(() => (before = counts()));
  const stranger = (path: string, headers: Record<string, string> = {}) =>
    fetch(town.url + path, { headers });

  /** What a crowd is given: so many at once that some of them share, however slow this machine is. */
  const crowd = async (path: string, headers: (n: number) => Record<string, string> = () => ({})) => {
    const pages: Response[] = [];
    const told: string[] = [];
    const gave = () => counts().hit + counts().stale;
    const shared = before.hit + before.stale;
    await expect
      .poll(async () => {
        const more = await Promise.all(Array.from({ length: 20 }, (_, n) => stranger(path, headers(n))));
        pages.push(...more);
        told.push(...(await Promise.all(more.map((page) => page.text()))));
        return gave();
      })
      .toBeGreaterThan(shared);
    return { pages, told };
  };

  it('holds nothing of any visitor', async () => {
    const grace = await town.as('Grace Okafor');
    const draft = town.visitor();
    await draft.call('startReportDraft', { body: {} });
    const asked = () => counts().hit + counts().stale + counts().miss + counts().cold;
    const [first, hers] = [asked(), await (await grace.fetch('/demo')).text()];
    await draft.fetch('/demo');
    // who has a session or a draft asks past it
    expect(asked()).toBe(first);
    const { pages, told } = await crowd('/demo', (n) => ({
      'user-agent': `Browser ${n}`,
      cookie: `other=${n}`,
      'accept-language': n % 2 ? 'cy' : 'en',
      referer: `https://elsewhere.test/${n}`,
      'x-forwarded-for': `203.0.113.${n}`,
    }));
    for (const page of pages) expect(page.headers.getSetCookie()).toEqual([]);
    expect(new Set(told).size).toBe(1);
    for (const word of ['Browser', 'other=', '203.0.113', 'elsewhere.test'])
      expect(told[0]).not.toContain(word);
    const now = asked();
    expect(await (await grace.fetch('/demo')).text()).toBe(hers);
    expect(hers).not.toBe(told[0]);
    expect(asked()).toBe(now);
  });

  it('keeps its policy of scripts, and says nothing of how it is kept', async () => {
    for (let n = 0; n < 8; n++) {
      const page = await stranger('/demo');
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self' 'sha256-");
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
      expect([...page.headers.keys()].filter((name) => name.startsWith('x-folkmoot'))).toEqual([]);
      await page.text();
    }
    const mine = await (await town.as('Grace Okafor')).fetch('/demo');
    expect([...mine.headers.keys()].filter((name) => name.startsWith('x-folkmoot'))).toEqual([]);
    await mine.text();
  });

  it('lets the API share what everybody may see, and nothing of a person', async () => {
    await crowd('/api/v1/place');
    const now = counts();
    await Promise.all(Array.from({ length: 20 }, async () => (await stranger('/api/v1/me')).text()));
    expect(counts().hit + counts().stale).toBe(now.hit + now.stale);
  });

  it('gives scripts for ever from memory', async () => {
    const page = await (await stranger('/demo')).text();
    const script = /\/_app\/immutable\/[\w/.-]+\.js/.exec(page)![0];
    const said = await stranger(script, { 'accept-encoding': 'br' });
    expect(said.headers.get('cache-control')).toContain('immutable');
    expect(said.headers.get('content-encoding')).toBe('br');
    expect((await said.text()).length).toBeGreaterThan(10);
  });
});
