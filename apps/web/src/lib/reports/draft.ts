/** The pages of making a report: their addresses and their order. */
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import type { ReportPage } from '@folkmoot/core/reports/plain';
import { localizeHref } from '@folkmoot/words';

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
