import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { formObject } from '@folkmoot/ui/form-data';
import { refusedAt } from '#lib/desk/server/desk.ts';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  // its author sees more of it than everybody
  neverShared(event);
  const { decision } = event.params;
  return {
    decision: await api(event).get('readDecision', { params: { decision } }),
    asked: event.url.searchParams.has('asked'),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { decision } = event.params;
    const form = await event.request.formData();
    const outcome = await api(event).send('appealDecision', {
      params: { decision },
      body: formObject(form) as never,
    });
    if (!outcome.ok) return refusedAt(event, 'appeal', outcome, form);
    redirect(303, localizeHref(`/decisions/${decision}?asked=1`));
  },
};
