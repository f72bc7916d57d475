import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  neverShared(event);
  return { token: await api(event).get('readToken', { params: { token: event.params.token } }) };
};

export const actions: Actions = {
  default: async (event) => {
    const used = await api(event).send('useToken', { params: { token: event.params.token }, body: {} });
    // used already, or too late: the page itself says so
    if (!used.ok) return;
    redirect(303, localizeHref(used.answer.to));
  },
};
