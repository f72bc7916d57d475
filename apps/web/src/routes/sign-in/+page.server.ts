import { redirect } from '@sveltejs/kit';
import { getLocale, localizeHref } from '@folkmoot/words';
import { act, typedOf } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { me } = await event.parent();
  const to = event.url.searchParams.get('to') ?? '';
  if (me?.strong) redirect(303, localizeHref('/me'));
  return { to };
};

export const actions: Actions = {
  link: async (event) => {
    const typed = typedOf(await event.request.formData());
    const { email = '', to } = typed;
    const asked = await act(event, 'askForLink', { body: { email, to, lang: getLocale() } }, typed);
    return asked.ok ? { sent: email } : asked.failure;
  },
  password: async (event) => {
    const form = await event.request.formData();
    const typed = typedOf(form);
    const body = {
      email: typed['email'] ?? '',
      to: typed['to'],
      password: String(form.get('password') ?? ''),
    };
    const done = await act(event, 'signInByPassword', { body }, typed);
    if (!done.ok) return done.failure;
    redirect(303, localizeHref(done.answer.to));
  },
};
