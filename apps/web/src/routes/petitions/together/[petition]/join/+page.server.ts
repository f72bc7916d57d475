import { error, fail, redirect } from '@sveltejs/kit';
import { formObject } from '@folkmoot/ui/form-data';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

const desk = (petition: string) => localizeHref(`/petitions/together/${petition}`);

export const load: PageServerLoad = async (event) => {
  const params = { petition: Number(event.params.petition) };
  const key = event.url.searchParams.get('key') ?? '';
  const said = await api(event).send('readDraftInvitation', { params, query: { key } });
  if (!said.ok) {
    if (said.trouble.code === 'sent_off') return { invitation: null, name: null };
    error(404, 'not_found');
  }
  if (said.answer.joined) redirect(303, desk(event.params.petition));
  const { me } = await event.parent();
  return { invitation: said.answer, name: me?.name ?? null };
};

export const actions: Actions = {
  default: async (event) => {
    const params = { petition: Number(event.params.petition) };
    const key = event.url.searchParams.get('key') ?? '';
    const { name = '' } = formObject(await event.request.formData()) as Record<string, string | undefined>;
    const said = await api(event).send('joinDraft', { params, body: { key, name } });
    if (!said.ok) return fail(said.status, { ...said.trouble, values: { name } });
    redirect(303, desk(event.params.petition));
  },
};
