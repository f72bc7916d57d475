import { fail } from '@sveltejs/kit';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const ask = api(event);
  const { petition } = event.params;
  const { id, title, lang } = await ask.get('readPetition', { params: { petition }, query: {} });
  const topic = `petition:${id}`;
  return {
    petition: { id, title, lang },
    topic,
    follow: await ask.get('readFollow', { query: { topic } }),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const topic = `petition:${event.params.petition}`;
    const email = String(form.get('email') ?? '') || undefined;
    const lang = event.locals.lang;
    const done = await api(event).send('follow', { body: { topic, lang, ...(email && { email }) } });
    if (!done.ok) return fail(done.status, { trouble: done.trouble, typed: email ?? '' });
    return { answer: done.answer };
  },
};
