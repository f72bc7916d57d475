/** The rules behind petitions as rows: why one may be refused, how addresses are compared, how fast mails go out. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { done, email, text, ticked, words } from '../kit/shapes.ts';
import { ratesShape } from './rates.ts';
import { petitionRulesEndpoints as at } from './rules.endpoints.ts';

const bothWords = (max: number) => z.object({ en: text(max), cy: text(max) });
const code = z.string().regex(/^[a-z][a-z_]{1,39}$/);
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(200)
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
const noDomain = z.preprocess((v) => (v === '' ? undefined : v), domain.optional());
const emailRule = z.object({
  domain: z.string(),
  aliasOf: z.string().nullable(),
  stripsDots: z.boolean(),
  stripsTag: z.boolean(),
});
/** What a rule does to signatures that are there: on petitions under way they are compared anew. */
const effect = {
  /** signatures of this domain on petitions that are not over */
  signatures: z.number(),
  /** those of them that turn out to be somebody who signed before: kept, and shown to moderators */
  same: z.number(),
};
const place = ['not_allowed'] as const;

export const petitionRulesContracts = {
  readPetitionRules: contract({
    endpoint: at.readPetitionRules,
    access: 'staff',
    summary: 'Reject codes, rules of mail domains, rates and lists, as they stand',
    answer: z.object({
      codes: z
        .array(
          z.object({
            code: z.string(),
            name: words,
            about: words,
            hidesText: z.boolean(),
            retired: z.boolean(),
            /** petitions rejected with it */
            used: z.number(),
          }),
        )
        .max(100),
      emailRules: z.array(emailRule.extend({ signatures: z.number() })).max(500),
      rates: ratesShape,
    }),
    refusals: place,
  }),
  savePetitionRejectionCode: contract({
    endpoint: at.savePetitionRejectionCode,
    access: 'staff',
    summary: 'Word a reject code, or make a new one',
    params: z.object({ code }),
    body: z.object({
      name: bothWords(80),
      about: bothWords(300),
      hidesText: ticked,
      /** a new one: then no other may have its word */
      fresh: ticked,
    }),
    answer: done,
    refusals: [...place, 'code_taken'],
  }),
  retirePetitionRejectionCode: contract({
    endpoint: at.retirePetitionRejectionCode,
    access: 'staff',
    summary: 'Take a reject code out of use, or back into it; petitions rejected with it keep its words',
    params: z.object({ code }),
    body: z.object({ retired: z.enum(['yes', 'no']) }),
    answer: done,
    refusals: [...place, 'not_found', 'last_code'],
  }),
  saveEmailRule: contract({
    endpoint: at.saveEmailRule,
    access: 'staff',
    summary: 'How addresses of a mail domain are compared; petitions under way are compared anew',
    params: z.object({ domain }),
    body: z.object({ aliasOf: noDomain, stripsDots: ticked, stripsTag: ticked }),
    answer: z.object(effect),
    refusals: [...place, 'alias_of_itself', 'alias_of_alias'],
  }),
  dropEmailRule: contract({
    endpoint: at.dropEmailRule,
    access: 'staff',
    summary: 'Give a mail domain the usual rule again',
    params: z.object({ domain }),
    answer: z.object(effect),
    refusals: [...place, 'not_found', 'has_aliases'],
  }),
  tryEmailRule: contract({
    endpoint: at.tryEmailRule,
    access: 'staff',
    summary: 'The form in which an address is compared, now and under a rule that is not yet saved',
    body: z.object({
      email: z.preprocess((v) => (v === '' ? undefined : v), email.optional()),
      domain: noDomain,
      aliasOf: noDomain,
      stripsDots: ticked,
      stripsTag: ticked,
    }),
    answer: z.object({ now: z.string().nullable(), then: z.string().nullable(), ...effect }),
    refusals: place,
  }),
  savePetitionRates: contract({
    endpoint: at.savePetitionRates,
    access: 'staff',
    summary:
      'How many mails a network may ask for, when signatures become doubtful, and who is let through or shut out',
    body: ratesShape,
    answer: done,
    refusals: place,
  }),
} as const;
