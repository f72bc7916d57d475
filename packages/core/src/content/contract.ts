/** Pages the council writes: what everybody reads, and what an administrator changes. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { version, when, words } from '../kit/shapes.ts';
import { contentEndpoints as at } from './endpoints.ts';
import { PAGES } from './plain.ts';

const params = z.object({ slug: z.enum(PAGES) });
const TITLE = 120;
/** some 8,000 words: no page of a council should be longer */
const BODY = 50_000;
const text = (most: number) => z.string().trim().min(1).max(most);
const maybe = (most: number) => z.string().trim().max(most).default('');

const brief = z.object({
  slug: z.enum(PAGES),
  title: words,
  version: z.number(),
  updatedAt: when,
  /** whether somebody of the council has read it and made it theirs */
  agreed: z.boolean(),
  /** whether it stands in Welsh, too */
  cy: z.boolean(),
});

export const contentContracts = {
  readPage: contract({
    endpoint: at.readPage,
    access: 'public',
    summary: 'A page of the council, as Markdown with its blanks filled',
    params,
    answer: z.object({
      slug: z.enum(PAGES),
      title: words,
      body: words,
      updatedAt: when,
      agreed: z.boolean(),
    }),
    refusals: ['not_found'],
  }),
  listPages: contract({
    endpoint: at.listPages,
    access: 'staff',
    summary: 'The pages that the council may not go live without, and how they stand',
    answer: z.object({ items: z.array(brief).max(20) }),
    refusals: ['not_allowed'],
  }),
  readPageSource: contract({
    endpoint: at.readPageSource,
    access: 'staff',
    summary: 'A page as it is written, with its former versions',
    params,
    query: z.object({ version: version.optional() }),
    answer: brief.extend({
      body: words,
      versions: z.array(z.object({ version: z.number(), at: when, by: z.string().nullable() })).max(50),
    }),
    refusals: ['not_found', 'not_allowed'],
  }),
  savePage: contract({
    endpoint: at.savePage,
    access: 'staff',
    summary: 'Write a page anew; saving it as it is says that the council has read it',
    params,
    body: z.object({
      title: z.object({ en: text(TITLE), cy: maybe(TITLE) }),
      body: z.object({ en: text(BODY), cy: maybe(BODY) }),
      /** the version that was open: what somebody else wrote meanwhile is not lost */
      version,
    }),
    answer: z.object({ version: z.number() }),
    refusals: ['not_found', 'not_allowed', 'changed_meanwhile'],
  }),
} as const;
