/** The scheme as its administrators see it: every version, what changed, who is held to which, and a try before it counts. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { id, when, words } from '../kit/shapes.ts';
import { petitionRulesEndpoints as at } from './rules.endpoints.ts';
import { scheme } from './scheme.ts';

const change = z.object({ part: z.string(), from: z.unknown(), to: z.unknown() });
const version = z.object({
  id,
  version: z.number(),
  at: when,
  /** who published it; null for the one that came with the house */
  by: z.string().nullable(),
  /** from the version before; empty for the first */
  changes: z.array(change).max(40),
  /** petitions made under it, and those of them that are not over */
  petitions: z.number(),
  running: z.number(),
});

export const petitionSchemeContracts = {
  readPetitionScheme: contract({
    endpoint: at.readPetitionScheme,
    access: 'staff',
    summary: 'My organisation’s scheme with all its versions, and how many petitions are held to each',
    query: z.object({ organisation: id.optional() }),
    answer: z.object({
      organisation: z.object({ id, name: words }),
      organisations: z.array(z.object({ id, name: words })).max(50),
      /** 0 where nobody has counted the people */
      population: z.number(),
      scheme,
      /** what a debate needs now, a share worked out */
      debateNeeds: z.number(),
      asksTooMuch: z.boolean(),
      /** null where the organisation has published none: `scheme` holds the usual numbers then */
      version: z.number().nullable(),
      versions: z.array(version).max(200),
    }),
    refusals: ['not_allowed'],
  }),
  tryPetitionScheme: contract({
    endpoint: at.tryPetitionScheme,
    access: 'staff',
    summary: 'What a new version would change, and for whom; nothing is changed',
    body: z.object({ organisation: id, scheme }),
    answer: z.object({
      /** the number it would get */
      version: z.number(),
      /** the one in force; 0 where there is none */
      base: z.number(),
      changes: z.array(change).max(40),
      /** petitions under way, which keep theirs */
      keep: z.array(z.object({ version: z.number(), running: z.number() })).max(200),
      debateNeeds: z.number(),
      population: z.number(),
      asksTooMuch: z.boolean(),
    }),
    refusals: ['not_allowed'],
  }),
} as const;
