/** Making a petition: a draft page by page, sending it off, changing what was sent back, taking it back. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import {
  done,
  id,
  idempotencyKey,
  lang,
  lat,
  listOf,
  lon,
  optionalText,
  page,
  personName,
  postcode,
  text,
  when,
} from '../kit/shapes.ts';
import { petitionEndpoints as at } from './endpoints.ts';
import { DETAILS_LETTERS, PETITION_DECISIONS, TITLE_LETTERS, WHY_LETTERS } from './plain.ts';
import { basis, params, petitionBrief, petitionFull, state } from './shapes.ts';

const decision = z.object({
  id,
  command: z.enum(PETITION_DECISIONS),
  code: z.string().nullable(),
  reason: z.string(),
  lang,
  passages: z
    .array(
      z.object({
        field: z.enum(['title', 'why', 'details']),
        from: z.number().int().min(0),
        to: z.number().int().min(0),
      }),
    )
    .max(50),
  at: when,
  appealedAt: when.nullable(),
  appealUpheld: z.boolean().nullable(),
  appealReason: z.string().nullable(),
  mayAppeal: z.boolean(),
});

const mine = petitionFull.extend({
  /** the path to send to those who shall support it; null before it is sent off */
  supporterPath: z.string().nullable(),
  /** what is still missing before it can be sent off */
  missing: z.array(z.enum(['title', 'why'])).max(2),
  decisions: z.array(decision).max(20),
});

export const petitionMakingContracts = {
  startPetition: contract({
    endpoint: at.startPetition,
    access: 'person',
    summary: 'Begin a petition: what do you want the council to do?',
    body: z.object({
      organisation: id.optional(),
      title: text(TITLE_LETTERS),
      lang,
      idempotencyKey,
    }),
    answer: z.object({ petition: z.number() }),
    refusals: ['no_scheme', 'too_many'],
  }),
  listMyPetitions: contract({
    endpoint: at.listMyPetitions,
    access: 'person',
    summary: 'What I started myself, drafts too, the newest first',
    query: z.object({ page }),
    answer: listOf(petitionBrief),
    refusals: [],
  }),
  readMyPetition: contract({
    endpoint: at.readMyPetition,
    access: 'person',
    summary: 'My petition with the supporters’ link and what moderators said of it',
    params,
    answer: mine,
    refusals: ['not_found'],
  }),
  savePetition: contract({
    endpoint: at.savePetition,
    access: 'person',
    summary: 'Save one page of my draft, or amend what was sent back; the old wording is kept',
    params,
    body: z.object({
      title: text(TITLE_LETTERS).optional(),
      why: text(WHY_LETTERS).optional(),
      details: optionalText(DETAILS_LETTERS),
      topics: z.array(text(40)).max(10).optional(),
      wards: z.array(id).max(50).optional(),
      lon: lon.optional(),
      lat: lat.optional(),
    }),
    answer: mine,
    refusals: ['not_found', 'not_from_this_state'],
  }),
  dropPetitionDraft: contract({
    endpoint: at.dropPetitionDraft,
    access: 'person',
    summary: 'Throw my draft away',
    params,
    answer: done,
    refusals: ['not_found', 'not_from_this_state'],
  }),
  submitPetition: contract({
    endpoint: at.submitPetition,
    access: 'person',
    summary: 'Send it off, or back to the moderators after amending; my own signature is its first',
    params,
    body: z.object({
      name: personName.optional(),
      postcode: postcode.optional(),
      basis: basis.optional(),
    }),
    answer: z.object({ state, supporterPath: z.string(), supportersNeeded: z.number() }),
    refusals: [
      'not_found',
      'not_finished',
      'not_from_this_state',
      'basis_not_allowed',
      'too_soon',
      'too_many',
    ],
  }),
  withdrawPetition: contract({
    endpoint: at.withdrawPetition,
    access: 'person',
    summary: 'Take my petition back; once it is public, with a reason that everybody may read',
    params,
    body: z.object({ reason: z.string().trim().max(500).default('') }),
    answer: z.object({ state }),
    refusals: ['not_found', 'not_from_this_state', 'reason_needed'],
  }),
} as const;
