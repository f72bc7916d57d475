import { fail, redirect } from '@sveltejs/kit';
import { formObject } from '@folkmoot/ui/form-data';
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

type Ask = CallInput<Contracts['askScrutiny']>['body'];

/** For its organiser, once, after the answer; anybody else is led to the petition. */
export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const params = { petition: Number(event.params.petition) };
  const here = localizeHref(`/petitions/${params.petition}`);
  const own = await api(event).send('readMyPetition', { params });
  if (!own.ok || own.answer.response !== 'responded') redirect(303, here);
  if (own.answer.steps.some(({ kind }) => kind === 'scrutiny')) redirect(303, here);
  return { id: params.petition, title: own.answer.title, titleLang: own.answer.lang };
};

export const actions: Actions = {
  default: async (event) => {
    const params = { petition: Number(event.params.petition) };
    const values = formObject(await event.request.formData());
    const said = await api(event).send('askScrutiny', { params, body: values as unknown as Ask });
    if (!said.ok) return fail(said.status, { ...said.trouble, values });
    redirect(303, localizeHref(`/petitions/${params.petition}#next`));
  },
};
