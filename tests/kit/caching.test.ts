/** Whatever visitors make up, so much is kept in memory and no more. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { keptAnswers, keptForPages } from '@folkmoot/api/kit/caching';
import { microcacheOf, MOST_WARMING } from '@folkmoot/api/kit/microcache';
import { sharedFor } from '@folkmoot/api/kit/shared';
import { describe, expect, it } from 'vitest';

describe('Kept answers of an endpoint', () => {
  const answer = { text: JSON.stringify({ words: 'x'.repeat(1_000) }) };

  it('go all at once when what they were made from has changed', () => {
    const kept = keptAnswers();
    kept.keep('version 1', '/reports', answer);
    expect(kept.find('version 1', '/reports')).toBe(answer);
    expect(kept.find('version 2', '/reports')).toBeUndefined();
    kept.keep('version 2', '/reports?page=2', answer);
    expect(kept.find('version 1', '/reports')).toBeUndefined();
    expect(kept.find('version 2', '/reports?page=2')).toBe(answer);
  });

  it('are so many bytes, with the addresses they were asked by and what pages make of them', () => {
    const kept = keptAnswers(100_000);
    const long = (n: number) => `/reports?q=${'a'.repeat(7_000)}${n}`;
    for (let n = 0; n < 5; n++) kept.keep('now', long(n), answer);
    expect([0, 1, 2, 3, 4].filter((n) => kept.find('now', long(n)))).toEqual([1, 2, 3, 4]);
    for (let n = 0; n < 20; n++) kept.keep('now', `/reports/${n}`, answer);
    expect(
      Array.from({ length: 20 }, (_, n) => kept.find('now', `/reports/${n}`)).filter(Boolean),
    ).toHaveLength(9);
  });
});

describe('A view that many share', () => {
  it('is let go once nobody will have it any more, whoever asks for another one', async () => {
    const clock = { now: 0 };
    const shared = sharedFor<string>(1_000, 5_000, () => clock.now);
    for (let n = 0; n < 100; n++) await shared(`q=${n}`, async () => 'a list');
    expect(shared.size()).toBe(100);
    clock.now = 600;
    await shared('q=young', async () => 'a list');
    clock.now = 1_000;
    await shared('q=99', async () => 'a list');
    expect(shared.size()).toBe(2);
    expect(await shared('q=young', async () => 'another')).toBe('a list');
    expect(await shared('q=0', async () => 'another')).toBe('another');
  });

  it('is read once for all who ask, anew when something happened, and again where reading it failed', async () => {
    const kept = keptForPages();
    let reads = 0;
    const read = () => kept.view('readPetition 1', async () => (reads += 1));
    expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1]);
    kept.hear();
    expect(await read()).toBe(2);
    const broken = kept.view('readPetition 2', () => Promise.reject(new Error('busy')));
    await expect(broken).rejects.toThrow('busy');
    expect(await kept.view('readPetition 2', async () => 'there')).toBe('there');
  });
});

describe('The micro-cache under addresses that somebody makes up', () => {
  const bench = () => {
    const clock = { now: 10_000 };
    let made = 0;
    const cache = microcacheOf(
      async (url) => {
        made += 1;
        return { status: 200, headers: { 'x-folkmoot-rush': '1' }, body: Buffer.from(url) };
      },
      () => clock.now,
    );
    const response = { writeHead: () => undefined, end: () => undefined } as unknown as ServerResponse;
    const look = (url: string) => {
      const request = { method: 'GET', url, headers: { host: 'localhost' } } as unknown as IncomingMessage;
      return { request, fromMemory: cache.answer(request, response) };
    };
    const ask = async (url: string) => {
      const { request, fromMemory } = look(url);
      if (!fromMemory) await cache.make(request, response);
      return fromMemory;
    };
    return { clock, cache, look, ask, made: () => made };
  };

  it('keeps nothing of an address that is too long to be a link', async () => {
    const { ask, cache, made } = bench();
    for (let n = 0; n < 10; n++) expect(await ask(`/${'a'.repeat(1_000)}`)).toBe(false);
    expect([made(), cache.counts().entries]).toEqual([10, 0]);
    for (let n = 0; n < 10; n++) await ask('/a');
    // four times before it is hot
    expect([made(), cache.counts().entries]).toEqual([14, 1]);
  });

  it('counts so many addresses in a second and no more, and begins again with the next', async () => {
    const { ask, look, clock } = bench();
    for (let n = 0; n < MOST_WARMING; n++) look(`/made-up/${n}`);
    for (let n = 0; n < 8; n++) expect(await ask('/')).toBe(false);
    clock.now += 1_000;
    const later = [];
    for (let n = 0; n < 6; n++) later.push(await ask('/'));
    expect(later.at(-1)).toBe(true);
  });
});
