/** My own account: details, addresses, password, devices, what is held about me. */
import { z } from 'zod';
import { actOn } from '../kit/acts.ts';
import { contract } from '../kit/contract.ts';
import { done, email, id, lang, optionalText, personName, ticked, when, words } from '../kit/shapes.ts';
import { canonicalPostcode } from '../places/plain.ts';
import { peopleEndpoints as at } from './endpoints.ts';
import { CONTACT_KINDS, DIGESTS, LOOKED_AT, LOOKED_FOR } from './plain.ts';
import { ROLES } from './roles.ts';

/** Me, as every page may ask it: small, and never in a cached page. */
export const me = z.object({
  person: z.uuid().nullable(),
  name: z.string().nullable(),
  lang,
  /** roles and where they are held */
  grants: z.array(
    z.object({
      role: z.enum(ROLES),
      organisation: z.uuid(),
      area: z.uuid().nullable(),
      category: z.uuid().nullable(),
    }),
  ),
  /** false for staff who still owe the second factor: their roles count for nothing yet */
  strong: z.boolean(),
  ward: z.object({ id: z.uuid(), slug: z.string(), name: words }).nullable(),
  unread: z.number(),
});

const postcode = z.preprocess(
  (v) => (typeof v === 'string' && v.trim() === '' ? null : v),
  z
    .string()
    .trim()
    .transform(canonicalPostcode)
    .refine((v) => /^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$/.test(v), 'not_a_postcode')
    .nullable(),
);

export const BASES = ['public_task', 'consent', 'legal_obligation', 'legitimate_interest'] as const;
const held = z.object({
  column: z.string(),
  why: z.object({ en: z.string(), cy: z.string() }),
  basis: z.enum(BASES),
  /** days after a moment, or as long as the account, or for ever */
  kept: z.union([z.object({ days: z.number(), after: z.string() }), z.enum(['with_account', 'permanent'])]),
  erase: z.enum(['goes', 'emptied', 'stays']),
  special: z.boolean(),
  values: z.array(z.string()).max(20),
  more: z.number(),
});

export const meContracts = {
  readMe: contract({
    endpoint: at.readMe,
    access: 'public',
    summary: 'Who am I, and what is new for me',
    answer: me,
    refusals: [],
  }),
  readMyDetails: contract({
    endpoint: at.readMyDetails,
    access: 'person',
    summary: 'My account as I can change it',
    answer: z.object({
      name: z.string().nullable(),
      publicName: z.boolean(),
      under18: z.boolean(),
      lang,
      postcode: z.string().nullable(),
      ward: z.object({ slug: z.string(), name: words }).nullable(),
      digest: z.enum(DIGESTS),
      contacts: z.array(
        z.object({
          id,
          kind: z.enum(CONTACT_KINDS),
          value: z.string(),
          verified: z.boolean(),
          stopped: z.boolean(),
          mayGo: z.boolean(),
        }),
      ),
      password: z.boolean(),
      staff: z.boolean(),
      secondFactor: z.boolean(),
      recoveryCodesLeft: z.number(),
      /** the second factor was given in the last minutes */
      fresh: z.boolean(),
      roles: z.array(
        z.object({
          role: z.enum(ROLES),
          organisation: words,
          slug: z.string(),
          area: words.nullable(),
          since: when,
        }),
      ),
    }),
    refusals: [],
  }),
  saveMyDetails: contract({
    endpoint: at.saveMyDetails,
    access: 'person',
    summary: 'Change my details; what is not sent stays as it is',
    body: z.object({
      name: personName.optional(),
      age: z.enum(['under_13', '13_to_17', '18_or_over']).optional(),
      publicName: ticked.optional(),
      postcode: postcode.optional(),
      lang: lang.optional(),
      digest: z.enum(DIGESTS).optional(),
    }),
    answer: done,
    refusals: ['too_young', 'not_under_18'],
  }),
  addMyAddress: contract({
    endpoint: at.addMyAddress,
    access: 'person',
    summary: 'Add an e-mail address: a mail goes there, and its button proves it',
    body: z.object({ email }),
    answer: done,
    refusals: ['too_many'],
  }),
  removeMyAddress: actOn('contact', {
    endpoint: at.removeMyAddress,
    access: 'person',
    summary: 'Take an address out; the last one that is proven stays',
    refusals: ['not_found', 'last_address'],
  }),
  savePassword: contract({
    endpoint: at.savePassword,
    access: 'person',
    summary: 'Set or change my password; other devices are signed out',
    body: z.object({
      current: z.string().max(200).optional(),
      password: z.string().min(10).max(200),
    }),
    answer: done,
    refusals: ['not_matched', 'too_common', 'too_many'],
  }),
  removePassword: contract({
    endpoint: at.removePassword,
    access: 'person',
    summary: 'Sign in by mailed link alone from now on',
    answer: done,
    refusals: [],
  }),
  listMyDevices: contract({
    endpoint: at.listMyDevices,
    access: 'person',
    summary: 'Where I am signed in',
    answer: z.object({
      items: z
        .array(z.object({ id, device: z.string(), createdAt: when, seenAt: when, here: z.boolean() }))
        .max(100),
    }),
    refusals: [],
  }),
  signOutDevice: actOn('device', {
    endpoint: at.signOutDevice,
    access: 'person',
    summary: 'Sign out on one of my devices',
    refusals: ['not_found'],
  }),
  signOutOthers: contract({
    endpoint: at.signOutOthers,
    access: 'person',
    summary: 'Sign out everywhere but here',
    answer: done,
    refusals: [],
  }),
  readHeld: contract({
    endpoint: at.readHeld,
    access: 'person',
    summary: 'What is held about me, why and until when, and who looked',
    answer: z.object({
      parts: z
        .array(z.object({ domain: z.string(), table: z.string(), rows: z.number(), holds: z.array(held) }))
        .max(100),
      looked: z
        .array(
          z.object({
            at: when,
            by: z.array(words).max(5),
            what: z.enum(LOOKED_AT),
            why: z.enum(LOOKED_FOR),
            topic: z.string().nullable(),
          }),
        )
        .max(100),
      lookedTotal: z.number(),
      /** staff give their code again before they take an export or erase */
      codeFirst: z.boolean(),
      holdsRole: z.boolean(),
    }),
    refusals: [],
  }),
  exportHeld: contract({
    endpoint: at.exportHeld,
    access: 'person',
    summary: 'All of it as one JSON file, streamed',
    answer: z.record(z.string(), z.unknown()),
    refusals: ['second_factor_again', 'too_many'],
  }),
  eraseMe: contract({
    endpoint: at.eraseMe,
    access: 'person',
    summary: 'Erase my account: what goes and what stays is told before',
    body: z.object({ sure: ticked.refine((v) => v, 'required'), reason: optionalText(500) }),
    answer: done,
    refusals: ['holds_role', 'second_factor_again'],
  }),
} as const;
