import { describe, expect, it } from 'vitest';
import { madeOf } from './made.ts';

describe('What is made of something', () => {
  it('is made once for each key, and anew for another thing', () => {
    const of = madeOf(10);
    const [place, other] = [{}, {}];
    let made = 0;
    const ask = (thing: object, key: string) => of(thing, key, () => `${key} ${(made += 1)}`);
    expect([ask(place, 'foot en'), ask(place, 'foot cy'), ask(place, 'foot en')]).toEqual([
      'foot en 1',
      'foot cy 2',
      'foot en 1',
    ]);
    expect(ask(other, 'foot en')).toBe('foot en 3');
  });

  it('is kept for so many keys, however many a visitor makes up', () => {
    const of = madeOf(3);
    const marks = {};
    const made: string[] = [];
    const ask = (key: string) => of(marks, key, () => made.push(key));
    for (const key of ['a', 'b', 'c', 'a', 'd', 'd', 'a']) ask(key);
    expect(made).toEqual(['a', 'b', 'c', 'd', 'a']);
  });

  it('is not kept where making it failed', async () => {
    const of = madeOf(3);
    const place = {};
    await expect(of(place, 'wards', () => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
    expect(await of(place, 'wards', () => Promise.resolve('Weirside'))).toBe('Weirside');
  });
});
