/** What a petition looks like to whoever asks: in a list, and whole. */
import { z } from 'zod';
import { day, id, lang, number, point, when, words } from '../kit/shapes.ts';
import { PAUSE_KINDS } from '../places/plain.ts';
import { BASES, DEBATE_STATES, PETITION_STATES, RESPONSE_STATES, STEP_KINDS, THRESHOLDS } from './plain.ts';

export const params = z.object({ petition: number });
export const state = z.enum(PETITION_STATES);
export const basis = z.enum(BASES);
const organisation = z.object({ id, name: words });
const ward = z.object({ id, slug: z.string(), name: words });

export const threshold = z.object({
  threshold: z.enum(THRESHOLDS),
  at: z.number(),
  /** once reached it stays reached, also when false signatures are taken away */
  reachedAt: when.nullable(),
});

/** how many days the line beside a petition in a list goes back */
export const DAYS_SHOWN = 28;

export const petitionBrief = z.object({
  id: z.number(),
  title: z.string(),
  why: z.string(),
  lang,
  state,
  response: z.enum(RESPONSE_STATES),
  debate: z.enum(DEBATE_STATES),
  /** confirmed, online and on paper together */
  signatures: z.number(),
  organisation,
  openedAt: when.nullable(),
  closesAt: when.nullable(),
  closedAt: when.nullable(),
  updatedAt: when,
  /** in rising order, as its scheme promised them */
  thresholds: z.array(threshold).max(3),
  rejection: z
    .object({
      code: z.string(),
      name: words,
      reason: z.string(),
      lang,
      /** the same reason in the other language, where somebody wrote it */
      otherReason: z.string().nullable(),
      original: z.number().nullable(),
    })
    .nullable(),
});
export type PetitionBrief = z.infer<typeof petitionBrief>;

/** As a list shows it. */
export const petitionListed = petitionBrief.extend({
  /** confirmed in the last hour, where the list is of those */
  lately: z.number().nullable(),
  /** confirmed a day, the oldest first and today last; empty before it opened */
  days: z.array(z.number()).max(DAYS_SHOWN),
});
export type PetitionListed = z.infer<typeof petitionListed>;

export const petitionStep = z.object({
  id,
  kind: z.enum(STEP_KINDS),
  summary: z.string(),
  details: z.string().nullable(),
  lang,
  data: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  happensOn: day.nullable(),
  by: z.string(),
  at: when,
});

export const petitionFull = petitionBrief.extend({
  /** the newest event of this petition: where the live page starts from */
  seq: z.number(),
  details: z.string().nullable(),
  by: z.string().nullable(),
  topics: z.array(z.string()).max(10),
  /** empty: the whole place */
  wards: z.array(ward).max(50),
  place: point.nullable(),
  online: z.number(),
  paper: z.number(),
  /** taken away as false; a threshold that was reached with them stays reached */
  invalidated: z.number(),
  /** only while it gathers them */
  supporters: z.object({ have: z.number(), need: z.number() }).nullable(),
  createdAt: when,
  endedReason: z.string().nullable(),
  hiddenReason: z.string().nullable(),
  steps: z.array(petitionStep).max(100),
  bases: z.array(basis).max(3),
  minimumAge: z.number().nullable(),
});
export type PetitionFull = z.infer<typeof petitionFull>;

/** As its page shows it: with what is promised to who signs, and what waits just now. */
export const petitionPage = petitionFull.extend({
  /** confirmed in the last hour; only while it is open */
  lately: z.number().nullable(),
  /** work of the council that is paused today, and the last day of it */
  paused: z.array(z.object({ what: z.enum(PAUSE_KINDS), until: day })).max(10),
  speakingMinutes: z.number(),
  /** what was reached and is not done yet, with the day by which the scheme promises it, pauses counted in */
  promised: z.array(z.object({ threshold: z.enum(THRESHOLDS), by: day, late: z.boolean() })).max(3),
  /** days that names and addresses are kept after closing */
  keepDays: z.number(),
});
export type PetitionPage = z.infer<typeof petitionPage>;
