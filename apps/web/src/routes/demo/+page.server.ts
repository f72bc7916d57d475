import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({ people: await api(event).get('listDemoPeople', {}) });

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const done = await api(event).send('beSomeone', { body: { person: String(form.get('person')) } });
    redirect(303, localizeHref(done.ok ? done.answer.to : '/demo'));
  },
};
