import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import {
  done,
  email,
  id,
  idempotencyKey,
  lang,
  lat,
  listOf,
  lon,
  number,
  optionalText,
  page,
  personName,
  postcode,
  text,
  ticked,
  when,
  words,
} from '../kit/shapes.ts';
import { reportEndpoints as at } from './endpoints.ts';
import {
  REPORT_AGES,
  REPORT_LOOKS,
  REPORT_SORTS,
  REPORT_STATES,
  REPORT_UPDATE_KINDS,
  STATE_GROUPS,
} from './plain.ts';
import { QUESTION_KINDS } from './questions.ts';

const state = z.enum(REPORT_STATES);
const look = z.enum(REPORT_LOOKS);
const params = z.object({ report: number });
const answers = z.record(
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

const mark = z.union([
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

const photo = z.object({
  id,
  hash: z.string(),
  alt: words.nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
});

const timelineEntry = z.object({
  id: z.number(),
  kind: z.enum(REPORT_UPDATE_KINDS),
  at: when,
  by: z.object({ name: z.string().nullable(), organisation: words.nullable() }),
  stateTo: state.nullable(),
  text: z.string().nullable(),
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
  /** seq of the newest event on this report: what the live page starts from */
  seq: z.number(),
});
export type ReportFull = z.infer<typeof reportFull>;

const question = z.object({
  code: z.string(),
  kind: z.enum(QUESTION_KINDS),
  label: words,
  hint: words.optional(),
  required: z.boolean(),
  options: z.array(z.object({ code: z.string(), label: words, stopper: words.optional() })).optional(),
});

/** What a person tells us in one go; the draft gathers the same, page by page. */
const newReport = z.object({
  lon,
  lat,
  place: optionalText(200),
  category: id,
  answers: answers.default({}),
  title: text(120),
  detail: text(4000),
  lang,
  name: personName.optional(),
  email: email.optional(),
  postcode: postcode.optional(),
  showName: ticked.default(false),
  idempotencyKey,
});

const draft = z.object({
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  place: z.string().nullable(),
  ward: words.nullable(),
  category: z
    .object({
      id,
      name: words,
      group: z.string(),
      questions: z.array(question),
      stopper: words.nullable(),
      organisation: words,
      private: z.boolean(),
      expectedDays: z.number().nullable(),
    })
    .nullable(),
  answers,
  photos: z.array(z.object({ hash: z.string() })).max(3),
  title: z.string().nullable(),
  detail: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  showName: z.boolean(),
  /** the next page that still lacks something */
  next: z.enum(['place', 'category', 'similar', 'questions', 'photos', 'words', 'you', 'check']),
  stopped: words.nullable(),
});

const sent = z.object({
  report: z.number(),
  waits: z.boolean(),
  email: z.string().nullable(),
  private: z.boolean(),
  expectedOn: z.string().nullable(),
});

export const reportContracts = {
  listReports: contract({
    endpoint: at.listReports,
    access: 'public',
    summary: 'Reports, newest change first',
    query: reportFilters.extend({
      q: optionalText(120),
      sort: z.enum(REPORT_SORTS).default('updated'),
      page,
    }),
    answer: listOf(reportBrief).extend({
      counts: z.object({ open: z.number(), fixed: z.number(), closed: z.number() }),
    }),
    refusals: [],
  }),
  listReportMarks: contract({
    endpoint: at.listReportMarks,
    access: 'public',
    summary: 'At most about 100 marks for a map view: single reports and clusters',
    query: reportFilters.extend({ zoom: z.coerce.number().int().min(5).max(20).default(14) }),
    answer: z.object({ marks: z.array(mark).max(130), total: z.number() }),
    refusals: [],
  }),
  readReport: contract({
    endpoint: at.readReport,
    access: 'public',
    summary: 'One report with its timeline',
    params,
    answer: reportFull,
    refusals: ['not_found'],
  }),
  listReportCategories: contract({
    endpoint: at.listReportCategories,
    access: 'public',
    summary: 'What can be reported here, and who will get it',
    query: z.object({ lon: lon.optional(), lat: lat.optional() }),
    answer: z
      .array(
        z.object({
          id,
          code: z.string(),
          group: z.string(),
          name: words,
          hint: words.nullable(),
          organisation: words,
          private: z.boolean(),
          expectedDays: z.number().nullable(),
          questions: z.array(question),
        }),
      )
      .max(200),
    refusals: [],
  }),
  listSimilarReports: contract({
    endpoint: at.listSimilarReports,
    access: 'public',
    summary: 'Already reported? Open ones of the same group nearby, at most five',
    params: z.object({ category: id }),
    query: z.object({ lon, lat }),
    answer: z.array(reportBrief.extend({ metres: z.number() })).max(5),
    refusals: ['not_found'],
  }),

  startReportDraft: contract({
    endpoint: at.startReportDraft,
    access: 'public',
    summary: 'Begin a report; the draft is kept for this visitor',
    body: z.object({ lon: lon.optional(), lat: lat.optional(), place: optionalText(200) }).optional(),
    answer: draft,
    refusals: [],
  }),
  readReportDraft: contract({
    endpoint: at.readReportDraft,
    access: 'public',
    summary: 'My draft, as far as it is',
    answer: draft.nullable(),
    refusals: [],
  }),
  saveReportDraft: contract({
    endpoint: at.saveReportDraft,
    access: 'public',
    summary: 'Save one page of my draft',
    body: z.object({
      lon: lon.optional(),
      lat: lat.optional(),
      place: optionalText(200),
      category: id.optional(),
      notSimilar: ticked.optional(),
      photosDone: ticked.optional(),
      answers: answers.optional(),
      title: text(120).optional(),
      detail: text(4000).optional(),
      name: personName.optional(),
      email: email.optional(),
      showName: ticked.optional(),
    }),
    answer: draft,
    refusals: ['outside'],
  }),
  dropReportDraft: contract({
    endpoint: at.dropReportDraft,
    access: 'public',
    summary: 'Throw my draft away',
    answer: done,
    refusals: [],
  }),
  removeReportDraftPhoto: contract({
    endpoint: at.removeReportDraftPhoto,
    access: 'public',
    summary: 'Take a photo out of my draft',
    body: z.object({ hash: z.string().max(80) }),
    answer: draft,
    refusals: ['not_found'],
  }),
  sendReportDraft: contract({
    endpoint: at.sendReportDraft,
    access: 'public',
    summary: 'Send my draft; without an account it waits for the button in the mail',
    body: z.object({ lang, idempotencyKey }),
    answer: sent,
    refusals: ['not_finished', 'outside', 'stopped', 'too_many'],
  }),
  makeReport: contract({
    endpoint: at.makeReport,
    access: 'public',
    summary: 'Report something in one go',
    body: newReport,
    answer: sent,
    refusals: ['outside', 'stopped', 'too_many'],
  }),

  supportReport: contract({
    endpoint: at.supportReport,
    access: 'public',
    summary: 'Me too: one a person or device',
    params,
    body: z.object({ idempotencyKey }).optional(),
    answer: z.object({ supports: z.number(), mine: z.literal(true) }),
    refusals: ['not_found', 'too_many'],
  }),
  commentOnReport: contract({
    endpoint: at.commentOnReport,
    access: 'person',
    summary: 'Say more about a report',
    params,
    body: z.object({ text: text(2000), lang, showName: ticked.default(false), idempotencyKey }),
    answer: z.object({ update: z.number() }),
    refusals: ['not_found', 'too_many'],
  }),
  sayWhetherFixed: contract({
    endpoint: at.sayWhetherFixed,
    access: 'person',
    summary: 'It is fixed, or it is not',
    params,
    body: z.object({
      fixed: z.enum(['yes', 'no']),
      served: z.enum(['yes', 'no']).optional(),
      text: optionalText(2000),
      lang,
      idempotencyKey,
    }),
    answer: z.object({ state, saidFixed: z.number(), saidNotFixed: z.number() }),
    refusals: ['not_found', 'not_confirmed'],
  }),
  editReport: contract({
    endpoint: at.editReport,
    access: 'person',
    summary: 'Change my words in the first half hour',
    params,
    body: z.object({ title: text(120), detail: text(4000), showName: ticked.default(false) }),
    answer: reportFull,
    refusals: ['not_found', 'too_late'],
  }),
  withdrawReport: contract({
    endpoint: at.withdrawReport,
    access: 'person',
    summary: 'Take my report back in the first half hour',
    params,
    answer: done,
    refusals: ['not_found', 'too_late', 'not_from_this_state'],
  }),
} as const;
