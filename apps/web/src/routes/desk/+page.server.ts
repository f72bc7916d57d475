import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { formObject } from '@folkmoot/ui/form-data';
import { loadDesk, refusedAt } from '#lib/desk/server/desk.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => loadDesk(event, null);

export const actions: Actions = {
  seen: async (event) => {
    const form = await event.request.formData();
    const outcome = await api(event).send('markQueueSeen', { body: formObject(form) as never });
    if (!outcome.ok) return refusedAt(event, 'seen', outcome, form);
    redirect(303, localizeHref('/desk?done=seen'));
  },
};
