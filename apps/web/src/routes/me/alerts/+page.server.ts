import { act, mine } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({ alerts: await mine(event, 'listAlerts', {}) });

export const actions: Actions = {
  default: async (event) => {
    const alert = String((await event.request.formData()).get('alert'));
    const done = await act(event, 'endAlert', { params: { alert } });
    return done.ok ? { done: true } : done.failure;
  },
};
