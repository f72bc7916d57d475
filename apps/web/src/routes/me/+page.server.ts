import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { act, mine } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({ details: await mine(event, 'readMyDetails', {}) });

export const actions: Actions = {
  signOut: async (event) => {
    const done = await act(event, 'signOut', {});
    if (!done.ok) return done.failure;
    redirect(303, localizeHref('/'));
  },
};
