/** Requests as nobody's browser would send them, made from the contracts, so that a new endpoint is fuzzed at once. */
import { contracts } from '@folkmoot/core/contracts';
import type { Contract } from '@folkmoot/core/kit/contract';
import fc from 'fast-check';
import { type Known, nastyWord, valuesFor } from './values.ts';

export const WHO = ['nobody', 'resident', 'officer', 'admin'] as const;
export type Who = (typeof WHO)[number];
export type Input = {
  who: Who;
  endpoint: string;
  method: string;
  /** path and query as they go over the wire */
  target: string;
  headers: Array<[string, string]>;
  /** one letter a byte */
  body: string | null;
  /** what may end the connection gets one of its own */
  alone: boolean;
};

/** Once in so many inputs; otherwise null. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>, often: number): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: often - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
/** `encodeURIComponent` for what is no whole text, too. */
const encoded = (word: string): string => encodeURIComponent(word.toWellFormed());
const said = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);

const brokenEscapes = fc.constantFrom(
  '%',
  '%zz',
  '%E0%A4%A',
  '%C0%80',
  '%00',
  '%F8%A1%A1%A1%A1',
  '//',
  '%2F%2E%2E',
);

function pathOf(contract: Contract, known: Known): fc.Arbitrary<string> {
  const { path } = contract.endpoint;
  const names = [...path.matchAll(/:(\w+)/g)].map((found) => found[1]!);
  const part = (name: string) => {
    const shape = contract.params?.shape[name] as Parameters<typeof valuesFor>[0] | undefined;
    const right = shape
      ? valuesFor(shape, known).map((value) => encoded(said(value)).slice(0, 400))
      : fc.constant('x');
    return fc.oneof(
      { weight: 12, arbitrary: right },
      { weight: 1, arbitrary: brokenEscapes },
      { weight: 1, arbitrary: nastyWord.map(encoded) },
    );
  };
  return fc
    .tuple(...names.map(part))
    .map((parts) =>
      names.reduce((done, name, at) => done.replace(`:${name}`, () => parts[at]!), `/api/v1${path}`),
    );
}

const pairs = (query: unknown): string[] =>
  typeof query === 'object' && query !== null
    ? Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(said(value))}`)
    : [encoded(said(query))];

function queryOf(contract: Contract, known: Known): fc.Arbitrary<string> {
  const right = contract.query ? valuesFor(contract.query, known).map(pairs) : fc.constant<string[]>([]);
  const odd = fc.oneof(
    brokenEscapes.map((escape) => `q=${escape}`),
    nastyWord.map((word) => `page=${encoded(word)}`),
    fc.constantFrom(
      'page=1&page=2',
      'q[]=1',
      'q[a]=1',
      '__proto__[x]=1',
      '&&=&',
      'q',
      'key=',
      'facet=%20',
      `q=${'a'.repeat(7_000)}`,
    ),
  );
  return fc
    .tuple(right, rarely(odd, contract.query ? 6 : 12))
    .map(([some, more]) => [...some, ...(more === null ? [] : [more])].join('&'));
}

type Body = Pick<Input, 'body' | 'headers' | 'alone'>;
const JSON_TYPE: [string, string] = ['content-type', 'application/json'];
const body = (text: string, ...headers: Array<[string, string]>): Body => ({
  body: text,
  headers,
  alone: false,
});

const brokenJson = fc.constantFrom(
  '{',
  '',
  'null',
  '7',
  '"text"',
  '[]',
  '[{}]',
  '{"a":1,}',
  '\u00ef\u00bb\u00bf{"lang":"en"}',
  '{"__proto__":{"admin":true},"lang":"en"}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"lang":"en","lang":"cy","lang":7}',
  '{"n":1e999,"m":-1e999}',
  `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
  `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  `{"text":"${'\\u0000'.repeat(50)}"}`,
  '{"text":"\\ud800"}',
  `{"text":"${'x'.repeat(270_000)}"}`,
);

const BOUNDARY = '----anybridge';
const part = (name: string, file: string, content: string) =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"; filename="${file}"\r\ncontent-type: image/jpeg\r\n\r\n${content}\r\n`;
const multipart = fc
  .tuple(
    fc.constantFrom('photo', '', '__proto__', 'x'.repeat(200)),
    fc.constantFrom('a.jpg', '../../a.jpg', '\u0000.jpg', 'a'.repeat(500)),
    fc.constantFrom(
      '',
      '\u00ff\u00d8\u00ff\u00e0',
      'GIF89a',
      '\u0089PNG\r\n\u001a\n',
      'RIFF\u0000\u0000\u0000\u0000WEBP',
      '<svg/>',
      'x'.repeat(2_000),
    ),
    fc.constantFrom(`--${BOUNDARY}--\r\n`, '', `--${BOUNDARY}`, `--other--\r\n`, '\r\n'),
    fc.constantFrom(
      `multipart/form-data; boundary=${BOUNDARY}`,
      'multipart/form-data',
      'multipart/form-data; boundary=',
      `multipart/form-data; boundary=${'b'.repeat(300)}`,
    ),
  )
  .map(([name, file, content, end, type]) => ({
    ...body(part(name, file, content) + end, ['content-type', type]),
    alone: true,
  }));

function bodyOf(contract: Contract, known: Known): fc.Arbitrary<Body> {
  const none: Body = { body: null, headers: [], alone: false };
  if (contract.endpoint.method === 'GET') return fc.constant(none);
  const values = contract.body ? valuesFor(contract.body, known) : fc.constant<unknown>({});
  const json = values.map((value) => utf8(JSON.stringify(value) ?? ''));
  const types = fc.constantFrom(
    'text/plain',
    'application/xml',
    'application/json; charset=utf-16',
    'application/json;;;',
    'APPLICATION/JSON',
    'application/x-www-form-urlencoded',
    'x',
    '',
    'application/vnd.api+json',
  );
  return fc.oneof(
    { weight: 24, arbitrary: json.map((text) => body(text, JSON_TYPE)) },
    { weight: 2, arbitrary: brokenJson.map((text) => body(text, JSON_TYPE)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(json, fc.nat(40))
        .map(([text, cut]) => body(text.slice(0, Math.max(0, text.length - 1 - cut)), JSON_TYPE)),
    },
    { weight: 1, arbitrary: fc.tuple(json, types).map(([text, type]) => body(text, ['content-type', type])) },
    {
      weight: 1,
      arbitrary: values.map((value) =>
        body(utf8(pairs(value).join('&')), ['content-type', 'application/x-www-form-urlencoded']),
      ),
    },
    { weight: 1, arbitrary: multipart },
    {
      weight: 1,
      arbitrary: fc
        .uint8Array({ maxLength: 200 })
        .map((bytes) => body(Buffer.from(bytes).toString('latin1'), JSON_TYPE)),
    },
    { weight: 1, arbitrary: fc.constant(none) },
  );
}

const hostileHeader: fc.Arbitrary<[string, string]> = fc.constantFrom<[string, string]>(
  ['cookie', 'folkmoot-session=; folkmoot-draft='],
  ['cookie', 'folkmoot-session=%00%ff; folkmoot-draft=%'],
  ['cookie', `folkmoot-session=${'a'.repeat(4_000)}`],
  ['cookie', Array.from({ length: 300 }, (_, n) => `c${n}=v`).join('; ')],
  ['cookie', '=;;=;"; __proto__=1'],
  ['cookie', 'folkmoot-draft=\u00ff\u00fe'],
  ['x-forwarded-for', "1.2.3.4, ::1, ' or 1=1"],
  ['x-forwarded-proto', 'javascript'],
  ['forwarded', 'for="[::1]:99999";proto=x'],
  ['x-request-id', "a'b\u00ff"],
  ['x-folkmoot-shared', 'guess'],
  ['x-folkmoot-address', '6.6.6.6'],
  ['if-none-match', '*'],
  ['if-none-match', `W/"${'e'.repeat(2_000)}"`],
  ['if-modified-since', 'Thu, 99 Foo 99999 99:99:99 GMT'],
  ['range', 'bytes=99999999999999999999-1,-5,,'],
  ['accept', 'text/html'],
  ['accept', `${'a/b;q=0.1,'.repeat(300)}*/*`],
  ['accept-encoding', 'br;q=nan, ,,,identity;q=-1'],
  ['accept-language', `${'cy-'.repeat(100)},*;q=x`],
  ['origin', 'null'],
  ['origin', 'https://evil.example'],
  ['origin', 'http://['],
  ['referer', 'javascript:alert(1)'],
  ['sec-fetch-site', 'cross-site'],
  ['user-agent', '\u00e2\u0082\u0000'.replace('\u0000', '') + 'x'.repeat(3_000)],
  ['authorization', 'Basic OjpbWw=='],
  ['x-http-method-override', 'DELETE'],
);
/** These may make the server end the connection, rightly. */
const framing: fc.Arbitrary<[string, string]> = fc.constantFrom<[string, string]>(
  ['x-long', 'h'.repeat(20_000)],
  ['expect', '100-continue'],
  ['expect', 'the-unexpected'],
  ['upgrade', 'websocket'],
  ['host', ''],
  ['host', 'evil.example:99999'],
  ['host', "localhost' or 1=1"],
  ['transfer-encoding', 'gzip, chunked'],
  ['content-encoding', 'gzip'],
  ['connection', 'upgrade, keep-alive, close'],
  ['bad name', 'x'],
);

/** Addresses that no contract names. */
const elsewhere: fc.Arbitrary<[method: string, target: string]> = fc
  .tuple(
    fc.constantFrom('GET', 'GET', 'GET', 'POST', 'OPTIONS', 'HEAD', 'PUT', 'TRACE', 'PROPFIND'),
    fc.oneof(
      fc.constantFrom(
        '/api/openapi.json',
        '/petitions.json',
        '/petitions.csv',
        '/petitions/1.json',
        '/petitions/2.csv',
      ),
      fc.constantFrom(
        '/petitions/1/count.json',
        '/petitions/99999999999999999999.json',
        '/petitions/0.json',
        '/api/v1/place/icon.svg',
      ),
      fc.constantFrom(
        '/files/x',
        '/files/../../etc/passwd',
        '/files/%00',
        `/files/${'0'.repeat(64)}`,
        '/live',
        '/api',
        '/api/',
        '/api/v1',
        '//',
      ),
      fc.constantFrom(
        '*',
        '/api/v1/reports/1/',
        '/api/v1//reports',
        '/api/v1/petitions/1/sign/',
        '/api/v1/REPORTS',
      ),
      nastyWord.map((word) => `/api/v1/${encoded(word)}`),
    ),
    fc.oneof(
      { weight: 2, arbitrary: fc.constant('') },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '?page=1e9',
          '?state=x',
          '?count=-1',
          '?q=%00',
          '?q=%',
          '?page=99999999999999999999',
          '?count=1000000',
        ),
      },
      {
        weight: 1,
        arbitrary: nastyWord.map(
          (word) => `?q=${encoded(word)}&state=${encoded(word)}&page=${encoded(word)}`,
        ),
      },
    ),
  )
  .map(([method, path, query]) => [method, path + query]);

/** Every input there is, all endpoints alike. */
export function inputsOf(known: Known): fc.Arbitrary<Input> {
  const called = Object.entries(contracts as Record<string, Contract>).map(([endpoint, contract]) =>
    fc
      .record({
        who:
          contract.access === 'public'
            ? fc.constantFrom<Who>('nobody', 'nobody', 'resident', 'officer', 'admin')
            : fc.constantFrom(...WHO),
        path: pathOf(contract, known),
        query: queryOf(contract, known),
        it: bodyOf(contract, known),
        hostile: rarely(hostileHeader, 6),
        frame: rarely(framing, 40),
        method: rarely(fc.constantFrom('PUT', 'PATCH', 'OPTIONS', 'DELETE', 'QUERY'), 40),
      })
      .map(({ who, path, query, it, hostile, frame, method }): Input => ({
        who,
        endpoint,
        method: method ?? contract.endpoint.method,
        target: query ? `${path}?${query}` : path,
        headers: [...it.headers, ...(hostile ? [hostile] : []), ...(frame ? [frame] : [])],
        body: it.body,
        alone: it.alone || frame !== null,
      })),
  );
  const other = elsewhere.map(([method, target]): Input => ({
    who: 'nobody',
    endpoint: 'elsewhere',
    method,
    target,
    headers: [],
    body: null,
    alone: true,
  }));
  return fc.oneof({ weight: 12, arbitrary: fc.oneof(...called) }, { weight: 1, arbitrary: other });
}
