/** The moderators' desk: the queue, one petition with all that is needed to decide, and each decision with its reason. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { day, done, id, lang, listOf, number, optionalText, page, text, when, words } from '../kit/shapes.ts';
import { petitionEndpoints as at } from './endpoints.ts';
import { PETITION_DECISIONS, PETITION_PARTS } from './plain.ts';
import { params, petitionBrief, petitionFull, state } from './shapes.ts';

export const QUEUE_TABS = [
  'waiting',
  'new',
  'nearly_overdue',
  'overdue',
  'back',
  'flagged',
  'appealed',
] as const;
const letter = z.number().int().min(0).max(2000);
/** A form says `why:10-25`: letters 10 to 25 of the why. */
const passage = z.preprocess(
  (said) => {
    const found = typeof said === 'string' ? /^(\w+):(\d+)-(\d+)$/.exec(said) : null;
    return found ? { field: found[1], from: Number(found[2]), to: Number(found[3]) } : said;
  },
  z.object({ field: z.enum(['title', 'why', 'details']), from: letter, to: letter }),
);
const reason = text(1000);
/** Every decision: the same reason in the other language, and a word for colleagues alone. */
const both = { lang, otherReason: optionalText(1000), note: optionalText(2000) };

/** Each decision says why, in public; the note is for colleagues alone. */
const decision = z.discriminatedUnion('command', [
  z.object({ command: z.literal('publish'), reason: optionalText(1000), ...both }),
  z.object({
    command: z.literal('return'),
    reason,
    passages: z.array(passage).max(50).default([]),
    ...both,
  }),
  z.object({
    command: z.literal('reject'),
    /** a council may have made codes of its own */
    code: z.string().regex(/^[a-z][a-z_]{1,39}$/, 'not_an_option'),
    reason,
    /** the petition that it repeats: people are led there */
    original: z.preprocess((v) => (v === '' ? undefined : v), number.optional()),
    ...both,
  }),
  z.object({
    command: z.literal('hide'),
    /** none: the whole text */
    parts: z.array(z.enum(PETITION_PARTS)).max(4).default([]),
    reason,
    ...both,
  }),
  z.object({ command: z.literal('show'), reason, ...both }),
]);
export type ModeratorSays = z.infer<typeof decision>;

const decided = z.object({
  id,
  command: z.enum(PETITION_DECISIONS),
  code: z.string().nullable(),
  reason: z.string(),
  lang,
  /** the same in the other language */
  otherReason: z.string().nullable(),
  at: when,
  appealed: z.boolean(),
  appealUpheld: z.boolean().nullable(),
  appealReason: z.string().nullable(),
});

const openings = {
  /** who else has it open just now */
  open: z.array(z.string()).max(10),
  /** the colleague who works on it; null where it is free, or mine */
  holder: z.string().nullable(),
};

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
        /** since when it waits: for its first look, for another look, or because somebody flagged it */
        since: when.nullable(),
        flags: z.number(),
        appealed: z.boolean(),
        /** who has it open just now */
        open: z.array(z.string()).max(10),
      }),
    ).extend({
      organisation: z.object({ id, name: words }),
      counts: z.record(z.enum(QUEUE_TABS), z.number()),
      /** working days from arriving to the decision, over the last ninety days; null where none was decided */
      averageDays: z.number().nullable(),
      /** working days that the scheme of today promises */
      promisedDays: z.number(),
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
            /** my own: another moderator decides an appeal against it */
            mine: z.boolean(),
            undone: z.boolean(),
            note: z.string().nullable(),
            appeal: z.string().nullable(),
            appealOpen: z.boolean(),
          }),
        )
        .max(20),
      /** since when it waits for a moderator */
      since: when.nullable(),
      overdue: z.boolean(),
      /** who stands behind it before it is published */
      supported: z.number(),
      /** what the same organiser asked before, the newest first */
      earlier: z.array(petitionBrief).max(5),
      flags: z.array(z.object({ reason: z.string(), detail: z.string().nullable(), at: when })).max(20),
      /** what a petition may not be about, in the council's words */
      excluded: words,
      /** publishing waits until after this day */
      pausedUntil: day.nullable(),
      may: z.object({ decide: z.boolean(), hide: z.boolean(), answer: z.boolean() }),
      /** my decision that can still be taken back */
      undo: id.nullable(),
      topic: z.string(),
      ...openings,
    }),
    refusals: ['not_found'],
  }),
  openPetitionAtDesk: contract({
    endpoint: at.openPetitionAtDesk,
    access: 'staff',
    summary: 'I have it open, take it over, or no longer: said again every minute, seen by colleagues',
    params,
    body: z.object({ open: z.enum(['yes', 'take', 'no']) }),
    answer: z.object(openings),
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
  undoPetitionDecision: contract({
    endpoint: at.undoPetitionDecision,
    access: 'staff',
    summary: 'Take my sending back or my rejection back, within two minutes, before anybody was told',
    params,
    body: z.object({}),
    answer: z.object({ state }),
    refusals: ['not_found', 'nothing_to_undo', 'not_to_undo', 'changed_meanwhile', 'too_late'],
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
    answer: listOf(decided.extend({ petition: z.number(), title: z.string(), titleLang: lang })),
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
