import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { act, mine } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const [details, held] = await Promise.all([mine(event, 'readMyDetails', {}), mine(event, 'readHeld', {})]);
  return { staff: details.staff, held };
};

export const actions: Actions = {
  default: async (event) => {
    const sure = String((await event.request.formData()).get('sure') ?? '');
    const done = await act(event, 'eraseMe', { body: { sure } });
    if (!done.ok) return done.failure;
    redirect(303, localizeHref('/'));
  },
};
