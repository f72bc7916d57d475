import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { act, mine } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const details = await mine(event, 'readMyDetails', {});
  const to = event.url.searchParams.get('to') ?? '';
  if (!details.staff) redirect(303, localizeHref('/me'));
  if (!details.secondFactor)
    redirect(303, localizeHref(`/me/second-factor${to ? `?to=${encodeURIComponent(to)}` : ''}`));
  return { to, left: details.recoveryCodesLeft };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const to = String(form.get('to') ?? '') || undefined;
    const done = await act(event, 'giveCode', { body: { code: String(form.get('code') ?? ''), to } });
    if (!done.ok) return done.failure;
    redirect(303, localizeHref(done.answer.to));
  },
};
