/** The staff desk for reports: the queue, one report, and what may be done with it. */
import { z } from 'zod';
import { actOn } from '../kit/acts.ts';
import { contract } from '../kit/contract.ts';
import {
  done,
  id,
  idempotencyKey,
  lang,
  listOf,
  optionalText,
  text,
  ticked,
  when,
  words,
} from '../kit/shapes.ts';
import { LOOKED_FOR } from '../people/plain.ts';
import { reportDeskEndpoints as at } from './desk.endpoints.ts';
import {
  change,
  command,
  noneOr,
  priority,
  queueFilters,
  queueItem,
  reportAtDesk,
  seenReports,
  template,
} from './desk.shapes.ts';
import { answers, params, state } from './shapes.ts';

const changed = z.object({ state, update: z.number().nullable() });
const CHANGE_REFUSALS = [
  'not_found',
  'changed_meanwhile',
  'not_from_this_state',
  'original_needed',
  'duplicate_of_itself',
] as const;

const queue = {
  listReportQueue: contract({
    endpoint: at.listReportQueue,
    access: 'staff',
    summary: 'What waits at my desk, oldest promise first',
    query: queueFilters,
    answer: listOf(queueItem).extend({
      organisation: z.object({ id, name: words }),
      organisations: z.array(z.object({ id, name: words })).max(50),
      counts: z.object({
        needs: z.number(),
        late: z.number(),
        mine: z.number(),
        fresh: z.number(),
        open: z.number(),
      }),
      /** whole minutes of work that the things which need a person will take */
      minutes: z.number(),
      lookedAt: when.nullable(),
      wards: z.array(z.object({ slug: z.string(), name: words })),
      groups: z.array(z.string()),
      teams: z.array(z.string()),
      mayChange: z.boolean(),
      /** what the page listens to */
      topic: z.string(),
      seq: z.number(),
    }),
    refusals: ['not_allowed'],
  }),
  markQueueSeen: contract({
    endpoint: at.markQueueSeen,
    access: 'staff',
    summary: 'I have seen what is new: from now on only later things are',
    body: z.object({ organisation: id }),
    answer: done,
    refusals: ['not_allowed'],
  }),
  changeReportsInBulk: contract({
    endpoint: at.changeReportsInBulk,
    access: 'staff',
    summary: 'The same change for up to 50 reports; each is its own, and one that is refused stops no other',
    body: z.object({
      ...change,
      saw: z.undefined().optional(),
      original: z.undefined().optional(),
      reports: seenReports,
    }),
    answer: z.object({
      results: z.array(z.object({ report: z.number(), ok: z.boolean(), code: z.string().nullable() })),
      changed: z.number(),
    }),
    refusals: [],
  }),
  makeReportForSomeone: contract({
    endpoint: at.makeReportForSomeone,
    access: 'staff',
    summary: 'Make a report for somebody on the phone or at the counter, with their consent as it was worded',
    body: z.object({
      lon: z.coerce.number().min(-180).max(180),
      lat: z.coerce.number().min(-90).max(90),
      place: optionalText(200),
      category: id,
      answers: answers.default({}),
      title: text(120),
      detail: text(4000),
      lang,
      /** the person, as `actFor` found or made them; nobody for one who will not say */
      person: noneOr(id),
      channel: z.enum(['phone', 'counter', 'paper']),
      idempotencyKey,
    }),
    answer: z.object({ report: z.number(), expectedOn: z.string().nullable() }),
    refusals: ['not_allowed', 'outside', 'stopped'],
  }),
} as const;

const one = {
  readReportAtDesk: contract({
    endpoint: at.readReportAtDesk,
    access: 'staff',
    summary: 'One report with all that staff need to decide; no contact details',
    params,
    answer: reportAtDesk,
    refusals: ['not_found'],
    looks: 'reports.seePrivateReport',
  }),
  readReporter: contract({
    endpoint: at.readReporter,
    access: 'staff',
    summary: 'How to reach whoever made it, for a reason that they can read afterwards',
    params,
    body: z.object({ why: z.enum(LOOKED_FOR) }),
    answer: z.object({
      name: z.string().nullable(),
      lang,
      contacts: z.array(z.object({ kind: z.string(), value: z.string(), verified: z.boolean() })),
    }),
    refusals: ['not_found'],
    looks: 'reports.seeReporter',
  }),
  openReportAtDesk: contract({
    endpoint: at.openReportAtDesk,
    access: 'staff',
    summary: 'I have it open, or not any more; answers who else has',
    params,
    body: z.object({ open: z.enum(['yes', 'no']) }),
    answer: z.object({ open: z.array(z.string()) }),
    refusals: ['not_found'],
  }),
  changeReportState: contract({
    endpoint: at.changeReportState,
    access: 'staff',
    summary: 'Move a report on, with the words that its maker will read',
    params,
    body: z.object(change),
    answer: changed,
    refusals: [...CHANGE_REFUSALS],
  }),
  undoReportChange: contract({
    endpoint: at.undoReportChange,
    access: 'staff',
    summary: 'Take my last change of this report back, within two minutes',
    params,
    answer: z.object({ state }),
    refusals: ['not_found', 'nothing_to_undo', 'too_late', 'changed_meanwhile'],
  }),
  answerReport: contract({
    endpoint: at.answerReport,
    access: 'staff',
    summary: 'Say something as the council; the state stays',
    params,
    body: z.object({ text: text(2000), lang, idempotencyKey }),
    answer: z.object({ update: z.number() }),
    refusals: ['not_found'],
  }),
  askReporter: contract({
    endpoint: at.askReporter,
    access: 'staff',
    summary: 'Ask whoever made it; they get a mail and answer on the page',
    params,
    body: z.object({ text: text(1000), lang, idempotencyKey }),
    answer: z.object({ update: z.number(), mailed: z.boolean() }),
    refusals: ['not_found'],
  }),
  assignReport: contract({
    endpoint: at.assignReport,
    access: 'staff',
    summary: 'Give it to a colleague, a team, or nobody',
    params,
    body: z.object({ person: noneOr(id), team: optionalText(60) }),
    answer: done,
    refusals: ['not_found'],
  }),
  setReportPriority: contract({
    endpoint: at.setReportPriority,
    access: 'staff',
    summary: 'Ordinary, soon or at once, among colleagues',
    params,
    body: z.object({ priority }),
    answer: done,
    refusals: ['not_found'],
  }),
  noteOnReport: contract({
    endpoint: at.noteOnReport,
    access: 'staff',
    summary: 'A note that only staff read, the minutes it took, or both',
    params,
    body: z
      .object({ text: optionalText(2000), minutes: noneOr(z.coerce.number().int().min(1).max(600)) })
      .refine((it) => it.text !== undefined || it.minutes !== undefined, {
        path: ['text'],
        message: 'required',
      }),
    answer: done,
    refusals: ['not_found'],
  }),
  askOfficer: contract({
    endpoint: at.askOfficer,
    access: 'staff',
    summary:
      'As a councillor of the ward, ask the officers; openly where question and answer shall be public',
    params,
    body: z.object({ text: text(500), lang, open: ticked.default(false) }),
    answer: z.object({ question: id }),
    refusals: ['not_found', 'asked_already'],
  }),
  answerCouncillor: contract({
    endpoint: at.answerCouncillor,
    access: 'staff',
    summary: 'Answer a councillor’s question; what was asked openly then stands on the report’s page',
    params,
    body: z.object({ question: id, text: text(1200), lang }),
    answer: done,
    refusals: ['not_found', 'answered_already'],
  }),
  moveReport: contract({
    endpoint: at.moveReport,
    access: 'staff',
    summary: 'Another category, and with it perhaps another organisation',
    params,
    body: z.object({ category: id, saw: state, text: optionalText(2000), lang: lang.default('en') }),
    answer: z.object({ organisation: id, away: z.boolean() }),
    refusals: ['not_found', 'changed_meanwhile', 'already_there', 'ended'],
  }),
} as const;

const templates = {
  listReportTemplates: contract({
    endpoint: at.listReportTemplates,
    access: 'staff',
    summary: 'The ready-made answers of my organisation',
    query: z.object({ organisation: noneOr(id) }),
    answer: z.object({
      organisation: z.object({ id, name: words }),
      items: z.array(template).max(300),
      groups: z.array(z.string()),
      mayEdit: z.boolean(),
    }),
    refusals: ['not_allowed'],
  }),
  saveReportTemplate: contract({
    endpoint: at.saveReportTemplate,
    access: 'staff',
    summary: 'Write a ready-made answer, or change one',
    body: z.object({
      template: noneOr(id),
      organisation: id,
      group: optionalText(40),
      command,
      name: z.object({ en: text(80), cy: optionalText(80) }),
      text: z.object({ en: text(2000), cy: optionalText(2000) }),
    }),
    answer: z.object({ template: id }),
    refusals: ['not_found', 'not_allowed'],
  }),
  endReportTemplate: actOn('template', {
    endpoint: at.endReportTemplate,
    access: 'staff',
    summary: 'Offer a ready-made answer no more',
    refusals: ['not_found'],
  }),
} as const;

export const reportDeskContracts = { ...queue, ...one, ...templates } as const;
