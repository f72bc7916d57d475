import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { day, id, listOf, optionalText, page, version, words } from '../kit/shapes.ts';
import { petitionAfterContracts } from './after.contract.ts';
import { petitionDraftingContracts } from './drafting.contract.ts';
import { petitionEndpoints as at } from './endpoints.ts';
import { petitionIntegrityContracts } from './integrity.contract.ts';
import { petitionMakingContracts } from './making.contract.ts';
import { petitionModeratingContracts } from './moderating.contract.ts';
import { PETITION_FACETS } from './plain.ts';
import { scheme } from './scheme.ts';
import { params, petitionBrief, petitionListed, petitionPage } from './shapes.ts';
import { petitionSigningContracts } from './signing.contract.ts';

export { petitionBrief, petitionFull, petitionListed, petitionPage } from './shapes.ts';
export type { PetitionBrief, PetitionFull, PetitionListed, PetitionPage } from './shapes.ts';

const schemeRow = z.object({
  id,
  organisation: z.object({ id, name: words }),
  version: z.number(),
  scheme,
  /** signatures that a petition started now needs for a debate, a share worked out */
  debateNeeds: z.number(),
  /** a debate needs more than a twentieth of the people: the 2009 Act let no council ask for that */
  asksTooMuch: z.boolean(),
  at: z.iso.datetime(),
});

const petitionReadingContracts = {
  listPetitions: contract({
    endpoint: at.listPetitions,
    access: 'public',
    summary: 'Petitions by facet, words, ward and organisation',
    query: z.object({
      facet: z.enum(PETITION_FACETS).default('open'),
      q: optionalText(120),
      ward: id.optional(),
      organisation: id.optional(),
      page,
    }),
    answer: listOf(petitionListed).extend({
      /** of those that the words, the ward and the organisation leave, in each facet */
      counts: z.record(z.enum(PETITION_FACETS), z.number()),
      /** signatures confirmed in the last hour, of all petitions */
      signedLately: z.number(),
    }),
    refusals: [],
  }),
  readPetition: contract({
    endpoint: at.readPetition,
    access: 'public',
    summary: 'One petition; before it is published only with the supporters’ key',
    params,
    query: z.object({ key: z.string().max(80).optional() }),
    answer: petitionPage,
    refusals: ['not_found', 'removed'],
  }),
  readPetitionDays: contract({
    endpoint: at.readPetitionDays,
    access: 'public',
    summary: 'Confirmed signatures a day, from the first to the last',
    params,
    answer: z.object({
      days: z.array(z.object({ day, confirmed: z.number(), invalidated: z.number() })).max(1000),
    }),
    refusals: ['not_found'],
  }),
  listPetitionWards: contract({
    endpoint: at.listPetitionWards,
    access: 'public',
    summary: 'The wards side by side: petitions about each, and how many of us signed, as of this morning',
    answer: z.object({
      asOf: z.iso.datetime().nullable(),
      /** open petitions about the whole place: they concern every ward */
      whole: z.number(),
      wards: z
        .array(
          z.object({
            id,
            code: z.string(),
            slug: z.string(),
            name: words,
            population: z.number().nullable(),
            /** open petitions that name this ward */
            about: z.number(),
            /** people who signed anything in the 30 days up to this morning; 1 to 7 held back, others rounded to 5 */
            signed: z.union([z.number(), z.literal('c')]).nullable(),
          }),
        )
        .max(300),
    }),
    refusals: [],
  }),
  readPetitionRecord: contract({
    endpoint: at.readPetitionRecord,
    access: 'public',
    summary: 'How an organisation keeps what it promised about petitions',
    query: z.object({ organisation: id }),
    answer: z.object({
      /** whether it takes petitions at all */
      takes: z.boolean(),
      open: z.number(),
      /** enough of us signed; no answer yet */
      waiting: z.number(),
      answered: z.number(),
      debated: z.number(),
      /** working days from enough signatures to the answer, on average over two years; null where too few */
      averageDays: z.number().nullable(),
      /** of the answers of those years, how many came within the days that its scheme had promised */
      inTime: z.object({ kept: z.number(), of: z.number() }).nullable(),
    }),
    refusals: [],
  }),
  listSimilarPetitions: contract({
    endpoint: at.listSimilarPetitions,
    access: 'public',
    summary: 'Petitions that ask for nearly the same, at most five, the nearest first',
    query: z.object({ q: z.string().trim().min(3).max(200), not: z.coerce.number().int().optional() }),
    answer: z.array(petitionBrief).max(5),
    refusals: [],
  }),
  listPetitionSchemes: contract({
    endpoint: at.listPetitionSchemes,
    access: 'public',
    summary: 'What each organisation that takes petitions has promised, as of now',
    answer: z.array(schemeRow).max(100),
    refusals: [],
  }),
  createPetitionScheme: contract({
    endpoint: at.createPetitionScheme,
    access: 'staff',
    summary: 'A new version of my organisation’s scheme; petitions under way keep theirs',
    body: z.object({
      organisation: id,
      scheme,
      /** the version it was compared with; 0 for none */
      base: version.optional(),
    }),
    answer: schemeRow,
    refusals: ['not_allowed', 'changed_meanwhile'],
  }),
} as const;

export const petitionContracts = {
  ...petitionReadingContracts,
  ...petitionMakingContracts,
  ...petitionDraftingContracts,
  ...petitionSigningContracts,
  ...petitionModeratingContracts,
  ...petitionAfterContracts,
  ...petitionIntegrityContracts,
} as const;
