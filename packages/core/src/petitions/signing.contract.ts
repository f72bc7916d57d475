/** Signing: one form, one button in the mail's page; signed in, one click; at the counter, by staff. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { email, id, lang, personName, postcode, text, ticked, when } from '../kit/shapes.ts';
import { petitionEndpoints as at } from './endpoints.ts';
import { SIGNATURE_STATES } from './plain.ts';
import { basis, params, state, threshold } from './shapes.ts';

const light = {
  postcode: postcode.optional(),
  basis: basis.default('live'),
  age: z.coerce.number().int().min(0).max(120).optional(),
  follow: ticked.default(false),
  /** the organiser may read my name and ward; nobody else does */
  showName: ticked.default(false),
  lang,
};
const receipt = z.string().regex(/^[0-9a-f]{64}$/);
const closed = ['petition_not_open', 'paused', 'basis_not_allowed', 'too_young'] as const;

/** `receipt` is for the signer alone: with it they can check that theirs is in the published tree. */
const counted = z.object({
  counted: z.literal(true),
  total: z.number(),
  /** which one it was when it counted; null where it had counted before */
  number: z.number().nullable(),
  receipt: receipt.nullable(),
  petitionState: state,
});
export type Counted = z.infer<typeof counted>;

export const petitionSigningContracts = {
  signPetition: contract({
    endpoint: at.signPetition,
    access: 'public',
    summary:
      'Sign; who is not signed in gets a mail with a button. The answer never says whether an address signed before',
    params,
    body: z.object({
      ...light,
      name: personName.optional(),
      email: email.optional(),
      /** from the supporters' link, before the petition is published */
      key: z.string().max(80).optional(),
    }),
    answer: z.union([
      z.object({
        counted: z.literal(false),
        waits: z.literal(true),
        email: z.string(),
        /** how long messages wait just now; the same for everybody */
        minutes: z.number(),
      }),
      counted,
    ]),
    refusals: ['not_found', 'too_many', ...closed],
  }),
  confirmSignature: contract({
    endpoint: at.confirmSignature,
    access: 'public',
    summary: 'The button of the mailed link: the signature counts. Pressed twice, it counts once',
    params,
    body: z.object({ token: z.string().min(20).max(80) }),
    answer: counted,
    refusals: ['not_found', 'too_late', ...closed],
  }),
  readMySignature: contract({
    endpoint: at.readMySignature,
    access: 'person',
    summary: 'Whether I signed, and my receipt',
    params,
    answer: z
      .object({
        state: z.enum(SIGNATURE_STATES),
        at: when,
        receipt: receipt.nullable(),
        follows: z.boolean(),
        /** what I said of the answer */
        rating: z.enum(['yes', 'no']).nullable(),
      })
      .nullable(),
    refusals: ['not_found'],
  }),
  readSignatureOfLink: contract({
    endpoint: at.readSignatureOfLink,
    access: 'public',
    summary: 'For who pressed the button of a mailed link: which signature it was, and its receipt',
    params: params.extend({ token: z.string().min(20).max(80) }),
    answer: z.object({
      title: z.string(),
      lang,
      state: z.enum(SIGNATURE_STATES),
      petitionState: state,
      /** of the petition's page; a supporter's has the key in it */
      path: z.string(),
      number: z.number().nullable(),
      total: z.number(),
      at: when,
      receipt: receipt.nullable(),
      follows: z.boolean(),
      supporters: z.object({ have: z.number(), need: z.number() }).nullable(),
      thresholds: z.array(threshold).max(3),
      seq: z.number(),
    }),
    refusals: ['not_found', 'too_many'],
  }),
  signForSomeone: contract({
    endpoint: at.signForSomeone,
    access: 'staff',
    summary: 'Sign for somebody on the phone or at the counter, with what they agreed to',
    params,
    body: z.object({
      ...light,
      name: personName,
      email: email.optional(),
      phone: z.string().trim().max(40).optional(),
      postcode,
      channel: z.enum(['phone', 'counter']),
      /** what they agreed to, as it was read to them */
      wording: text(500),
    }),
    answer: z.object({ counted: z.boolean(), already: z.boolean(), total: z.number(), person: id }),
    refusals: ['not_found', 'not_allowed', ...closed],
  }),
} as const;
