import { act, mine } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({ details: await mine(event, 'readMyDetails', {}) });

export const actions: Actions = {
  save: async (event) => {
    const form = await event.request.formData();
    const body = {
      current: String(form.get('current') ?? ''),
      password: String(form.get('password') ?? ''),
    };
    const done = await act(event, 'savePassword', { body });
    return done.ok ? { saved: true } : done.failure;
  },
  remove: async (event) => {
    const done = await act(event, 'removePassword', {});
    return done.ok ? { saved: true } : done.failure;
  },
};
