/** Signatures that are doubted: what the rules marked, what came in a burst, what was taken away; and paper sheets. */
import { z } from 'zod';
import { actOn } from '../kit/acts.ts';
import { contract } from '../kit/contract.ts';
import { day, done, id, lang, text, when, words } from '../kit/shapes.ts';
import { invalidation } from './integrity.contract.ts';
import { BURST_KINDS, INVALID_REASONS, SUSPICIONS } from './plain.ts';
import { petitionRulesEndpoints as at } from './rules.endpoints.ts';
import { params, state } from './shapes.ts';

const burst = z.object({
  id,
  petition: z.number(),
  title: z.string(),
  lang,
  kind: z.enum(BURST_KINDS),
  /** null once the network was forgotten */
  source: z.string().nullable(),
  /** the most in an hour */
  most: z.number(),
  day,
  at: when,
  seenBy: z.string().nullable(),
});
/** Doubtful signatures that came from one place, by the rule that marked them. */
const group = z.object({
  because: z.enum(SUSPICIONS),
  network: z.string().nullable(),
  domain: z.string().nullable(),
  signatures: z.number(),
  from: when,
  to: when,
});
const which = {
  because: z.enum(SUSPICIONS).optional(),
  network: z.string().trim().max(60).optional(),
  domain: z.string().trim().toLowerCase().max(200).optional(),
};

export const petitionDoubtsContracts = {
  readSignaturesAtDesk: contract({
    endpoint: at.readSignaturesAtDesk,
    access: 'staff',
    summary: 'The number of a petition and whatever is doubted of it: marked, in a burst, taken away',
    params,
    answer: z.object({
      petition: z.number(),
      title: z.string(),
      lang,
      state,
      organisation: z.object({ id, name: words }),
      online: z.number(),
      paper: z.number(),
      invalidated: z.number(),
      suspect: z.number(),
      groups: z.array(group).max(100),
      bursts: z.array(burst).max(50),
      invalidations: z.array(invalidation).max(100),
      reasons: z.array(z.enum(INVALID_REASONS)).max(10),
      topic: z.string(),
      removed: z.object({ at: when, reason: z.string() }).nullable(),
    }),
    refusals: ['not_found'],
  }),
  clearSuspects: contract({
    endpoint: at.clearSuspects,
    access: 'staff',
    summary: 'These doubtful signatures are good: they count, and no rule marks them again',
    params,
    body: z.object(which),
    answer: z.object({
      cleared: z.number(),
      /** there are more, and they follow in the background */
      more: z.boolean(),
    }),
    refusals: ['not_found'],
  }),
  listPetitionBursts: contract({
    endpoint: at.listPetitionBursts,
    access: 'staff',
    summary: 'Bursts that no moderator of my organisations has looked at yet',
    answer: z.object({ items: z.array(burst).max(50) }),
    refusals: [],
  }),
  seePetitionBurst: actOn('burst', {
    endpoint: at.seePetitionBurst,
    access: 'staff',
    summary: 'I have looked at this burst: the banner goes for everybody',
    refusals: ['not_found'],
  }),
  listPetitionSheets: contract({
    endpoint: at.listPetitionSheets,
    access: 'person',
    summary: 'The paper sheets of a petition; for who may enter them',
    params,
    answer: z.object({
      petition: z.number(),
      title: z.string(),
      lang,
      state,
      online: z.number(),
      paper: z.number(),
      minimumAge: z.number().nullable(),
      /** as an officer, or as the organiser where the scheme lets them */
      as: z.enum(['staff', 'organiser']),
      sheets: z
        .array(
          z.object({
            id,
            at: when,
            by: z.string().nullable(),
            rows: z.number(),
            counted: z.number(),
            doubles: z.number(),
            /** what kind of file is kept with it */
            scan: z.enum(['photo', 'pdf']).nullable(),
          }),
        )
        .max(500),
    }),
    refusals: ['not_found'],
  }),
  keepSheetScan: contract({
    endpoint: at.keepSheetScan,
    access: 'person',
    summary: 'A photo or PDF of a paper sheet, as multipart; kept where only who may enter sheets can see it',
    params,
    query: z.object({
      /** the page that sent it: where a form without a script is answered to */
      from: z.enum(['desk', 'mine']).default('desk'),
      lang: lang.default('en'),
    }),
    answer: z.object({ scan: z.string() }),
    refusals: [
      'not_found',
      'other_origin',
      'no_file',
      'not_a_scan',
      'phone_format',
      'broken_photo',
      'too_large',
      'too_many_pixels',
      'busy',
    ],
  }),
  readSheetScan: contract({
    endpoint: at.readSheetScan,
    access: 'person',
    summary: 'The photo or PDF that is kept with a sheet; that it was looked at is written down',
    params: z.object({ sheet: id }),
    answer: z.unknown(),
    refusals: ['not_found'],
    looks: 'petitions.seeSigners',
  }),
  removePetition: contract({
    endpoint: at.removePetition,
    access: 'staff',
    summary: 'Take a petition away for good: its address says that it is gone, and why',
    params,
    body: z.object({ reason: text(500) }),
    answer: done,
    refusals: ['not_found', 'not_allowed', 'removed'],
  }),
} as const;
