/**
 * The scheme: what a council has promised about petitions, as data. Every petition is pinned to the version it was
 * made under; a change makes a new version and never changes a running petition.
 */
import { z } from 'zod';
import { BASES, COUNCIL_STEPS, THRESHOLDS, type Threshold } from './plain.ts';

export const scheme = z
  .object({
    /** supporters, the organiser not among them, before a petition is looked at */
    supporters: z.number().int().min(0).max(100).default(5),
    /** signatures for a written answer */
    response: z.number().int().min(1).default(100),
    /** for an officer to give evidence in public */
    evidence: z.number().int().min(1).default(1750),
    /** for a debate in full council */
    debate: z.number().int().min(1).default(3500),
    /** days of signing */
    days: z.number().int().min(7).max(730).default(180),
    /** working days until the organiser hears that it arrived, and until it is moderated */
    acknowledgeDays: z.number().int().min(1).max(60).default(10),
    moderateDays: z.number().int().min(1).max(60).default(5),
    /** working days from a threshold until the council has answered, and until full council has talked about it */
    answerDays: z.number().int().min(1).max(250).default(20),
    debateDays: z.number().int().min(1).max(250).default(60),
    /** who may sign */
    bases: z
      .array(z.enum(BASES))
      .min(1)
      .default([...BASES]),
    minimumAge: z.number().int().min(0).max(18).nullable().default(null),
    steps: z
      .array(z.enum(COUNCIL_STEPS))
      .min(1)
      .default([...COUNCIL_STEPS]),
    /** what a petition may not be about, in the council's words */
    excluded: z.object({ en: z.string(), cy: z.string().optional() }).default({
      en: 'Decisions on planning and licences, and matters with an appeal of their own, unless something goes wrong again and again.',
      cy: 'Penderfyniadau cynllunio a thrwyddedu, a materion sydd â’u hapêl eu hunain, oni bai bod rhywbeth yn mynd o’i le dro ar ôl tro.',
    }),
    /** minutes that the organiser may speak */
    speakingMinutes: z.number().int().min(0).max(60).default(5),
    /** months before the same subject may come again */
    repeatMonths: z.number().int().min(0).max(36).default(6),
    /** days that names and addresses are kept after closing */
    keepDays: z.number().int().min(0).max(3650).default(180),
  })
  .refine((it) => it.response <= it.evidence && it.evidence <= it.debate, {
    message: 'not_rising',
    path: ['debate'],
  });
export type Scheme = z.output<typeof scheme>;
export const schemeDefaults: Scheme = scheme.parse({});

/** The 2009 Act let no council ask for more than this share of the people; since repealed, still good practice. */
export const DEBATE_SHARE = 0.05;
export const asksTooMuch = (it: Pick<Scheme, 'debate'>, population: number): boolean =>
  population > 0 && it.debate > population * DEBATE_SHARE;

export const thresholdsOf = (it: Scheme): Record<Threshold, number> => ({
  response: it.response,
  evidence: it.evidence,
  debate: it.debate,
});
/** The thresholds in rising order with their numbers. */
export const ladder = (it: Scheme): Array<{ threshold: Threshold; at: number }> =>
  THRESHOLDS.map((threshold) => ({ threshold, at: thresholdsOf(it)[threshold] }));
