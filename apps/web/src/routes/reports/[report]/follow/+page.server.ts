import { fail } from '@sveltejs/kit';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const ask = api(event);
  const { id, title, lang } = await ask.get('readReport', { params: { report: event.params.report } });
  const topic = `report:${id}`;
  return { report: { id, title, lang }, topic, follow: await ask.get('readFollow', { query: { topic } }) };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const topic = `report:${event.params.report}`;
    const email = String(form.get('email') ?? '') || undefined;
    const lang = event.locals.lang;
    const done = await api(event).send('follow', { body: { topic, lang, ...(email && { email }) } });
    if (!done.ok) return fail(done.status, { trouble: done.trouble, typed: email ?? '' });
    return { answer: done.answer };
  },
};
