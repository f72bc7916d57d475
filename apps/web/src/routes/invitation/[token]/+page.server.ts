import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { act, typedOf } from '#lib/people/server/mine.ts';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const { token } = event.params;
  return { token, invitation: await api(event).get('readInvitation', { params: { token } }) };
};

export const actions: Actions = {
  default: async (event) => {
    const typed = typedOf(await event.request.formData());
    const { name, agreed = '' } = typed;
    const { token } = event.params;
    const body = { ...(name !== undefined && { name }), agreed };
    const done = await act(event, 'acceptInvitation', { params: { token }, body }, typed);
    if (!done.ok) return done.failure;
    redirect(303, localizeHref(done.answer.to));
  },
};
