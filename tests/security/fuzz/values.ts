/** What strangers put where a form expected something else, and values that fit a shape, drawn from its contract. */
import fc from 'fast-check';
import { z } from 'zod';

type Schema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  items?: Schema;
  prefixItems?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
};

/** Words, ids and numbers that mean something in this town, so that inputs get past "there is no such thing". */
export type Known = { uuids: string[]; words: string[]; numbers: number[] };

const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times);

const NASTY_WORDS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udc00y',
  '\ufeff',
  '\u202egnirts',
  '🏴󠁧󠁢󠁷󠁬󠁳󠁿👩‍👩‍👧‍👦',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A',
  'ﷺ'.repeat(400),
  "' or 1=1; drop table petitions; --",
  '%',
  '_%\\',
  '$1',
  '{{7*7}}',
  '${7*7}',
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '\\\\server\\share',
  'http://169.254.169.254/',
  '-1',
  '0',
  '1e400',
  '-0',
  '0x7f',
  '١٢٣',
  '9223372036854775808',
  '99999999999999999999999999',
  '1.0000000000000000001',
  'NaN',
  'Infinity',
  'null',
  'undefined',
  'true',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  '0000-00-00',
  '2025-02-30',
  '9999-12-31',
  '10000-01-01',
  '+275760-09-13T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '2025-10-16T24:00:00Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'a'.repeat(300),
  'w '.repeat(5_000),
  'a@b',
  '"quoted space"@example.org',
  'x@xn--ls8h.example',
  `${'l'.repeat(64)}@${'d'.repeat(63)}.example.org`,
  '& | ! :* ( )',
  "'':*",
  'report:1',
  'petition:1',
  'petition:99999999999999999999',
  'me',
];

const nastyNumbers: readonly number[] = [
  0,
  -0,
  -1,
  1,
  0.1,
  1e-320,
  1e21,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 53 + 2,
  2 ** 63,
  -(2 ** 63),
  180.0000001,
  NaN,
  Infinity,
];

export const nastyWord: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...NASTY_WORDS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }) },
);

/** Anything at all that JSON can say. */
export const nasty: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: nastyWord },
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...nastyNumbers) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null]) },
  { weight: 1, arbitrary: fc.array(nastyWord, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.dictionary(nastyWord, nastyWord, { maxKeys: 4 }) },
  { weight: 1, arbitrary: fc.constant(Array.from({ length: 1_000 }, (_, n) => n)) },
  { weight: 1, arbitrary: fc.constant(JSON.parse(deep('[', ']', 200)) as unknown) },
  { weight: 1, arbitrary: fc.jsonValue() },
);

/** Fits every shape of a text, and no database. */
const poisoned = fc.constantFrom(
  'Grace \u0000Okafor',
  'Deep hole \ud83d in the road',
  'Weir Street\u0000',
  '\udc00 bus',
);
const someText = fc.constantFrom(
  'Keep the 14 night bus running after ten',
  'Mae twll yn y ffordd',
  'Deep hole in the road',
  'Weir Street',
  'Grace Okafor',
  'Because nurses walk home.',
  'bus',
  'on',
  'en',
  'password',
);

function stringOf({ format, minLength = 0, maxLength = 10_000 }: Schema, known: Known): fc.Arbitrary<string> {
  const fits = (word: string) => word.length >= minLength && word.length <= maxLength;
  switch (format) {
    case 'uuid':
      return fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom(...known.uuids) },
        { weight: 1, arbitrary: fc.uuid() },
      );
    case 'email':
      return fc.oneof(
        fc.constantFrom('mair@anybridge.example', 'grace.okafor@example.org'),
        fc.emailAddress(),
      );
    case 'date':
      return fc.constantFrom('2025-10-16', '2026-01-01', '0001-01-01', '9999-12-31', '1969-12-31');
    case 'date-time':
      return fc.constantFrom('2025-10-16T09:00:00Z', '9999-12-31T23:59:59Z', '0001-01-01T00:00:00Z');
    default: {
      const words = known.words.filter(fits);
      const long = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 60) });
      return fc.oneof(
        ...(words.length ? [{ weight: 4, arbitrary: fc.constantFrom(...words) }] : []),
        { weight: 3, arbitrary: someText },
        { weight: 1, arbitrary: poisoned },
        { weight: 2, arbitrary: long },
        { weight: 1, arbitrary: fc.constant('x'.repeat(Math.min(maxLength, 5_000))) },
      );
    }
  }
}

function numberOf({ type, minimum, maximum }: Schema, known: Known): fc.Arbitrary<number> {
  const min = Math.max(minimum ?? -1e6, -(2 ** 53));
  const max = Math.min(maximum ?? 1e6, 2 ** 53);
  const some = known.numbers.filter((n) => n >= min && n <= max);
  const any =
    type === 'integer'
      ? fc.integer({ min: Math.ceil(Math.max(min, -(2 ** 31))), max: Math.floor(Math.min(max, 2 ** 31 - 1)) })
      : fc.double({ min, max, noNaN: true });
  const edges = fc.constantFrom(min, max);
  return some.length
    ? fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...some) }, any, edges)
    : fc.oneof(any, edges);
}

/** How often a part of a value is something else than its shape says: 1 in so many; 0: never. */
export type Spoilt = 0 | 4 | 20;
const perhaps = (arbitrary: fc.Arbitrary<unknown>, spoilt: Spoilt): fc.Arbitrary<unknown> =>
  spoilt === 0 ? arbitrary : fc.oneof({ weight: spoilt - 1, arbitrary }, { weight: 1, arbitrary: nasty });

function objectOf(schema: Schema, known: Known, spoilt: Spoilt): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema;
  const parts = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, valueOf(one, known, spoilt)]),
  );
  const whole = fc.record(parts, {
    requiredKeys: spoilt === 0 ? required.filter((name) => name in parts) : [],
  });
  if (typeof additionalProperties !== 'object') return whole;
  const keys = known.words.length ? fc.constantFrom(...known.words) : someText;
  const more = fc.dictionary(keys, valueOf(additionalProperties, known, spoilt), { maxKeys: 3 });
  return fc.tuple(whole, more).map(([one, two]) => ({ ...two, ...one }));
}

function plainOf(schema: Schema, known: Known, spoilt: Spoilt): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const either = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (either?.length) return fc.oneof(...either.map((one) => valueOf(one, known, spoilt)));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object':
      return objectOf(schema, known, spoilt);
    case 'array':
      if (schema.prefixItems)
        return fc.tuple(...schema.prefixItems.map((one) => valueOf(one, known, spoilt)));
      return fc.array(valueOf(schema.items ?? {}, known, spoilt), { maxLength: 4 });
    case 'string':
      return stringOf(schema, known);
    case 'integer':
    case 'number':
      return numberOf(schema, known);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.oneof(
        someText,
        fc.constantFrom<unknown>(...known.numbers),
        fc.constantFrom('on', true, 'yes'),
      );
  }
}

const valueOf = (schema: Schema, known: Known, spoilt: Spoilt): fc.Arbitrary<unknown> =>
  perhaps(plainOf(schema, known, spoilt), spoilt);

/** Values for one shape of a contract: that fit it, nearly fit it, or hardly do. */
export function valuesFor(shape: z.ZodType, known: Known): fc.Arbitrary<unknown> {
  const schema = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Schema;
  return fc.oneof(
    { weight: 4, arbitrary: valueOf(schema, known, 0) },
    { weight: 4, arbitrary: valueOf(schema, known, 20) },
    { weight: 1, arbitrary: valueOf(schema, known, 4) },
  );
}
