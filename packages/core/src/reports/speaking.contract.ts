/** Speaking up on a report: me too, a word more, is it really fixed, and the maker's own second thoughts. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { done, email, idempotencyKey, lang, optionalText, personName, text, ticked } from '../kit/shapes.ts';
import { reportEndpoints as at } from './endpoints.ts';
import { params, reportFull, state } from './shapes.ts';

/** Who says it, where nobody is signed in. */
const light = { name: personName.optional(), email: email.optional() };
/** Whether it waits for the button in the mail, and to which address that went. */
const waits = { waits: z.boolean(), email: z.string().nullable() };

export const reportSpeakingContracts = {
  supportReport: contract({
    endpoint: at.supportReport,
    access: 'public',
    summary: 'Me too: one a person or device',
    params,
    body: z.object({ idempotencyKey }).optional(),
    answer: z.object({ supports: z.number(), mine: z.literal(true) }),
    refusals: ['not_found', 'too_many'],
  }),
  commentOnReport: contract({
    endpoint: at.commentOnReport,
    access: 'public',
    summary: 'Say more about a report; without an account it waits for the button in the mail',
    params,
    body: z.object({ text: text(2000), lang, showName: ticked.default(false), ...light, idempotencyKey }),
    answer: z.object({ update: z.number().nullable(), ...waits }),
    refusals: ['not_found', 'too_many'],
  }),
  sayWhetherFixed: contract({
    endpoint: at.sayWhetherFixed,
    access: 'public',
    summary: 'It is fixed, or it is not; without an account it waits for the button in the mail',
    params,
    body: z.object({
      fixed: z.enum(['yes', 'no']),
      served: z.enum(['yes', 'no']).optional(),
      text: optionalText(2000),
      lang,
      ...light,
      idempotencyKey,
    }),
    answer: z.object({ state, saidFixed: z.number(), saidNotFixed: z.number(), ...waits }),
    refusals: ['not_found', 'not_confirmed', 'too_many'],
  }),
  editReport: contract({
    endpoint: at.editReport,
    access: 'person',
    summary: 'Change my words in the first half hour',
    params,
    body: z.object({ title: text(120), detail: text(4000), showName: ticked.default(false) }),
    answer: reportFull,
    refusals: ['not_found', 'too_late'],
  }),
  withdrawReport: contract({
    endpoint: at.withdrawReport,
    access: 'person',
    summary: 'Take my report back in the first half hour',
    params,
    answer: done,
    refusals: ['not_found', 'too_late', 'not_from_this_state'],
  }),
} as const;
