/** What a petition looks like in one shape and one word: of its three machines the one that tells most. */
import type { DebateState, PetitionState, ResponseState, Threshold } from '@folkmoot/core/petitions/plain';
import type { StateGroup } from '@folkmoot/ui/icons';
import { m } from '@folkmoot/words';

export type PetitionLook =
  | 'draft'
  | 'gathering'
  | 'reading'
  | 'returned'
  | 'open'
  | 'awaiting'
  | 'answered'
  | 'awaiting_debate'
  | 'scheduled'
  | 'debated'
  | 'not_debated'
  | 'rejected'
  | 'withdrawn'
  | 'stopped'
  | 'closed';

type Standing = { state: PetitionState; response: ResponseState; debate: DebateState };

const early: Partial<Record<PetitionState, PetitionLook>> = {
  draft: 'draft',
  gathering_supporters: 'gathering',
  in_moderation: 'reading',
  returned: 'returned',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  stopped: 'stopped',
};
const ofDebate: Partial<Record<DebateState, PetitionLook>> = {
  awaiting: 'awaiting_debate',
  scheduled: 'scheduled',
  debated: 'debated',
  not_debated: 'not_debated',
};

export function petitionLook({ state, response, debate }: Standing): PetitionLook {
  const plain = state === 'open' ? 'open' : 'closed';
  const answer = response === 'responded' ? 'answered' : response === 'awaiting' ? 'awaiting' : plain;
  return early[state] ?? ofDebate[debate] ?? answer;
}

const groups: Record<PetitionLook, StateGroup> = {
  draft: 'new',
  gathering: 'new',
  reading: 'check',
  returned: 'passed',
  open: 'new',
  awaiting: 'check',
  answered: 'done',
  awaiting_debate: 'fix',
  scheduled: 'dated',
  debated: 'done',
  not_debated: 'closed',
  rejected: 'closed',
  withdrawn: 'closed',
  stopped: 'closed',
  closed: 'closed',
};
/** The shape beside the word: the same ones that reports have, filling as the council does its part. */
export const lookGroup = (look: PetitionLook): StateGroup => groups[look];
export const lookWord = (look: PetitionLook): string => m.petitions_look({ look });

type Rung = { threshold: Threshold; at: number; reachedAt: string | null };
/** The next number that does something; null where all of them are reached. */
export const nextRung = (thresholds: readonly Rung[]): Rung | null =>
  thresholds.find(({ reachedAt }) => reachedAt === null) ?? null;

const mores = {
  response: m.petitions_row_more_response,
  evidence: m.petitions_row_more_evidence,
  debate: m.petitions_row_more_debate,
} as const;
/** "**296 more** and the whole council must talk about it." */
export const moreWords = ({ threshold, at }: Rung, signatures: number): string =>
  mores[threshold]({ count: Math.max(1, at - signatures) });

/** "2 people of 5 stand behind it", and what comes then. */
export const supportersWords = ({ have, need }: { have: number; need: number }): string =>
  `${m.petition_supporters({ count: have, need })} ${have < need ? m.petition_supporters_then({ need }) : m.petition_supporters_there()}`;
