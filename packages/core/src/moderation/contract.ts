/** Pointing at something, deciding about it, the public log, and another look. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import {
  done,
  id,
  idempotencyKey,
  lang,
  listOf,
  optionalText,
  page,
  text,
  when,
  words,
} from '../kit/shapes.ts';
import { moderationEndpoints as at } from './endpoints.ts';
import { DECISIONS, FLAG_REASONS, HOUSE_RULES, PART_KINDS } from './plain.ts';

/** `report:12` and `update:40` */
const thing = {
  topic: z.string().regex(/^[a-z]{2,20}:[A-Za-z0-9-]{1,40}$/),
  part: z
    .string()
    .regex(/^(text|(update|photo):[A-Za-z0-9-]{1,40})$/)
    .default('text'),
};
const rule = z.coerce.number().pipe(z.literal(HOUSE_RULES));
const decisionId = z.object({ decision: id });
const kind = z.enum(PART_KINDS);
const decision = z.enum(DECISIONS);

const shown = z.object({
  topic: z.string(),
  part: z.string(),
  kind,
  /** the report, the petition */
  title: z.string(),
  text: z.string().nullable(),
  /** a photo's file under `/files/` */
  photo: z.string().nullable(),
  lang,
  to: z.string(),
  at: when,
});

const flaggedBrief = z.object({
  topic: z.string(),
  part: z.string(),
  kind,
  title: z.string(),
  text: z.string(),
  lang,
  reasons: z.array(z.object({ reason: z.enum(FLAG_REASONS), count: z.number() })),
  flags: z.number(),
  since: when,
  /** the house rules promise one working day; after that it is late */
  late: z.boolean(),
  appeal: id.nullable(),
});

/** A decision as everybody may read it: what, by which rule, why; never who wrote the thing. */
const publicDecision = z.object({
  id,
  decision,
  kind,
  rule: z.number().nullable(),
  reason: z.string(),
  lang,
  at: when,
  undone: z.boolean(),
  organisation: words.nullable(),
  /** named where they are elected */
  by: z.string().nullable(),
  /** where the thing can be seen, if it can */
  to: z.string().nullable(),
  appeal: z
    .object({ decided: z.boolean(), upheld: z.boolean().nullable(), reason: z.string().nullable() })
    .nullable(),
});
export type PublicDecision = z.infer<typeof publicDecision>;

const REFUSALS = [
  'not_found',
  'changed_meanwhile',
  'own_words',
  'already_hidden',
  'not_hidden',
  'nothing_open',
] as const;

const flagging = {
  readFlaggable: contract({
    endpoint: at.readFlaggable,
    access: 'public',
    summary: 'What somebody is about to point at',
    query: z.object(thing),
    answer: shown,
    refusals: ['not_found'],
  }),
  flagSomething: contract({
    endpoint: at.flagSomething,
    access: 'public',
    summary: 'Report this: one a person or device and thing',
    body: z.object({ ...thing, reason: z.enum(FLAG_REASONS), detail: optionalText(1000), idempotencyKey }),
    answer: done,
    refusals: ['not_found', 'too_many'],
  }),
} as const;

const deciding = {
  listFlagged: contract({
    endpoint: at.listFlagged,
    access: 'staff',
    summary: 'What people pointed at, and who asks for another look, oldest first',
    query: z.object({ page }),
    answer: listOf(flaggedBrief).extend({
      late: z.number(),
      minutes: z.number(),
      topics: z.array(z.string()).max(20),
      seq: z.number(),
    }),
    refusals: ['not_allowed'],
  }),
  readFlagged: contract({
    endpoint: at.readFlagged,
    access: 'staff',
    summary: 'One of them: what it says, why it is here, who wrote it as far as everyone may know',
    query: z.object(thing),
    answer: shown.extend({
      hidden: z.boolean(),
      flags: z
        .array(z.object({ reason: z.enum(FLAG_REASONS), detail: z.string().nullable(), at: when }))
        .max(50),
      author: z.object({
        name: z.string().nullable(),
        since: z.number().nullable(),
        takenDown: z.number(),
        reachable: z.boolean(),
        lang,
        me: z.boolean(),
      }),
      rule: z.number().nullable(),
      private: z.boolean(),
      earlier: z.array(publicDecision).max(20),
      appeal: z.object({ decision: id, text: z.string(), reason: z.string(), mine: z.boolean() }).nullable(),
      undo: id.nullable(),
    }),
    refusals: ['not_found'],
  }),
  decideFlagged: contract({
    endpoint: at.decideFlagged,
    access: 'staff',
    summary: 'Hide it, let it stand or show it again, by a rule and with words for its author',
    body: z.object({
      ...thing,
      decision,
      /** what the moderator saw: it was hidden, or not */
      saw: z.enum(['shown', 'hidden']),
      rule: z.preprocess((v) => (v === '' ? undefined : v), rule.optional()),
      reason: text(1000),
      lang,
      privateNote: optionalText(1000),
    }),
    answer: z.object({ decision: id, hidden: z.boolean() }),
    refusals: [...REFUSALS],
  }),
  undoDecision: contract({
    endpoint: at.undoDecision,
    access: 'staff',
    summary: 'Take my decision back, within two minutes',
    params: decisionId,
    answer: z.object({ hidden: z.boolean() }),
    refusals: ['not_found', 'nothing_to_undo', 'changed_meanwhile', 'too_late'],
  }),
  decideAppeal: contract({
    endpoint: at.decideAppeal,
    access: 'staff',
    summary: 'Another look, by another moderator',
    params: decisionId,
    body: z.object({ upheld: z.enum(['yes', 'no']), reason: text(1000) }),
    answer: z.object({ hidden: z.boolean() }),
    refusals: ['not_found', 'no_appeal', 'already_decided', 'same_moderator', 'own_words'],
  }),
} as const;

const log = {
  listDecisions: contract({
    endpoint: at.listDecisions,
    access: 'public',
    summary: 'The public log of decisions, newest first',
    query: z.object({ page }),
    answer: listOf(publicDecision).extend({
      /** the last 30 days, said as a sentence */
      lately: z.object({ hidden: z.number(), stood: z.number(), appeals: z.number(), upheld: z.number() }),
    }),
    refusals: [],
  }),
  readDecision: contract({
    endpoint: at.readDecision,
    access: 'public',
    summary: 'One decision; its author may ask for another look here',
    params: decisionId,
    answer: publicDecision.extend({
      title: z.string().nullable(),
      mine: z.boolean(),
      mayAppeal: z.boolean(),
      appealUntil: when,
    }),
    refusals: ['not_found'],
  }),
  appealDecision: contract({
    endpoint: at.appealDecision,
    access: 'person',
    summary: 'Ask for another look at what was done with my words, once',
    params: decisionId,
    body: z.object({ text: text(2000) }),
    answer: done,
    refusals: ['not_found', 'not_hidden', 'already_appealed', 'too_late'],
  }),
} as const;

export const moderationContracts = { ...flagging, ...deciding, ...log } as const;
