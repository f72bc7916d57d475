import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { act, mine } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const details = await mine(event, 'readMyDetails', {});
  if (!details.staff) redirect(303, localizeHref('/me'));
  const change = event.url.searchParams.has('change');
  const setUp = !details.secondFactor || change;
  return {
    details,
    to: event.url.searchParams.get('to') ?? '',
    offer: setUp ? await mine(event, 'readNewSecondFactor', { query: {} }) : null,
  };
};

export const actions: Actions = {
  save: async (event) => {
    const form = await event.request.formData();
    const pending = String(form.get('pending') ?? '');
    const done = await act(event, 'saveSecondFactor', {
      body: { pending, code: String(form.get('code') ?? '') },
    });
    const to = String(form.get('to') ?? '');
    if (done.ok) return { codes: done.answer.codes, to };
    // the app holds this secret already: the page shows the same picture again
    const offer = await mine(event, 'readNewSecondFactor', { query: { pending } });
    return { ...done.failure.data, offer, to };
  },
  codes: async (event) => {
    const done = await act(event, 'makeRecoveryCodes', {});
    return done.ok ? { codes: done.answer.codes } : done.failure;
  },
};
