/** What can be reported, as administrators set it. */
import { z } from 'zod';
import { actOn } from '../kit/acts.ts';
import { contract } from '../kit/contract.ts';
import { id, ticked, words } from '../kit/shapes.ts';
import { MOST_QUESTIONS } from './categories.ts';
import { categoryEndpoints as at } from './categories.endpoints.ts';
import { QUESTION_KINDS } from './questions.ts';

const line = (most: number) => z.string().trim().max(most);
const both = (most: number) =>
  z.object({ en: z.string().trim().min(1).max(most), cy: line(most).default('') });
const maybe = (most: number) =>
  z.object({ en: line(most).default(''), cy: line(most).default('') }).default({ en: '', cy: '' });
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const question = z.object({
  code: line(60).default(''),
  kind: z.enum(QUESTION_KINDS).default('text'),
  label: maybe(200),
  hint: maybe(300),
  required: ticked.default(false),
  /** a line each: `English | Welsh | words that stop the form | the same in Welsh` */
  options: z.string().max(4_000).default(''),
  place: whole(0, 1_000).default(1_000),
  remove: ticked.default(false),
});
/** A form without JavaScript names its rows `questions.0.code` and sends an object. */
const questions = z.preprocess(
  (v) => (v && typeof v === 'object' && !Array.isArray(v) ? Object.values(v) : v),
  z
    .array(question)
    .max(MOST_QUESTIONS + 3)
    .default([]),
);

const group = line(30).regex(/^[a-z][a-z_]+$/);
const category = z.object({
  id,
  organisation: z.object({ id, name: words }),
  group: z.string(),
  name: words,
  hint: words.nullable(),
  stopper: words.nullable(),
  expectedDays: z.number().nullable(),
  similarMetres: z.number(),
  private: z.boolean(),
  sort: z.number(),
  ended: z.boolean(),
  /** reports of this kind that are still open */
  open: z.number(),
  questions: z.array(
    z.object({
      code: z.string(),
      kind: z.enum(QUESTION_KINDS),
      label: words,
      hint: words.optional(),
      required: z.boolean(),
      options: z
        .array(z.object({ code: z.string(), label: words, stopper: words.optional() }))
        .max(60)
        .optional(),
    }),
  ),
});

export const categoryContracts = {
  listCategoriesToEdit: contract({
    endpoint: at.listCategoriesToEdit,
    access: 'staff',
    summary: 'What can be reported to the organisations I look after, also what no longer can',
    answer: z.object({
      organisations: z.array(z.object({ id, name: words })).max(100),
      groups: z.array(z.string()).max(100),
      items: z.array(category).max(500),
    }),
    refusals: ['not_allowed'],
  }),
  saveReportCategory: contract({
    endpoint: at.saveReportCategory,
    access: 'staff',
    summary: 'Add a kind of report, or change one; its organisation stays what it was',
    body: z.object({
      /** none for a new one */
      category: z.preprocess((v) => (v === '' ? undefined : v), id.optional()),
      organisation: id,
      group,
      name: both(80),
      hint: maybe(300),
      stopper: maybe(600),
      expectedDays: z.preprocess((v) => (v === '' ? null : v), whole(0, 400).nullable().default(null)),
      similarMetres: whole(10, 5_000).default(250),
      private: ticked.default(false),
      sort: whole(0, 10_000).default(0),
      questions,
    }),
    answer: z.object({ category: id }),
    refusals: ['not_allowed', 'not_found'],
  }),
  endReportCategory: actOn('category', {
    endpoint: at.endReportCategory,
    access: 'staff',
    summary: 'Take a kind of report out of the form; what was reported stays',
    refusals: ['not_allowed', 'not_found'],
  }),
  reopenReportCategory: actOn('category', {
    endpoint: at.reopenReportCategory,
    access: 'staff',
    summary: 'Put a kind of report back into the form',
    refusals: ['not_allowed', 'not_found'],
  }),
} as const;
