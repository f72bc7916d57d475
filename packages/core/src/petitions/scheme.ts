/**
 * The scheme: what a council has promised about petitions, as data. Every petition is pinned to the version it was
 * made under; a change makes a new version and never changes a running petition.
 */
import { z } from 'zod';
import { BASES, COUNCIL_STEPS, THRESHOLDS, type Threshold } from './plain.ts';

/** no council has as many people */
const MOST_SIGNATURES = 100_000_000;

export const scheme = z
  .object({
    /** supporters, the organiser not among them, before a petition is looked at */
    supporters: z.number().int().min(0).max(100).default(5),
    /** signatures for a written answer */
    response: z.number().int().min(1).max(MOST_SIGNATURES).default(100),
    /** for an officer to give evidence in public */
    evidence: z.number().int().min(1).max(MOST_SIGNATURES).default(1750),
    /** for a debate in full council */
    debate: z.number().int().min(1).max(MOST_SIGNATURES).default(3500),
    /** per cent of the people, in place of `debate`; worked out for each petition when it is started */
    debateShare: z.number().min(0.1).max(100).nullable().default(null),
    /** days of signing */
    days: z.number().int().min(7).max(730).default(180),
    /** working days until the organiser hears that it arrived, and until it is moderated */
    acknowledgeDays: z.number().int().min(1).max(60).default(10),
    moderateDays: z.number().int().min(1).max(60).default(5),
    /** working days from a threshold until the council has answered, an officer spoken, full council talked about it */
    answerDays: z.number().int().min(1).max(250).default(20),
    evidenceDays: z.number().int().min(1).max(250).default(40),
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
    /** whether organisers may enter their own paper sheets; officers always may */
    organiserSheets: z.boolean().default(false),
    /** minutes that the organiser may speak */
    speakingMinutes: z.number().int().min(0).max(60).default(5),
    /** months before the same subject may come again */
    repeatMonths: z.number().int().min(0).max(36).default(6),
    /** days that names and addresses are kept after closing */
    keepDays: z.number().int().min(0).max(3650).default(180),
  })
  .refine((it) => it.response <= it.evidence, { message: 'not_rising', path: ['evidence'] })
  .refine((it) => it.debateShare !== null || it.evidence <= it.debate, {
    message: 'not_rising',
    path: ['debate'],
  });
export type Scheme = z.output<typeof scheme>;
export const schemeDefaults: Scheme = scheme.parse({});

/** The 2009 Act let no council ask for more than this share of the people; since repealed, still good practice. */
export const DEBATE_SHARE = 0.05;
type DebateAsks = Pick<Scheme, 'debate'> & Partial<Pick<Scheme, 'debateShare' | 'evidence'>>;
/**
 * Signatures for a debate: the number, or the share of so many people, rounded up and never below what evidence
 * needs. Where nobody has counted the people the number stands in for the share.
 */
export function debateNeeds(it: DebateAsks, population: number): number {
  if (it.debateShare == null || population <= 0) return Math.max(it.debate, it.evidence ?? 0);
  return Math.max(it.evidence ?? 1, Math.ceil((population * it.debateShare) / 100));
}
export const asksTooMuch = (it: DebateAsks, population: number): boolean =>
  population > 0 && debateNeeds(it, population) > population * DEBATE_SHARE;

/** A part of a scheme that another version says differently. */
export type SchemeChange = { part: keyof Scheme; from: unknown; to: unknown };
/** What changes from one version to the next, in the order of the scheme. */
export const changesBetween = (from: Scheme, to: Scheme): SchemeChange[] =>
  (Object.keys(to) as Array<keyof Scheme>)
    .filter((part) => JSON.stringify(sorted(from[part])) !== JSON.stringify(sorted(to[part])))
    .map((part) => ({ part, from: from[part], to: to[part] }));
/** Lists and words are the same in any order. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? [...value].sort()
    : value && typeof value === 'object'
      ? Object.entries(value)
          .filter(([, one]) => one !== undefined)
          .sort(([a], [b]) => (a < b ? -1 : 1))
      : value;

export const thresholdsOf = (it: Scheme): Record<Threshold, number> => ({
  response: it.response,
  evidence: it.evidence,
  debate: it.debate,
});
/** Working days from a threshold until the council has done what it brings about. */
export const daysFor = (it: Scheme, threshold: Threshold): number =>
  ({ response: it.answerDays, evidence: it.evidenceDays, debate: it.debateDays })[threshold];
/** The thresholds in rising order with their numbers. */
export const ladder = (it: Scheme): Array<{ threshold: Threshold; at: number }> =>
  THRESHOLDS.map((threshold) => ({ threshold, at: thresholdsOf(it)[threshold] }));
