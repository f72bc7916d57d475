import { fail, redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  neverShared(event);
  return { token: await api(event).get('readToken', { params: { token: event.params.token } }) };
};

/** Used already, or too late: the page itself says so. */
const SAID_BY_PAGE = ['used', 'too_late'];

export const actions: Actions = {
  default: async (event) => {
    const used = await api(event).send('useToken', { params: { token: event.params.token }, body: {} });
    if (used.ok) redirect(303, localizeHref(used.answer.to));
    const { code } = used.trouble;
    return SAID_BY_PAGE.includes(code) ? undefined : fail(used.status, { code });
  },
};
