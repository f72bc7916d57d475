/** What comes after: the answer, evidence, a debate, words to the signers, and whether the answer answers them. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { day, done, id, lang, optionalText, text } from '../kit/shapes.ts';
import { petitionEndpoints as at } from './endpoints.ts';
import { params, state } from './shapes.ts';

const link = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .optional();
const said = { summary: text(200), details: optionalText(8000), lang };
const debate = z.object({
  meeting: optionalText(200),
  agenda: link,
  video: link,
  /** where in the video it begins, in seconds */
  videoFrom: z.number().int().min(0).max(86_400).optional(),
  transcript: link,
  decision: optionalText(500),
  votesFor: z.number().int().min(0).max(10_000).optional(),
  votesAgainst: z.number().int().min(0).max(10_000).optional(),
  abstained: z.number().int().min(0).max(10_000).optional(),
});

export const petitionAfterContracts = {
  answerPetition: contract({
    endpoint: at.answerPetition,
    access: 'staff',
    summary:
      'What became of it: an answer, evidence, a debate set, held or declined, or news for the signers',
    params,
    body: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('response'), ...said }),
      z.object({ kind: z.literal('evidence'), ...said, happensOn: day, data: debate.default({}) }),
      z.object({ kind: z.literal('debate_scheduled'), ...said, happensOn: day, data: debate.default({}) }),
      z.object({ kind: z.literal('debated'), ...said, happensOn: day, data: debate.default({}) }),
      z.object({ kind: z.literal('not_debated'), ...said }),
      z.object({ kind: z.literal('update'), ...said }),
    ]),
    answer: z.object({ step: id }),
    refusals: ['not_found', 'not_published', 'not_from_this_state', 'paused'],
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
