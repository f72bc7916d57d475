import { error, fail, redirect } from '@sveltejs/kit';
import { formObject } from '@folkmoot/ui/form-data';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

type Said = { fixed?: 'yes' | 'no'; served?: 'yes' | 'no'; text?: string };

export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const said = await api(event).send('readToken', { params: { token: event.params.token } });
  // busy for a moment is not "gone": who is told that throws a good link away
  if (!said.ok && said.status !== 404) error(said.status, said.trouble.code);
  // cut off by a mail program, or older than we keep them: words, not an error page
  const token = said.ok ? said.answer : null;
  // who presses again finds what the first press gave them: their number and their receipt
  if (token?.kind === 'confirm_signature' && token.state === 'used' && token.to)
    redirect(303, localizeHref(`${token.to}/signed/${event.params.token}`));
  return { token };
};

export const actions: Actions = {
  default: async (event) => {
    const values = formObject(await event.request.formData());
    const used = await api(event).send('useToken', {
      params: { token: event.params.token },
      body: values as Said,
    });
    if (used.ok) redirect(303, localizeHref(used.answer.to));
    // used already, or too late: the page itself says so
    if (used.trouble.code === 'used' || used.trouble.code === 'too_late') return;
    return fail(used.status, { ...used.trouble, values });
  },
};
