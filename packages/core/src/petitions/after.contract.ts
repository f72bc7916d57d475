/** What comes after: the answer, evidence, a debate, words to the signers, and whether the answer answers them. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { day, done, id, lang, listOf, optionalText, page, text, when, words } from '../kit/shapes.ts';
import { petitionEndpoints as at } from './endpoints.ts';
import { COUNCIL_STEPS, STEP_KINDS } from './plain.ts';
import { params, petitionBrief, petitionFull, state } from './shapes.ts';

/** A field that was left empty is an absent one. */
const maybe = <T extends z.ZodType>(it: T) =>
  z.preprocess((v) => (typeof v === 'string' && v.trim() === '' ? undefined : v), it.optional());
const link = maybe(z.url({ protocol: /^https?$/ }).max(500));
const votes = maybe(z.coerce.number().int().min(0).max(10_000));
/** `1:02:03` and `62:03` are seconds, as the player of a video writes them. */
const seconds = maybe(
  z.preprocess(
    (v) =>
      typeof v === 'string' && /^\d{1,3}(:\d{1,2}){0,2}$/.test(v.trim())
        ? v.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
        : v,
    z.number().int().min(0).max(86_400),
  ),
);
/** `by`: who answers, where somebody else types it in. `takes`: what the council will do, of the scheme's list. */
const said = { summary: text(200), details: optionalText(8000), lang, by: optionalText(120) };
const takes = z.array(z.enum(COUNCIL_STEPS)).max(8).default([]);
const debate = z.object({
  meeting: optionalText(200),
  agenda: link,
  video: link,
  /** where in the video it begins, in seconds */
  videoFrom: seconds,
  transcript: link,
  decision: optionalText(500),
  votesFor: votes,
  votesAgainst: votes,
  abstained: votes,
});

export const ANSWER_TABS = ['answer', 'evidence', 'debate', 'scrutiny', 'published'] as const;
const owed = {
  /** the day by which the scheme promises it, pauses counted in; null where nothing is owed */
  due: day.nullable(),
  overdue: z.boolean(),
  /** working days until that day, below nought when it is past */
  daysLeft: z.number().nullable(),
};

export const petitionAfterContracts = {
  countPetitionDesk: contract({
    endpoint: at.countPetitionDesk,
    access: 'staff',
    summary: 'How many petitions wait for me at the desk; null where that is not my work',
    query: z.object({}),
    answer: z.object({ moderate: z.number().nullable(), answer: z.number().nullable() }),
    refusals: [],
  }),
  listPetitionsToAnswer: contract({
    endpoint: at.listPetitionsToAnswer,
    access: 'staff',
    summary: 'What the council owes: an answer, a debate, a word of scrutiny; what is due first on top',
    query: z.object({ organisation: id.optional(), tab: z.enum(ANSWER_TABS).default('answer'), page }),
    answer: listOf(
      petitionBrief.extend({ ...owed, reachedAt: when.nullable(), scheduledOn: day.nullable() }),
    ).extend({
      organisation: z.object({ id, name: words }),
      counts: z.record(z.enum(ANSWER_TABS), z.number()),
      overdue: z.number(),
      topic: z.string(),
    }),
    refusals: ['not_allowed'],
  }),
  readPetitionToAnswer: contract({
    endpoint: at.readPetitionToAnswer,
    access: 'staff',
    summary: 'One petition with all that is needed to answer it, and who would hear of it',
    params,
    answer: petitionFull.extend({
      answerDue: z.object(owed),
      evidenceDue: z.object(owed),
      debateDue: z.object(owed),
      /** what may be written down now */
      kinds: z.array(z.enum(STEP_KINDS)).max(8),
      /** the steps that a council may take, as the scheme has them */
      takes: z.array(z.enum(COUNCIL_STEPS)).max(8),
      speakingMinutes: z.number(),
      /** signers who asked to hear more, and have an address */
      readers: z.number(),
      /** a mailing that is still on its way: what is said now takes its place */
      mailing: z.object({ kind: z.string(), at: when, sent: z.number() }).nullable(),
      pausedUntil: day.nullable(),
      may: z.object({ answer: z.boolean(), stop: z.boolean(), moderate: z.boolean() }),
      topic: z.string(),
    }),
    refusals: ['not_found'],
  }),
  answerPetition: contract({
    endpoint: at.answerPetition,
    access: 'staff',
    summary:
      'What became of it: an answer, evidence, a debate set, held or declined, or news for the signers',
    params,
    body: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('response'), ...said, happensOn: maybe(day), takes }),
      z.object({ kind: z.literal('evidence'), ...said, happensOn: day, data: debate.default({}) }),
      z.object({ kind: z.literal('debate_scheduled'), ...said, happensOn: day, data: debate.default({}) }),
      z.object({ kind: z.literal('debated'), ...said, happensOn: day, data: debate.default({}) }),
      z.object({ kind: z.literal('not_debated'), ...said }),
      z.object({ kind: z.literal('update'), ...said }),
      z.object({ kind: z.literal('scrutiny_outcome'), ...said, happensOn: maybe(day) }),
    ]),
    answer: z.object({ step: id }),
    refusals: ['not_found', 'not_published', 'not_from_this_state', 'not_asked', 'not_in_scheme', 'paused'],
  }),
  stopPetition: contract({
    endpoint: at.stopPetition,
    access: 'staff',
    summary: 'The council’s final decision makes an end of it, with a public reason',
    params,
    body: z.object({ reason: text(500) }),
    answer: z.object({ state }),
    refusals: ['not_found', 'not_from_this_state', 'reason_needed'],
  }),
  askScrutiny: contract({
    endpoint: at.askScrutiny,
    access: 'person',
    summary: 'As its organiser, ask scrutiny to look at how my petition was handled; once, after the answer',
    params,
    body: z.object({ words: text(200), lang }),
    answer: z.object({ step: id }),
    refusals: ['not_found', 'not_answered', 'already_asked'],
  }),
  ratePetitionAnswer: contract({
    endpoint: at.ratePetitionAnswer,
    access: 'person',
    summary: 'As a signer, say whether the answer answers it; the last word counts',
    params,
    body: z.object({ answers: z.enum(['yes', 'no']) }),
    answer: done,
    refusals: ['not_found', 'not_answered', 'not_signed'],
  }),
} as const;
