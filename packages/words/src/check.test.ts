import { describe, expect, test } from 'vitest';
import { check } from './check.ts';
import type { MessageFile } from './check.ts';

const file = (room: string, locale: string, messages: unknown): MessageFile => ({
  room,
  locale,
  text: typeof messages === 'string' ? messages : JSON.stringify(messages, null, 2),
});
const problemsOf = (...files: MessageFile[]) => check(files, ['en', 'cy']).problems;
const plural = (match: Record<string, string>) => [
  { declarations: ['input count', 'local n = count: plural'], selectors: ['n'], match },
];

describe('a person who writes words is told of', () => {
  test('a sentence that Welsh lacks', () => {
    expect(problemsOf(file('reports', 'en', { report_sent: 'Sent' }), file('reports', 'cy', {}))).toEqual([
      'report_sent is missing in cy',
    ]);
  });

  test('a sentence that English lacks', () => {
    expect(problemsOf(file('reports', 'en', {}), file('reports', 'cy', { report_sent: 'Anfonwyd' }))).toEqual(
      ['report_sent is missing in en'],
    );
  });

  test('a key that two rooms say', () => {
    const found = problemsOf(
      file('report', 'en', { report_sent: 'Sent' }),
      file('reports', 'en', { report_sent: 'Sent' }),
      file('reports', 'cy', { report_sent: 'Anfonwyd' }),
    );
    expect(found).toEqual(['report_sent stands in two files in en']);
  });

  test('a key that one file says twice', () => {
    const twice = '{\n  "mail_hello": "Hello",\n  "mail_hello": "Hi"\n}';
    expect(problemsOf(file('mail', 'en', twice), file('mail', 'cy', { mail_hello: 'Helo' }))).toEqual([
      'mail.en.json says mail_hello twice',
    ]);
  });

  test('a blank that only one language fills', () => {
    expect(
      problemsOf(
        file('mail', 'en', { mail_hello: 'Hello {name}' }),
        file('mail', 'cy', { mail_hello: 'Helo' }),
      ),
    ).toEqual(['mail_hello has other blanks in each language: name / none']);
  });

  test('a plural that has no words for a Welsh number', () => {
    expect(
      problemsOf(
        file('mail', 'en', { mail_days: plural({ 'n=one': '1 day', 'n=other': '{count} days' }) }),
        file('mail', 'cy', { mail_days: plural({ 'n=one': '1 diwrnod', 'n=other': '{count} diwrnod' }) }),
      ),
    ).toEqual(
      ['zero', 'two', 'few', 'many'].map((hole) => `mail.cy.json: mail_days says nothing for ${hole}`),
    );
  });

  test('a key from another room, and one that is not snake_case', () => {
    const words = { people_name: 'Name', mailTitle: 'Title' };
    expect(problemsOf(file('mail', 'en', words), file('mail', 'cy', words))).toEqual(
      ['en', 'cy'].flatMap((locale) => [
        `mail.${locale}.json: people_name must begin with "mail_"`,
        `mail.${locale}.json: mailTitle is not snake_case with its room first`,
      ]),
    );
  });

  test('an empty sentence and a broken file', () => {
    const [empty, broken] = problemsOf(
      file('mail', 'en', { mail_hello: ' ' }),
      file('mail', 'cy', { mail_hello: 'Helo' }),
      file('home', 'en', '{ "home_now": "Now", }'),
    );
    expect(empty).toBe('mail.en.json: mail_hello is empty');
    expect(broken).toMatch(/^home\.en\.json is not JSON/);
  });
});

test('good words pass, and their keys come back sorted', () => {
  const found = check(
    [
      file('mail', 'en', { mail_b: plural({ 'n=one': '1 day', 'n=*': '{count} days' }), mail_a: 'A' }),
      file('mail', 'cy', {
        mail_b: plural({ 'n=two': '2 ddiwrnod', 'n=*': '{count} diwrnod' }),
        mail_a: 'A',
      }),
    ],
    ['en', 'cy'],
  );
  expect(found).toEqual({ keys: ['mail_a', 'mail_b'], problems: [] });
});
