/** Proving to be oneself: mailed links, passwords, the second factor, invitations. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { done, email, id, lang, optionalText, personName, ticked, words } from '../kit/shapes.ts';
import { peopleEndpoints as at } from './endpoints.ts';
import { TOKEN_KINDS } from './plain.ts';
import { ROLES } from './roles.ts';

const token = z.object({ token: z.string().min(20).max(60) });
/** six digits of an app, or a recovery code; spaces and dashes do not matter */
const code = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .transform((v) => v.replace(/[\s-]/g, '').toLowerCase())
  .refine((v) => /^([0-9]{6}|[a-z0-9]{10})$/.test(v), 'not_a_code');
/** where to go afterwards: a path of ours, never another site */
const to = z
  .string()
  .max(200)
  .regex(/^\/(?![/\\])[^\s\\]*$/)
  .optional()
  .catch(undefined);

export const signInContracts = {
  readToken: contract({
    endpoint: at.readToken,
    access: 'public',
    summary: 'What a mailed link is for; does not use it',
    params: token,
    answer: z.object({
      kind: z.enum(TOKEN_KINDS),
      state: z.enum(['ready', 'used', 'too_late']),
      /** what the button is about, such as a report's title */
      about: z.string().nullable(),
      to: z.string().nullable(),
    }),
    refusals: ['not_found'],
  }),
  useToken: contract({
    endpoint: at.useToken,
    access: 'public',
    summary: 'Press the button that a mailed link leads to',
    params: token,
    body: z
      .object({
        idempotencyKey: z.string().optional(),
        /** where the page asks something: "was it fixed?" */
        fixed: z.enum(['yes', 'no']).optional(),
        served: z.enum(['yes', 'no']).optional(),
        text: optionalText(2000),
      })
      .optional(),
    answer: z.object({ kind: z.enum(TOKEN_KINDS), to: z.string() }),
    refusals: ['not_found', 'used', 'too_late', 'changed_since', 'other_person', 'taken', 'too_many'],
  }),
  askForLink: contract({
    endpoint: at.askForLink,
    access: 'public',
    summary: 'Ask for a mail with a button that signs in; the answer is the same for every address',
    body: z.object({ email, lang: lang.default('en'), to }),
    answer: done,
    refusals: ['too_many'],
  }),
  signInByPassword: contract({
    endpoint: at.signInByPassword,
    access: 'public',
    summary: 'Sign in with an address and a password',
    body: z.object({ email, password: z.string().min(1).max(200), to }),
    answer: z.object({ to: z.string() }),
    refusals: ['not_matched', 'too_many'],
  }),
  signOut: contract({
    endpoint: at.signOut,
    access: 'person',
    summary: 'Sign out on this device',
    answer: done,
    refusals: [],
  }),
  giveCode: contract({
    endpoint: at.giveCode,
    access: 'person',
    summary: 'Give the second factor: a code of the app, or a recovery code, which works once',
    body: z.object({ code, to }),
    answer: z.object({ to: z.string(), recoveryCodesLeft: z.number() }),
    refusals: ['not_set_up', 'not_matched', 'too_many'],
  }),
  readNewSecondFactor: contract({
    endpoint: at.readNewSecondFactor,
    access: 'person',
    summary: 'A new secret for the app, as a picture and as letters; nothing is kept until a code proves it',
    query: z.object({ pending: z.string().max(600).optional() }),
    answer: z.object({ pending: z.string(), secret: z.string(), svg: z.string() }),
    refusals: ['second_factor_again', 'not_needed'],
  }),
  saveSecondFactor: contract({
    endpoint: at.saveSecondFactor,
    access: 'person',
    summary: 'Prove the app with its first code; answers the recovery codes, once',
    body: z.object({ pending: z.string().min(1).max(600), code }),
    answer: z.object({ codes: z.array(z.string()) }),
    refusals: ['second_factor_again', 'not_needed', 'not_matched', 'too_late', 'too_many'],
  }),
  makeRecoveryCodes: contract({
    endpoint: at.makeRecoveryCodes,
    access: 'person',
    summary: 'Ten new recovery codes; the old ones stop working',
    answer: z.object({ codes: z.array(z.string()) }),
    refusals: ['second_factor_again', 'not_set_up'],
  }),
  readInvitation: contract({
    endpoint: at.readInvitation,
    access: 'public',
    summary: 'Who invites whom to what; does not accept it',
    params: token,
    answer: z.object({
      state: z.enum(['ready', 'used', 'too_late']),
      organisation: words,
      slug: z.string(),
      role: z.enum(ROLES),
      area: words.nullable(),
      email: z.string(),
      expiresAt: z.string(),
      /** the second factor follows at once */
      secondFactor: z.boolean(),
      /** no account has a name for this address yet */
      needsName: z.boolean(),
    }),
    refusals: ['not_found'],
  }),
  acceptInvitation: contract({
    endpoint: at.acceptInvitation,
    access: 'public',
    summary: 'Accept: makes or joins the account of the address, gives the role and signs in',
    params: token,
    body: z.object({ name: personName.optional(), agreed: ticked.refine((v) => v, 'required') }),
    answer: z.object({ to: z.string() }),
    refusals: ['not_found', 'used', 'too_late'],
  }),
  actFor: contract({
    endpoint: at.actFor,
    access: 'staff',
    summary: 'Act for somebody by phone or at the counter: finds or makes the person, with their consent',
    body: z.object({
      organisation: id,
      name: personName,
      email: z.union([z.literal('').transform(() => undefined), email]).optional(),
      phone: z.string().trim().max(40).optional(),
      postcode: z.string().trim().max(10).optional(),
      lang: lang.default('en'),
      channel: z.enum(['phone', 'counter', 'paper']),
      /** the words that were read out, as agreed to */
      wording: z.string().trim().min(10).max(1000),
      agreed: ticked.refine((v) => v, 'required'),
    }),
    answer: z.object({ person: id, known: z.boolean() }),
    refusals: ['not_allowed'],
    looks: 'people.actForSomeone',
  }),
} as const;
