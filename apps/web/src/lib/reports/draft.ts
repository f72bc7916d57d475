/** The pages of making a report: their addresses, their order, and what their fields may have wrong with them. */
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import type { ReportPage } from '@folkmoot/core/reports/plain';
import { localizeHref, m } from '@folkmoot/words';

export type Draft = NonNullable<CallAnswer<Contracts['readReportDraft']>>;

export const pagePath = (page: ReportPage): string =>
  localizeHref(page === 'place' ? '/reports/new' : `/reports/new/${page}`);

/** Where the person goes on: the first page that still lacks something, or the words that stop it. */
export const nextPath = (draft: Draft): string =>
  draft.stopped ? localizeHref('/reports/new/stopped') : pagePath(draft.next);

/** The pages that count as questions for this person. "Already reported?" is asked in between and not counted. */
export function stepsOf(draft: Draft | null, signedIn: boolean): ReportPage[] {
  return [
    'place',
    'category',
    ...(draft?.category?.questions.length ? (['questions'] as const) : []),
    'photos',
    'words',
    ...(signedIn ? [] : (['you'] as const)),
  ];
}

/** The page before, for the link back. */
export function pageBefore(page: ReportPage, draft: Draft | null, signedIn: boolean): ReportPage | null {
  const steps = stepsOf(draft, signedIn);
  if (page === 'similar') return 'category';
  if (page === 'check') return steps.at(-1)!;
  // who is signed in sees the page "you" only by asking for it, from the last one
  if (page === 'you' && signedIn) return 'check';
  return steps[steps.indexOf(page) - 1] ?? null;
}

const FIELDS: Record<string, () => string> = {
  'title:required': m.reports_new_words_name_missing,
  'title:too_long': m.reports_new_words_name_long,
  'detail:required': m.reports_new_words_detail_missing,
  'detail:too_long': m.reports_new_words_detail_long,
  'name:required': m.reports_new_you_name_missing,
  'name:too_short': m.reports_new_you_name_missing,
  'name:not_understood': m.reports_new_you_name_wrong,
  'name:not_a_name': m.reports_new_you_name_wrong,
  'email:required': m.reports_new_you_email_missing,
  'email:not_an_email': m.reports_new_you_email_wrong,
};
const ANSWERS: Record<string, () => string> = {
  required: m.reports_new_questions_answer,
  not_a_number: m.reports_new_questions_number,
  not_a_date: m.reports_new_questions_date,
  not_an_option: m.reports_new_questions_choose,
};

/** A sentence for what the contract found in a field of a report; the general one where there is none of its own. */
export const fieldWords = (field: string, found: string): string | undefined => {
  if (field === 'email' && found === 'required') return FIELDS['email:required']?.();
  return (field.startsWith('answers.') ? ANSWERS[found] : FIELDS[`${field}:${found}`])?.();
};

const REFUSED: Record<string, () => string> = {
  not_finished: m.reports_new_not_finished,
  too_many: m.reports_new_too_many,
  no_draft: m.reports_new_no_draft,
};
export const refusedWords =
  (town: string) =>
  (code: string): string | undefined =>
    code === 'outside' ? m.reports_new_place_outside({ town }) : REFUSED[code]?.();

const PHOTOS: Record<string, () => string> = {
  no_file: m.reports_new_problem_no_file,
  not_a_photo: m.reports_new_problem_not_a_photo,
  phone_format: m.reports_new_problem_phone_format,
  broken_photo: m.reports_new_problem_broken_photo,
  too_large: m.reports_new_problem_too_large,
  too_many_pixels: m.reports_new_problem_too_many_pixels,
  too_many_photos: m.reports_new_problem_too_many_photos,
  busy: m.reports_new_problem_busy,
  too_many: m.reports_new_problem_too_many,
};
/** What was wrong with a photo, in words. */
export const photoWords = (code: string): string => (PHOTOS[code] ?? m.reports_new_problem_other)();
