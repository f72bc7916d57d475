/** Shapes that every domain's contract uses. */
import { z } from 'zod';
import { CHANNELS, LANGS } from './plain.ts';

export const lang = z.enum(LANGS);
export const channel = z.enum(CHANNELS);

/** What the council writes stands in both languages; `cy` may still be missing and the page says so. */
export const words = z.object({ en: z.string(), cy: z.string().optional() });
export type Words = z.infer<typeof words>;

/** WGS84 degrees. */
export const lon = z.coerce.number().min(-180).max(180);
export const lat = z.coerce.number().min(-90).max(90);
export const point = z.object({ lon, lat });
export type Point = z.infer<typeof point>;

export const id = z.uuid();
/** Reports, petitions and pledges have short numbers, since people read them out on the phone. */
export const number = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
export const when = z.iso.datetime({ offset: true });
export const day = z.iso.date();

/** A checkbox of a form without JavaScript says `on` or nothing. */
export const ticked = z.preprocess(
  (v) => (v === 'on' || v === 'true' || v === '1' ? true : v === '' || v === undefined ? false : v),
  z.boolean(),
);

/** An empty field of a form is an absent one. */
export const optionalText = (max: number) =>
  z.preprocess(
    (v) => (typeof v === 'string' && v.trim() === '' ? undefined : v),
    z.string().trim().max(max).optional(),
  );
export const text = (max: number) => z.string().trim().min(1).max(max);

/** A name is one line and no web address: names that are adverts are the commonest abuse of public forms. */
/** What leads somewhere is no name: `https://…`, `www.…`, `pills.example/now`, `shop.com`; `St.John`, `J.R. Rees` are. */
const ADDRESS = new RegExp(
  [
    String.raw`://|www\.`,
    String.raw`[\p{L}\p{N}-]{2,}\.[a-z]{2,}/`,
    String.raw`[\p{L}\p{N}-]{2,}\.(com|net|org|info|biz|io|uk|wales|cymru|ru|cn|xyz|top|shop|online|site|link)(\s|$)`,
  ].join('|'),
  'iu',
);
export const personName = z
  .string()
  .trim()
  .min(2)
  .max(100)
  .regex(/^[^\n\r<>]*$/)
  .refine((v) => !ADDRESS.test(v), 'not_a_name');
export const email = z.string().trim().max(254).pipe(z.email());
export const postcode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}$/);

/** Which version of a text, a scheme, a draft: 0 where there is none yet, at most as large as its column. */
export const version = z.coerce.number().int().min(0).max(2_147_483_647);

/** Sent again by a phone that lost its signal: the same key acts once for the same person. */
export const idempotencyKey = z.string().min(8).max(80).optional();

export const page = z.coerce.number().int().min(1).max(1000).default(1);
/** A bounded list: `total` is exact up to its own bound, `pages` never exceeds 1,000. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item).max(100), page: z.number(), pages: z.number(), total: z.number() });

export const done = z.object({ ok: z.literal(true) });
