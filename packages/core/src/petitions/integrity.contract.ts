/** Whether the number can be believed: what was taken away and why, receipts, paper, false signatures. */
import { z } from 'zod';
import { actOn } from '../kit/acts.ts';
import { contract } from '../kit/contract.ts';
import { day, id, personName, postcode, when, words } from '../kit/shapes.ts';
import { petitionEndpoints as at } from './endpoints.ts';
import { INVALID_REASONS, REMOVAL_KINDS, SIGNATURE_STATES, SUSPICIONS } from './plain.ts';
import { params } from './shapes.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const shown = z.union([z.number(), z.literal('c')]);
const reason = z.enum(INVALID_REASONS);
export const invalidation = z.object({
  id,
  reason,
  at: when,
  by: z.string().nullable(),
  found: z.number(),
  /** so many of those found are taken away, and so many of these given back again */
  done: z.number(),
  givenBack: z.number(),
  state: z.enum(['waiting', 'running', 'done', 'cancelled', 'undoing', 'undone']),
});
const query = z
  .object({
    name: z.string().trim().min(2).max(100).optional(),
    postcode: postcode.optional(),
    network: z.string().trim().max(60).optional(),
    domain: z.string().trim().toLowerCase().max(200).optional(),
    from: when.optional(),
    to: when.optional(),
    /** only what a rule found doubtful */
    because: z.enum(SUSPICIONS).optional(),
  })
  .refine((it) => Object.values(it).some((value) => value !== undefined), {
    path: ['name'],
    message: 'required',
  });
export type InvalidQuery = z.infer<typeof query>;

export const petitionIntegrityContracts = {
  readPetitionIntegrity: contract({
    endpoint: at.readPetitionIntegrity,
    access: 'public',
    summary:
      'How many confirmed, what was taken away and why, by day and by ward, and how signers rate the answer',
    params,
    answer: z.object({
      online: z.number(),
      paper: z.number(),
      invalidated: z.number(),
      /** marked by a rule and not counted until a moderator has looked */
      suspect: z.number(),
      /** per cent of those who asked to sign; null before anybody did */
      confirmedShare: z.number().nullable(),
      reasons: z.array(z.object({ reason, signatures: z.number() })).max(10),
      days: z.array(z.object({ day, confirmed: z.number(), invalidated: z.number() })).max(1000),
      /** of this morning; one to seven are held back */
      wards: z
        .object({
          at: when,
          items: z.array(z.object({ ward: id, code: z.string(), name: words, signatures: shown })).max(500),
        })
        .nullable(),
      rating: z.object({ yes: shown, no: shown }),
    }),
    refusals: ['not_found'],
  }),
  checkReceipt: contract({
    endpoint: at.checkReceipt,
    access: 'public',
    summary: 'Whether the signature of a receipt is in the published tree, with the path that proves it',
    params,
    body: z.object({ receipt: hex }),
    answer: z.object({
      leaf: hex,
      found: z.enum(['in_tree', 'waits_for_the_hour', 'removed', 'unknown']),
      proof: z
        .object({
          hour: when,
          root: hex,
          chain: hex,
          path: z.array(z.object({ side: z.enum(['left', 'right']), hash: hex })).max(64),
        })
        .nullable(),
    }),
    refusals: ['not_found'],
  }),
  listPetitionTrees: contract({
    endpoint: at.listPetitionTrees,
    access: 'public',
    summary:
      'The hourly trees from the first on, with all their leaves and what was taken away: what anybody needs to check',
    /** a page holds a day of quiet hours, or fewer full ones; it may be empty after a very full one */
    query: z.object({ page: z.coerce.number().int().min(1).max(1_000_000).default(1) }),
    answer: z.object({
      items: z
        .array(
          z.object({
            hour: when,
            /** empty where no leaf was made in the hour */
            root: z.union([hex, z.literal('')]),
            chain: hex,
            leaves: z.array(hex).max(1_000_000),
            /** what was taken away and given back in the hour, as the chain holds it */
            notes: z
              .array(z.object({ leaf: hex, kind: z.enum(REMOVAL_KINDS), reason: z.string().nullable() }))
              .max(1_000_000),
          }),
        )
        .max(100),
      page: z.number(),
      pages: z.number(),
    }),
    refusals: [],
  }),
  enterPetitionSheet: contract({
    endpoint: at.enterPetitionSheet,
    access: 'person',
    summary:
      'Enter a paper sheet, as an officer or where the scheme lets the organiser; who has signed online or on paper before is not counted twice',
    params,
    body: z.object({
      /** what the upload of its photo or PDF answered */
      scan: z
        .string()
        .regex(/^[0-9a-f]{64}\.(webp|pdf)$/)
        .optional(),
      rows: z
        .array(z.object({ name: personName, postcode }))
        .min(1)
        .max(100),
    }),
    answer: z.object({
      sheet: id,
      counted: z.number(),
      /** the rows of the sheet that were there before, from 1 */
      doubles: z.array(z.number()).max(100),
      total: z.number(),
    }),
    refusals: ['not_found', 'petition_not_open', 'paused'],
  }),
  listInvalidations: contract({
    endpoint: at.listInvalidations,
    access: 'staff',
    summary: 'What was taken away as false, and what is being',
    params,
    answer: z.array(invalidation).max(100),
    refusals: ['not_found'],
  }),
  tryInvalidation: contract({
    endpoint: at.tryInvalidation,
    access: 'staff',
    summary: 'How many signatures a search finds, and some of them to look at; nothing is changed',
    params,
    body: query,
    answer: z.object({
      found: z.number(),
      /** those that count today */
      counted: z.number(),
      sample: z
        .array(
          z.object({
            id,
            name: z.string().nullable(),
            postcode: z.string().nullable(),
            domain: z.string().nullable(),
            network: z.string().nullable(),
            state: z.enum(SIGNATURE_STATES),
            at: when,
          }),
        )
        .max(12),
    }),
    refusals: ['not_found'],
    looks: 'petitions.seeSigners',
  }),
  startInvalidation: contract({
    endpoint: at.startInvalidation,
    access: 'staff',
    summary: 'Take away what a search finds, in the background',
    params,
    body: z.object({ query, reason }),
    answer: invalidation,
    refusals: ['not_found'],
  }),
  cancelInvalidation: actOn('invalidation', {
    endpoint: at.cancelInvalidation,
    access: 'staff',
    summary: 'Stop taking away, or giving back; what is done so far stays done',
    refusals: ['not_found', 'already_ended'],
  }),
  undoInvalidation: actOn('invalidation', {
    endpoint: at.undoInvalidation,
    access: 'staff',
    summary: 'Give back what was taken away, in the background',
    refusals: ['not_found', 'already_undone'],
  }),
} as const;
