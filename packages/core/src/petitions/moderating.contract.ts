/** The moderators' desk: the queue, one petition with all that is needed to decide, and each decision with its reason. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { day, done, id, lang, listOf, number, page, text, when, words } from '../kit/shapes.ts';
import { petitionEndpoints as at } from './endpoints.ts';
import { PETITION_DECISIONS, PETITION_PARTS, REJECTION_CODES } from './plain.ts';
import { params, petitionBrief, petitionFull, state } from './shapes.ts';

export const QUEUE_TABS = ['waiting', 'new', 'nearly_overdue', 'overdue', 'back', 'appealed'] as const;
const passage = z.object({
  field: z.enum(['title', 'why', 'details']),
  from: z.number().int().min(0).max(2000),
  to: z.number().int().min(0).max(2000),
});
const reason = text(1000);
const note = z.string().trim().max(2000).optional();

/** Each decision says why, in public; the note is for colleagues alone. */
const decision = z.discriminatedUnion('command', [
  z.object({ command: z.literal('publish'), lang, note }),
  z.object({
    command: z.literal('return'),
    reason,
    passages: z.array(passage).max(50).default([]),
    lang,
    note,
  }),
  z.object({
    command: z.literal('reject'),
    code: z.enum(REJECTION_CODES),
    reason,
    /** the petition that it repeats: people are led there */
    original: number.optional(),
    lang,
    note,
  }),
  z.object({
    command: z.literal('hide'),
    /** none: the whole text */
    parts: z.array(z.enum(PETITION_PARTS)).max(4).default([]),
    reason,
    lang,
    note,
  }),
  z.object({ command: z.literal('show'), reason, lang, note }),
]);
export type ModeratorSays = z.infer<typeof decision>;

const decided = z.object({
  id,
  command: z.enum(PETITION_DECISIONS),
  code: z.string().nullable(),
  reason: z.string(),
  lang,
  at: when,
  appealed: z.boolean(),
  appealUpheld: z.boolean().nullable(),
  appealReason: z.string().nullable(),
});

export const petitionModeratingContracts = {
  listPetitionQueue: contract({
    endpoint: at.listPetitionQueue,
    access: 'staff',
    summary: 'What waits for a moderator, what is due first on top',
    query: z.object({ organisation: id.optional(), tab: z.enum(QUEUE_TABS).default('waiting'), page }),
    answer: listOf(
      petitionBrief.extend({
        by: z.string(),
        moderateBy: day.nullable(),
        /** sent back once already: now it is published or rejected */
        back: z.boolean(),
        overdue: z.boolean(),
        /** who has it open just now */
        open: z.array(z.string()).max(10),
      }),
    ).extend({
      organisation: z.object({ id, name: words }),
      counts: z.record(z.enum(QUEUE_TABS), z.number()),
      /** working days from arriving to the decision, over the last ninety days; null where none was decided */
      averageDays: z.number().nullable(),
      topic: z.string(),
    }),
    refusals: ['not_allowed'],
  }),
  readPetitionAtDesk: contract({
    endpoint: at.readPetitionAtDesk,
    access: 'staff',
    summary: 'One petition at the desk: its words whole, similar ones, every earlier wording and decision',
    params,
    answer: petitionFull.extend({
      moderateBy: day.nullable(),
      returned: z.number(),
      hiddenParts: z.array(z.enum(PETITION_PARTS)).max(4),
      similar: z.array(petitionBrief).max(5),
      versions: z
        .array(
          z.object({
            version: z.number(),
            title: z.string(),
            why: z.string(),
            details: z.string().nullable(),
            at: when,
          }),
        )
        .max(20),
      decisions: z
        .array(
          decided.extend({
            passages: z.array(passage).max(50),
            by: z.string(),
            note: z.string().nullable(),
            appeal: z.string().nullable(),
            appealOpen: z.boolean(),
          }),
        )
        .max(20),
      open: z.array(z.string()).max(10),
    }),
    refusals: ['not_found'],
  }),
  openPetitionAtDesk: contract({
    endpoint: at.openPetitionAtDesk,
    access: 'staff',
    summary: 'I have it open, or no longer: said again every minute, seen by colleagues',
    params,
    body: z.object({ open: z.enum(['yes', 'no']) }),
    answer: z.object({ open: z.array(z.string()).max(10) }),
    refusals: ['not_found'],
  }),
  decidePetition: contract({
    endpoint: at.decidePetition,
    access: 'staff',
    summary:
      'Publish, send back once with reasons, reject with a code, merge into another, hide or show parts',
    params,
    body: decision,
    answer: z.object({ state, decision: id }),
    refusals: [
      'not_found',
      'not_allowed',
      'paused',
      'not_from_this_state',
      'already_returned',
      'reason_needed',
      'original_needed',
      'original_of_itself',
      'original_not_found',
    ],
  }),
  decidePetitionAppeal: contract({
    endpoint: at.decidePetitionAppeal,
    access: 'staff',
    summary: 'Decide an appeal as another moderator: upheld, it is published or shown again',
    params,
    body: z.object({ decision: id, upheld: z.enum(['yes', 'no']), reason }),
    answer: z.object({ state }),
    refusals: ['not_found', 'not_to_appeal', 'already_appealed', 'same_moderator', 'paused'],
  }),
  appealPetitionDecision: contract({
    endpoint: at.appealPetitionDecision,
    access: 'person',
    summary: 'Ask once for another moderator’s decision on my petition',
    params,
    body: z.object({ decision: id, words: text(1000) }),
    answer: done,
    refusals: ['not_found', 'not_to_appeal', 'already_appealed', 'same_moderator'],
  }),
  listPetitionDecisions: contract({
    endpoint: at.listPetitionDecisions,
    access: 'public',
    summary: 'The public log: what moderators decided on petitions, and why; the newest first',
    query: z.object({ page }),
    answer: listOf(decided.extend({ petition: z.number(), title: z.string() })),
    refusals: [],
  }),
  listPetitionRejectionCodes: contract({
    endpoint: at.listPetitionRejectionCodes,
    access: 'public',
    summary: 'Why a petition may be rejected, in the council’s words',
    answer: z
      .array(z.object({ code: z.string(), name: words, about: words, hidesText: z.boolean() }))
      .max(40),
    refusals: [],
  }),
} as const;
