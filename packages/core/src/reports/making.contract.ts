/** Making a report: the draft page by page, its photos, sending it. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import {
  done,
  email,
  id,
  idempotencyKey,
  lang,
  lat,
  lon,
  optionalText,
  personName,
  postcode,
  text,
  ticked,
  when,
  words,
} from '../kit/shapes.ts';
import { reportEndpoints as at } from './endpoints.ts';
import { REPORT_PAGES } from './plain.ts';
import { answers, question, reportBrief } from './shapes.ts';

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
  /** where a photo was taken, when that is not where the pin is: the person may take it over */
  offer: z.object({ lon: z.number(), lat: z.number(), place: z.string().nullable() }).nullable(),
  notSimilar: z.boolean(),
  title: z.string().nullable(),
  detail: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  showName: z.boolean(),
  /** the next page that still lacks something */
  next: z.enum(REPORT_PAGES),
  /** words that end it here: "danger to life: call 999" */
  stopped: words.nullable(),
  updatedAt: when,
});
export type ReportDraft = z.infer<typeof draft>;

/** A tick that may be absent: a page of the draft says only what it asks. */
const said = z
  .union([z.boolean(), z.enum(['on', 'true', '1', ''])])
  .transform((v) => (typeof v === 'boolean' ? v : v !== ''));

const sent = z.object({
  report: z.number(),
  waits: z.boolean(),
  email: z.string().nullable(),
  private: z.boolean(),
  expectedOn: z.string().nullable(),
});

export const reportMakingContracts = {
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
    refusals: ['outside'],
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
      notSimilar: said.optional(),
      photosDone: said.optional(),
      answers: answers.optional(),
      title: text(120).optional(),
      detail: text(4000).optional(),
      name: personName.optional(),
      email: email.optional(),
      showName: said.optional(),
    }),
    answer: draft,
    refusals: ['outside', 'no_draft'],
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
    refusals: ['no_draft', 'not_finished', 'outside', 'stopped', 'too_many'],
  }),
  readSentReport: contract({
    endpoint: at.readSentReport,
    access: 'public',
    summary: 'The report I sent last from this device: what the page "done" says',
    answer: sent.extend({ at: when }).nullable(),
    refusals: [],
  }),
  uploadPhoto: contract({
    endpoint: at.uploadPhoto,
    access: 'public',
    summary: 'One photo for my draft, as multipart; a page without a script is sent back to the draft',
    query: z.object({
      for: z.enum(['report-draft']),
      /** the page that sent it, and its language: where a form is answered to */
      from: z.enum(['photos', 'place']).default('photos'),
      lang: lang.default('en'),
    }),
    answer: draft,
    refusals: [
      'other_origin',
      'no_file',
      'not_a_photo',
      'phone_format',
      'broken_photo',
      'too_large',
      'too_many_pixels',
      'too_many_photos',
      'busy',
    ],
  }),
  makeReport: contract({
    endpoint: at.makeReport,
    access: 'public',
    summary: 'Report something in one go',
    body: newReport,
    answer: sent,
    refusals: ['outside', 'stopped', 'too_many'],
  }),
} as const;
