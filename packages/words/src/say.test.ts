import { beforeAll, describe, expect, test } from 'vitest';
import { compileWords } from './compile.ts';
import type * as Numbers from './numbers.ts';
import type * as Say from './say.ts';

let say: typeof Say;
let sayNumber: typeof Numbers.sayNumber;
beforeAll(async () => {
  await compileWords();
  say = await import('./say.ts');
  ({ sayNumber } = await import('./numbers.ts'));
});

const now = '2026-10-16T09:00:00Z'; // ten in the morning, summer time
const en = { locale: 'en' } as const;
const cy = { locale: 'cy' } as const;

describe('a date in words', () => {
  test.each([
    ['plain', '16 October 2026', '16 Hydref 2026'],
    ['long', 'Friday 16 October 2026', 'dydd Gwener 16 Hydref 2026'],
    ['day', 'Friday 16 October', 'dydd Gwener 16 Hydref'],
    ['short', '16 October', '16 Hydref'],
  ] as const)('%s', (style, english, welsh) => {
    expect(say.sayDate(now, style, en)).toBe(english);
    expect(say.sayDate(now, style, cy)).toBe(welsh);
  });

  test('says its year where that is not this one', () => {
    expect(say.sayDated('2026-09-02', now, en)).toBe('Wednesday 2 September');
    expect(say.sayDated('2024-05-03', now, en)).toBe('Friday 3 May 2024');
    expect(say.sayDated('2024-05-03', now, cy)).toBe('dydd Gwener 3 Mai 2024');
    expect(say.sayDated(new Date('2025-12-31T23:30:00Z'), '2026-01-01T09:00:00Z', en)).toBe(
      'Wednesday 31 December 2025',
    );
  });

  test('lies on the town’s calendar, not on the server’s', () => {
    expect(say.sayDate('2026-10-15T23:30:00Z', 'short', en)).toBe('16 October');
    expect(say.sayDate('2026-10-15T23:30:00Z', 'short', { ...en, timeZone: 'UTC' })).toBe('15 October');
  });
});

test.each([
  ['2026-10-16T07:12:00Z', '8.12 am', '8.12 y bore'],
  ['2026-10-16T11:00:00Z', '12 noon', '12 ganol dydd'],
  ['2026-10-16T13:05:00Z', '2.05 pm', '2.05 y prynhawn'],
  ['2026-10-16T18:00:00Z', '7 pm', '7 yr hwyr'],
  ['2026-10-16T23:00:00Z', 'midnight', 'hanner nos'],
  ['2026-10-16T23:30:00Z', '12.30 am', '12.30 y bore'],
])('the time of %s is %s', (at, english, welsh) => {
  expect(say.sayTime(at, en)).toBe(english);
  expect(say.sayTime(at, cy)).toBe(welsh);
});

test.each([
  ['2026-10-16T08:59:30Z', 'Just now', 'Nawr'],
  ['2026-10-16T08:58:00Z', '2 minutes ago', '2 funud yn ôl'],
  ['2026-10-16T08:00:00Z', '1 hour ago', '1 awr yn ôl'],
  ['2026-10-15T23:30:00Z', '9 hours ago', '9 awr yn ôl'],
  ['2026-10-15T12:00:00Z', 'Yesterday', 'Ddoe'],
  ['2026-10-14T12:00:00Z', '2 days ago', '2 ddiwrnod yn ôl'],
  ['2026-05-03T12:00:00Z', '3 May', '3 Mai'],
  ['2024-05-03T12:00:00Z', '3 May 2024', '3 Mai 2024'],
  ['2026-10-17T12:00:00Z', 'Tomorrow', 'Yfory'],
])('%s was %s', (at, english, welsh) => {
  expect(say.sayAgo(at, now, en)).toBe(english);
  expect(say.sayAgo(at, now, cy)).toBe(welsh);
});

test('short forms fit a narrow column', () => {
  expect(say.sayAgo('2026-10-16T08:36:00Z', now, { ...en, short: true })).toBe('24 min');
  expect(say.sayAgo('2026-10-16T07:36:00Z', now, { ...cy, short: true })).toBe('1 awr');
});

test('a day and its time', () => {
  expect(say.sayDayTime('2026-10-16T09:40:00Z', now, en)).toBe('Today, 10.40 am');
  expect(say.sayDayTime('2026-10-13T07:12:00Z', now, en)).toBe('Tuesday, 8.12 am');
  expect(say.sayDayTime('2026-10-13T07:12:00Z', now, cy)).toBe('Dydd Mawrth, 8.12 y bore');
});

test('a list, with the Welsh and before a vowel', () => {
  expect(say.sayList(['Abbey', 'Weirside', 'Old Town'], en)).toBe('Abbey, Weirside and Old Town');
  expect(say.sayList(['bara', 'afalau'], cy)).toBe('bara ac afalau');
  expect(say.sayList(['afalau', 'bara'], cy)).toBe('afalau a bara');
  expect(say.sayList([], en)).toBe('');
});

test('numbers have their commas', () => {
  expect(sayNumber(12345, en)).toBe('12,345');
  expect(sayNumber(12345, cy)).toBe('12,345');
});
