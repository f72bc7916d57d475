import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { linesOf, MOST_QUESTIONS } from '@folkmoot/core/reports/categories';
import { QUESTION_KINDS } from '@folkmoot/core/reports/questions';
import { formObject } from '@folkmoot/ui/form-data';
import { localizeHref } from '@folkmoot/words';
import { error, redirect } from '@sveltejs/kit';
import { act, mine, typedOf } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

type Written = CallInput<Contracts['saveReportCategory']>['body'];

export const load: PageServerLoad = async (event) => {
  const list = await mine(event, 'listCategoriesToEdit', {});
  const it = list.items.find((one) => one.id === event.params.category) ?? null;
  if (!it && event.params.category !== 'new') error(404, 'not_found');
  const lines = it?.questions.map((one) => linesOf(one.options)) ?? [];
  const { organisations, groups } = list;
  const mayAsk = (it?.questions.length ?? 0) < MOST_QUESTIONS;
  return { organisations, groups, it, lines, mayAsk, kinds: QUESTION_KINDS };
};

export const actions: Actions = {
  save: async (event) => {
    const form = await event.request.formData();
    // the contract says what is missing
    const body = formObject(form) as unknown as Written;
    const done = await act(event, 'saveReportCategory', { body }, typedOf(form));
    if (!done.ok) return done.failure;
    redirect(303, localizeHref('/admin/categories?saved=1'));
  },
  end: async (event) => {
    const done = await act(event, 'endReportCategory', { params: event.params });
    if (!done.ok) return done.failure;
    redirect(303, localizeHref('/admin/categories?saved=1'));
  },
  reopen: async (event) => {
    const done = await act(event, 'reopenReportCategory', { params: event.params });
    if (!done.ok) return done.failure;
    redirect(303, localizeHref('/admin/categories?saved=1'));
  },
};
