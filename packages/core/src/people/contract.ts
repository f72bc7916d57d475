import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { done, lang, optionalText } from '../kit/shapes.ts';
import { peopleEndpoints as at } from './endpoints.ts';
import { TOKEN_KINDS } from './plain.ts';
import { ROLES } from './roles.ts';

const token = z.object({ token: z.string().min(20).max(60) });

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
  strong: z.boolean(),
  ward: z.object({ id: z.uuid(), slug: z.string() }).nullable(),
  unread: z.number(),
});

export const peopleContracts = {
  readMe: contract({
    endpoint: at.readMe,
    access: 'public',
    summary: 'Who am I, and what is new for me',
    answer: me,
    refusals: [],
  }),
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
    refusals: ['not_found', 'used', 'too_late'],
  }),
  signOut: contract({
    endpoint: at.signOut,
    access: 'person',
    summary: 'Sign out on this device',
    answer: done,
    refusals: [],
  }),
} as const;
