/** Drafting together: invited by link, one paragraph and one editor at a time, every wording kept. */
import { z } from 'zod';
import { contract } from '../kit/contract.ts';
import { done, id, lang, personName, ticked, when } from '../kit/shapes.ts';
import { petitionEndpoints as at } from './endpoints.ts';
import { DETAILS_LETTERS, PARAGRAPH_FIELDS } from './plain.ts';
import { params } from './shapes.ts';

const field = z.enum(PARAGRAPH_FIELDS);
const ofOne = params.extend({ paragraph: id });

const paragraph = z.object({
  id,
  field,
  text: z.string(),
  version: z.number(),
  /** who writes there just now, and for how long that holds if nothing more is heard of them */
  lock: z.object({ by: z.string(), mine: z.boolean(), seconds: z.number() }).nullable(),
  changedBy: z.string().nullable(),
  changedAt: when,
});
export type Paragraph = z.infer<typeof paragraph>;

const together = z.object({
  petition: z.number(),
  title: z.string(),
  lang,
  /** who began it, sends it off and lets others in */
  owner: z.boolean(),
  me: id,
  people: z.array(z.object({ id, name: z.string() })).max(50),
  paragraphs: z.array(paragraph).max(50),
  /** the link that lets others in: told to the owner alone */
  invitePath: z.string().nullable(),
  /** the topic of the locks and changes: it ends in a word that drafters alone are told */
  topic: z.string(),
});
export type Together = z.infer<typeof together>;

const shut = ['not_found', 'sent_off'] as const;

export const petitionDraftingContracts = {
  inviteDrafters: contract({
    endpoint: at.inviteDrafters,
    access: 'public',
    summary: 'Open my draft to others who have the link; a new link shuts the old one',
    params,
    body: z.object({ name: personName.optional(), anew: ticked.default(false) }),
    answer: together,
    refusals: [...shut],
  }),
  readDraftInvitation: contract({
    endpoint: at.readDraftInvitation,
    access: 'public',
    summary: 'What somebody is invited to write with others',
    params,
    query: z.object({ key: z.string().max(80).default('') }),
    answer: z.object({ title: z.string(), lang, by: z.string().nullable(), joined: z.boolean() }),
    refusals: [...shut],
  }),
  joinDraft: contract({
    endpoint: at.joinDraft,
    access: 'public',
    summary: 'Come in by the link, with a name that the others read',
    params,
    body: z.object({ key: z.string().max(80), name: personName }),
    answer: together,
    refusals: [...shut, 'too_many'],
  }),
  readDraftTogether: contract({
    endpoint: at.readDraftTogether,
    access: 'public',
    summary: 'The paragraphs as they stand, and who writes where just now',
    params,
    answer: together,
    refusals: [...shut],
  }),
  addParagraph: contract({
    endpoint: at.addParagraph,
    access: 'public',
    summary: 'One more paragraph at the end of the details, held by me',
    params,
    body: z.object({}),
    answer: together,
    refusals: [...shut, 'too_many'],
  }),
  lockParagraph: contract({
    endpoint: at.lockParagraph,
    access: 'public',
    summary: 'I write here: said again while I do, and once more when I stop',
    params: ofOne,
    body: z.object({ free: ticked.default(false) }),
    answer: together,
    refusals: [...shut, 'locked'],
  }),
  saveParagraph: contract({
    endpoint: at.saveParagraph,
    access: 'public',
    summary:
      'Keep my words; refused where it changed since I saw it, so that nobody writes over anybody unseen',
    params: ofOne,
    body: z.object({
      text: z.string().trim().max(DETAILS_LETTERS),
      /** the version that I had before my eyes */
      version: z.coerce.number().int().min(0),
    }),
    answer: together,
    refusals: [...shut, 'locked', 'changed_since'],
  }),
  listParagraphVersions: contract({
    endpoint: at.listParagraphVersions,
    access: 'public',
    summary: 'Every wording of this draft, the newest first, also of paragraphs that were taken out',
    params,
    answer: z
      .array(
        z.object({
          id,
          paragraph: id,
          field,
          version: z.number(),
          text: z.string(),
          by: z.string().nullable(),
          at: when,
        }),
      )
      .max(500),
    refusals: [...shut],
  }),
  removeDrafter: contract({
    endpoint: at.removeDrafter,
    access: 'public',
    summary: 'Who began it takes somebody out; their words stay',
    params: params.extend({ drafter: id }),
    answer: done,
    refusals: [...shut],
  }),
} as const;
