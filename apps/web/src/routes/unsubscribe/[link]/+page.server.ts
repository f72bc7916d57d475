import { fail } from '@sveltejs/kit';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const { link } = event.params;
  return { link, stop: await api(event).get('readUnsubscribe', { params: { link } }) };
};

export const actions: Actions = {
  default: async (event) => {
    const done = await api(event).send('unsubscribe', { params: { link: event.params.link } });
    return done.ok ? { done: true } : fail(done.status, { trouble: done.trouble });
  },
};
