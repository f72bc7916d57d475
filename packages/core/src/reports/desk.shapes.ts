/** The shapes of the desk. */
import { z } from 'zod';
import { id, lang, number, optionalText, ticked, when, words } from '../kit/shapes.ts';
import { MOST_IN_BULK } from './desk.ts';
import { DESK_CHANGES, PRIORITIES, QUEUE_VIEWS } from './plain.ts';
import { STAFF_COMMANDS } from './rules.ts';
import { reportBrief, reportFull, state } from './shapes.ts';

export const command = z.enum(STAFF_COMMANDS);
export const priority = z.coerce.number().pipe(z.literal(PRIORITIES));
/** an empty select of a form is no choice */
export const noneOr = <T extends z.ZodType>(shape: T) =>
  z.preprocess((v) => (v === '' ? undefined : v), shape.optional());
const somebody = z.object({ person: id, name: z.string() });

/** `?view=mine&ward=weirside&group=roads`: kept in the address, so that a colleague can be sent a queue. */
export const queueFilters = z.object({
  organisation: noneOr(id),
  view: z.enum(QUEUE_VIEWS).default('needs'),
  ward: noneOr(z.string().max(80)),
  group: noneOr(z.string().max(40)),
  state: noneOr(state),
  team: noneOr(z.string().max(60)),
  overdue: ticked.optional(),
  q: optionalText(120),
  page: z.coerce.number().int().min(1).max(1000).default(1),
});
export type QueueFilters = z.output<typeof queueFilters>;

export const queueItem = reportBrief.extend({
  expectedOn: z.string().nullable(),
  stateAt: when,
  priority: z.number(),
  private: z.boolean(),
  hidden: z.boolean(),
  /** came, or changed, after I last said "I have seen these" */
  fresh: z.boolean(),
  assigned: z
    .object({ name: z.string().nullable(), team: z.string().nullable(), mine: z.boolean() })
    .nullable(),
});
export type QueueItem = z.infer<typeof queueItem>;

/** What staff send with every change of state: the state they saw, and the words that go out. */
export const change = {
  command,
  saw: state,
  text: optionalText(2000),
  lang: lang.default('en'),
  /** the ready-made answer it began with */
  template: noneOr(id),
  /** which report it repeats */
  original: noneOr(number),
  /** the day that is set, `YYYY-MM-DD` */
  on: noneOr(z.iso.date()),
};
/** `12:new`: a report and the state it was seen in; one word, so that a tick box can carry it. */
export const seenReport = z
  .string()
  .regex(/^[1-9][0-9]{0,15}:[a-z_]{1,40}$/)
  .transform((v) => ({ report: Number(v.split(':')[0]), saw: v.split(':')[1]! }));
export const seenReports = z.preprocess(
  (v) => (typeof v === 'string' ? [v] : v),
  z.array(seenReport).min(1).max(MOST_IN_BULK),
);

export const template = z.object({
  id,
  group: z.string().nullable(),
  command,
  name: words,
  text: words,
});

export const reportAtDesk = reportFull.extend({
  stateAt: when,
  hidden: z.boolean(),
  priority: z.number(),
  channel: z.string(),
  /** who made it: their name only where they chose to show it */
  reporter: z.object({ name: z.string().nullable(), lang, reachable: z.boolean(), asked: when.nullable() }),
  assigned: z.object({ person: somebody.nullable(), team: z.string().nullable() }),
  notes: z.array(
    z.object({ id, by: z.string().nullable(), text: z.string(), minutes: z.number().nullable(), at: when }),
  ),
  minutes: z.number(),
  versions: z.array(z.object({ id, title: z.string(), detail: z.string(), at: when })),
  changes: z.array(
    z.object({
      id,
      by: z.string().nullable(),
      what: z.enum(DESK_CHANGES),
      states: z.object({ from: state, to: state }).nullable(),
      /** a colleague, a team, a category */
      from: words.nullable(),
      to: words.nullable(),
      at: when,
      undone: z.boolean(),
    }),
  ),
  /** what councillors asked the officers, the newest first */
  questions: z
    .array(
      z.object({
        id,
        by: z.string().nullable(),
        text: z.string(),
        lang,
        open: z.boolean(),
        /** whoever reads asked it */
        mine: z.boolean(),
        at: when,
        answer: z.object({ text: z.string(), lang, by: z.string().nullable(), at: when }).nullable(),
      }),
    )
    .max(50),
  nearby: z.array(reportBrief.extend({ metres: z.number() })),
  /** already filled for this report */
  templates: z.array(template),
  may: z.object({
    change: z.boolean(),
    commands: z.array(command),
    needWords: z.array(command),
    undo: z.boolean(),
    askOfficer: z.boolean(),
  }),
  colleagues: z.array(somebody).max(500),
  teams: z.array(z.string()),
  categories: z.array(z.object({ id, name: words, group: z.string(), organisation: words })).max(300),
  /** who else has it open */
  open: z.array(z.string()),
});
export type ReportAtDesk = z.infer<typeof reportAtDesk>;
