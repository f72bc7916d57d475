/** "Right now": what the front page of the town, and of each ward, says. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { lang, when, words } from '../kit/shapes.ts';
import { petitionListed, petitionStep } from '../petitions/shapes.ts';
import { reportBrief } from '../reports/shapes.ts';
import { homeEndpoints as at } from './endpoints.ts';
import { HAPPENINGS } from './plain.ts';

/** A count of people by area: held back from 1 to 7, else rounded to 5. */
const shown = z.union([z.number(), z.literal('c')]);

const titled = z.object({ id: z.number(), title: z.string(), lang });
const happening = z.object({
  /** the event’s number */
  id: z.number(),
  at: when,
  kind: z.enum(HAPPENINGS),
  /** what it happened to: one of the two */
  report: titled.nullable(),
  petition: titled.nullable(),
  /** how many people say so, where the event is one more of them */
  supports: z.number().nullable(),
});

/** Everything is of the last 30 days, unless it says otherwise: a month that has just begun would look empty. */
const now = z.object({
  tookPart: z.object({
    people: z.number(),
    /** of them, those who took part in this ward, as of this morning; null town-wide, or before the first morning */
    here: shown.nullable(),
    asOf: when.nullable(),
  }),
  /** days from telling us to being fixed, the middle one of all; null where too few were fixed */
  wait: z.object({ days: z.number().nullable(), yearAgo: z.number().nullable() }),
  /** of those who told us and were asked in the last year: how many say it really was put right */
  putRight: z.object({ yes: z.number(), asked: z.number() }).nullable(),
  fixed: z.number(),
  told: z.number(),
  open: z.object({
    all: z.number(),
    /** streets where somebody is at work */
    mending: z.number(),
    dated: z.number(),
    checking: z.number(),
    fresh: z.number(),
    overdue: z.number(),
  }),
  close: z.array(reportBrief).max(4),
  petitions: z.object({
    /** open ones; in a ward those about it or about the whole place */
    open: z.number(),
    /** signatures confirmed in the last hour, of all petitions of the place */
    signedLately: z.number(),
    /** the ones that have come furthest towards their next number */
    nearly: z.array(petitionListed).max(3),
    /** what the council answered last */
    answers: z
      .array(
        petitionStep
          .pick({ kind: true, summary: true, lang: true, by: true, at: true })
          .extend({ petition: titled }),
      )
      .max(3),
    /** in a ward: what most people there have signed, as of this morning and never a small number */
    here: z.array(petitionListed.extend({ here: z.number() })).max(3),
  }),
  news: z.array(happening).max(8),
  /** the newest event this page knows: where live begins */
  seq: z.number(),
});

const ward = z.object({ id: z.string(), code: z.string(), slug: z.string(), name: words });

export const homeContracts = {
  readTown: contract({
    endpoint: at.readTown,
    access: 'public',
    summary: 'The town right now: who took part, what is being done, what just happened',
    answer: now,
    refusals: [],
  }),
  readWardNow: contract({
    endpoint: at.readWardNow,
    access: 'public',
    summary: 'A ward right now',
    params: z.object({ slug: z.string().max(80) }),
    answer: now.extend({ ward }),
    refusals: ['not_found'],
  }),
  listWardsNow: contract({
    endpoint: at.listWardsNow,
    access: 'public',
    summary: 'The wards side by side: what is open now, and who took part as of this morning',
    answer: z.object({
      asOf: when.nullable(),
      wards: z
        .array(
          ward.extend({
            population: z.number().nullable(),
            /** reports are public one by one, so their number is, too */
            open: z.number(),
            /** of them, for each 1,000 who live there, to one decimal */
            perThousand: z.number().nullable(),
            /** people, in the 30 days up to this morning; held back and rounded */
            tookPart: shown.nullable(),
          }),
        )
        .max(300),
    }),
    refusals: [],
  }),
} as const;
