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

  test.each([
    ['/', '/', '/cy/'],
    ['/cy', '/', '/cy/'],
    ['/cy/', '/', '/cy/'],
    ['/cy?x=1', '/?x=1', '/cy/?x=1'],
    ['/en/reports', '/reports', '/cy/reports'],
    ['/cyclists#a', '/cyclists#a', '/cy/cyclists#a'],
    ['/wards/tŷ gwyn', '/wards/t%C5%B7%20gwyn', '/cy/wards/t%C5%B7%20gwyn'],
    // never to another house, whatever somebody wrote into a link
    ['//elsewhere.test/a', '/elsewhere.test/a', '/cy/elsewhere.test/a'],
    ['/\\elsewhere.test', '/elsewhere.test', '/cy/elsewhere.test'],
    ['/\t/elsewhere.test', '/%09/elsewhere.test', '/cy/%09/elsewhere.test'],
    ['/cy//elsewhere.test', '/elsewhere.test', '/cy/elsewhere.test'],
    ['#main', '#main', '#main'],
    ['https://elsewhere.test/a', 'https://elsewhere.test/a', 'https://elsewhere.test/a'],
  ])('lead from %s to a page of ours in either language', (href, english, welsh) => {
    expect(words.localizeHref(href, { locale: 'en' })).toBe(english);
    expect(words.localizeHref(href, { locale: 'cy' })).toBe(welsh);
    expect(words.deLocalizeHref(href)).toBe(english);
  });

  test('take the language of a request from its address alone, and hold it until it is answered', async () => {
    const { inLanguageOf } = await import('./server.ts');
    const seen = await Promise.all(
      ['/reports', '/cy/reports', '/cyclists', '/cy'].map((path) =>
        inLanguageOf(path, async (locale) => {
          await new Promise((done) => setImmediate(done));
          return `${locale} ${words.getLocale()} ${words.m.common_save()}`;
        }),
      ),
    );
    expect(seen).toEqual(['en en Save', 'cy cy Cadw', 'en en Save', 'cy cy Cadw']);
    expect(words.getLocale()).toBe('en');
  });
});
