/** Making a petition: a draft page by page, sending it off, changing what was sent back, taking it back. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import {
  done,
  email,
  id,
  idempotencyKey,
  lang,
  lat,
  listOf,
  lon,
  page,
  personName,
  postcode,
  text,
  ticked,
  when,
  words,
} from '../kit/shapes.ts';
import { petitionEndpoints as at } from './endpoints.ts';
import {
  DETAILS_LETTERS,
  PETITION_DECISIONS,
  PETITION_PAGES,
  PETITION_TOPICS,
  PETITION_WHERE,
  TITLE_LETTERS,
  WHY_LETTERS,
} from './plain.ts';
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

/** Working days from arriving at the moderators' desk to their decision, over the last ninety days. */
const clock = z.object({ averageDays: z.number().nullable(), waiting: z.number() });

const mine = petitionFull.extend({
  /** the first page that still lacks something; `check` where nothing does */
  next: z.enum(PETITION_PAGES),
  /** what it is about, once that was asked */
  where: z.enum(PETITION_WHERE).nullable(),
  /** the street nearest to the pin */
  street: z.string().nullable(),
  /** what the last page was told, while it is a draft */
  you: z
    .object({
      name: z.string().nullable(),
      email: z.string().nullable(),
      postcode: z.string().nullable(),
      basis: basis.nullable(),
      age: z.number().nullable(),
    })
    .nullable(),
  /** sent off without an account: it waits for the button in the mail to this address */
  waits: z.object({ email: z.string() }).nullable(),
  /** supporters or signers who have not yet pressed the button in their mail */
  unconfirmed: z.number(),
  /** signers who agreed that their organiser reads their name */
  named: z.number(),
  /** the wording that moderators marked, while it is with its organiser again */
  sentBack: z.object({ title: z.string(), why: z.string(), details: z.string().nullable() }).nullable(),
  moderation: clock.extend({ since: when.nullable(), by: z.iso.date().nullable() }),
  /** what the council does not take petitions about, in its own words, and how many supporters it asks for */
  scheme: z.object({ supporters: z.number(), excluded: words }),
  /** the path to send to those who shall support it; null before it is sent off */
  supporterPath: z.string().nullable(),
  /** what is still missing before it can be sent off */
  missing: z.array(z.enum(['title', 'why'])).max(2),
  decisions: z.array(decision).max(20),
});

export const petitionMakingContracts = {
  startPetition: contract({
    endpoint: at.startPetition,
    access: 'public',
    summary:
      'Begin a petition: what do you want the council to do? Without an account the draft belongs to the draft cookie',
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
    access: 'public',
    summary: 'What I started myself, drafts too, the newest first; to a visitor the drafts of their cookie',
    query: z.object({ page, drafts: ticked.default(false) }),
    answer: listOf(petitionBrief),
    refusals: [],
  }),
  readMyPetition: contract({
    endpoint: at.readMyPetition,
    access: 'public',
    summary: 'My petition with the supporters’ link and what moderators said of it',
    params,
    answer: mine,
    refusals: ['not_found'],
  }),
  savePetition: contract({
    endpoint: at.savePetition,
    access: 'public',
    summary: 'Save one page of my draft, or amend what was sent back; the old wording is kept',
    params,
    body: z.object({
      title: text(TITLE_LETTERS).optional(),
      why: text(WHY_LETTERS).optional(),
      /** empty takes it out */
      details: z.string().trim().max(DETAILS_LETTERS).optional(),
      /** one like it was looked at, and this is another */
      notSimilar: ticked.optional(),
      where: z.enum(PETITION_WHERE).optional(),
      topics: z.array(z.enum(PETITION_TOPICS)).max(3).optional(),
      wards: z.array(id).max(50).optional(),
      lon: lon.optional(),
      lat: lat.optional(),
      name: personName.optional(),
      email: email.optional(),
      postcode: postcode.optional(),
      basis: basis.optional(),
      age: z.coerce.number().int().min(0).max(120).optional(),
    }),
    answer: mine,
    refusals: ['not_found', 'not_from_this_state', 'outside', 'locked'],
  }),
  dropPetitionDraft: contract({
    endpoint: at.dropPetitionDraft,
    access: 'public',
    summary: 'Throw my draft away',
    params,
    answer: done,
    refusals: ['not_found', 'not_from_this_state'],
  }),
  submitPetition: contract({
    endpoint: at.submitPetition,
    access: 'public',
    summary:
      'Send it off, or back to the moderators after amending; my own signature is its first. Without an account a mailed button does it',
    params,
    body: z.object({
      name: personName.optional(),
      email: email.optional(),
      postcode: postcode.optional(),
      basis: basis.optional(),
      lang: lang.optional(),
    }),
    answer: z.object({
      state,
      /** null while the button of the mail waits to be pressed */
      supporterPath: z.string().nullable(),
      supportersNeeded: z.number(),
      waits: z.object({ email: z.string() }).nullable(),
    }),
    refusals: [
      'not_found',
      'not_finished',
      'not_from_this_state',
      'basis_not_allowed',
      'too_soon',
      'too_many',
      'locked',
    ],
  }),
  exportMySigners: contract({
    endpoint: at.exportMySigners,
    access: 'person',
    summary:
      'Those who agreed that the organiser reads their name, as a CSV file: name, ward and day, no address',
    params,
    query: z.object({ lang: lang.default('en') }),
    answer: z.string(),
    refusals: ['not_found'],
  }),
  readModerationClock: contract({
    endpoint: at.readModerationClock,
    access: 'public',
    summary:
      'How long moderators of this organisation take, in working days, and how many petitions wait for them',
    params: z.object({ organisation: id }),
    answer: clock,
    refusals: [],
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
