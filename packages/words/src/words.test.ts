import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileWords } from './compile.ts';
import type * as Words from './index.ts';

const messages = new URL('../messages/', import.meta.url);

/** The compiled words: imported after compiling, so that a fresh clone can run this test alone. */
let words: typeof Words;

beforeAll(async () => {
  await compileWords();
  words = await import('./index.ts');
});

describe('the words of this town', () => {
  test('are all compiled, and are functions in both languages', () => {
    const keys = readdirSync(messages)
      .filter((name) => name.endsWith('.en.json'))
      .flatMap((name) => Object.keys(JSON.parse(readFileSync(new URL(name, messages), 'utf8'))));
    expect(Object.keys(words.m).sort()).toEqual(keys.filter((key) => key !== '$schema').sort());
    expect(words.locales).toEqual(['en', 'cy']);
  });

  test('count people in Welsh as Welsh does', () => {
    const people = (count: number) => words.m.common_people({ count }, { locale: 'cy' });
    expect([0, 1, 2, 3, 6, 9, 1204].map(people)).toEqual([
      'neb',
      '1 person',
      '2 berson',
      '3 pherson',
      '6 o bobl',
      '9 o bobl',
      '1,204 o bobl',
    ]);
  });

  test('count people in English', () => {
    const people = (count: number) => words.m.common_people({ count }, { locale: 'en' });
    expect([0, 1, 2, 1204].map(people)).toEqual(['0 people', '1 person', '2 people', '1,204 people']);
  });

  test('live at /… in English and at /cy/… in Welsh', () => {
    expect(words.localizeHref('/reports/12?page=2', { locale: 'cy' })).toBe('/cy/reports/12?page=2');
    expect(words.localizeHref('/cy/reports/12', { locale: 'en' })).toBe('/reports/12');
    expect(words.deLocalizeHref('/cy/reports/12')).toBe('/reports/12');
    expect(words.localizeHref('/', { locale: 'cy' })).toBe('/cy/');
  });

  test('take the language of a request from its address alone', async () => {
    const { paraglideMiddleware } = await import('./server.ts');
    const seen: string[] = [];
    for (const path of ['/reports', '/cy/reports', '/cyclists']) {
      const request = new Request(`http://town.test${path}`, {
        headers: { 'accept-language': 'cy', cookie: 'PARAGLIDE_LOCALE=cy' },
      });
      await paraglideMiddleware(request, ({ request: inner, locale }) => {
        seen.push(`${locale} ${new URL(inner.url).pathname} ${words.getLocale()}`);
        return new Response();
      });
    }
    expect(seen).toEqual(['en /reports en', 'cy /reports cy', 'en /cyclists en']);
  });
});
