/** The shapes that the contracts of reports share. */
import { z } from 'zod';
import { id, lang, number, when, words } from '../kit/shapes.ts';
import { REPORT_AGES, REPORT_LOOKS, REPORT_STATES, REPORT_UPDATE_KINDS, STATE_GROUPS } from './plain.ts';
import { QUESTION_KINDS } from './questions.ts';

export const state = z.enum(REPORT_STATES);
export const look = z.enum(REPORT_LOOKS);
/** which report */
export const params = z.object({ report: number });
export const answers = z.record(
  z.string().max(60),
  z.union([z.string().max(2000), z.number(), z.array(z.string().max(200)).max(30)]),
);

/** `?state=open&group=roads&ward=weirside`: what map and list share, so that links carry it. */
export const reportFilters = z.object({
  state: z.enum(['all', ...STATE_GROUPS]).default('open'),
  group: z.string().max(40).optional(),
  ward: z.string().max(80).optional(),
  age: z.enum(REPORT_AGES).default('half_year'),
  /** `west,south,east,north` in degrees */
  bbox: z
    .string()
    .regex(/^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/)
    .optional(),
});
export type ReportFilters = z.output<typeof reportFilters>;

/** A report in a list. */
export const reportBrief = z.object({
  id: z.number(),
  title: z.string(),
  lang,
  state,
  look,
  place: z.string(),
  ward: z.object({ slug: z.string(), name: words }).nullable(),
  category: z.object({ id, name: words, group: z.string() }),
  lon: z.number(),
  lat: z.number(),
  supports: z.number(),
  at: when,
  updatedAt: when,
  overdue: z.boolean(),
  photo: z.string().nullable(),
});
export type ReportBrief = z.infer<typeof reportBrief>;

export const mark = z.union([
  z.object({ id: z.number(), lon: z.number(), lat: z.number(), look, title: z.string() }),
  /** a cluster: how many of each look, in the order of REPORT_LOOKS */
  z.object({
    count: z.number(),
    lon: z.number(),
    lat: z.number(),
    looks: z.array(z.number()).length(REPORT_LOOKS.length),
    bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  }),
]);
export type ReportMark = z.infer<typeof mark>;

export const photo = z.object({
  id,
  hash: z.string(),
  alt: words.nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
});

export const timelineEntry = z.object({
  id: z.number(),
  kind: z.enum(REPORT_UPDATE_KINDS),
  at: when,
  by: z.object({ name: z.string().nullable(), organisation: words.nullable() }),
  stateTo: state.nullable(),
  text: z.string().nullable(),
  /** what a verdict said */
  fixed: z.boolean().nullable(),
  lang,
  photos: z.array(photo),
});

export const reportFull = reportBrief.extend({
  detail: z.string(),
  answers: z.array(z.object({ label: words, value: words })),
  organisation: z.object({ id, name: words }),
  by: z.string().nullable(),
  photos: z.array(photo),
  timeline: z.array(timelineEntry).max(200),
  expectedOn: z.string().nullable(),
  duplicateOf: z.number().nullable(),
  saidFixed: z.number(),
  saidNotFixed: z.number(),
  private: z.boolean(),
  /** what only a signed-in reader is told; null in what everybody is given */
  /** in the first half hour: whoever wrote it may sign in and change it */
  fresh: z.boolean().default(false),
  mine: z
    .object({
      maker: z.boolean(),
      /** the maker may still change or take back their words */
      mayEdit: z.boolean(),
      supported: z.boolean(),
      showName: z.boolean(),
    })
    .nullable(),
  /** seq of the newest event on this report: what the live page starts from */
  seq: z.number(),
});
export type ReportFull = z.infer<typeof reportFull>;

export const question = z.object({
  code: z.string(),
  kind: z.enum(QUESTION_KINDS),
  label: words,
  hint: words.optional(),
  required: z.boolean(),
  options: z.array(z.object({ code: z.string(), label: words, stopper: words.optional() })).optional(),
});
