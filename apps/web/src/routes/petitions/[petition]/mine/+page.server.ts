import { error, fail, redirect } from '@sveltejs/kit';
import { formObject } from '@folkmoot/ui/form-data';
import { localizeHref } from '@folkmoot/words';
import { askPath } from '#lib/petitions/asking.ts';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const { me } = await event.parent();
  const params = { petition: Number(event.params.petition) };
  const said = await api(event).send('readMyPetition', { params });
  if (!said.ok && !me) redirect(303, localizeHref(`/sign-in?to=/petitions/${params.petition}/mine`));
  if (!said.ok) error(said.status, said.trouble.code);
  if (said.answer.state === 'draft') redirect(303, askPath(params.petition, 'check'));
  // paper sheets, where the scheme lets organisers enter them
  const sheets = said.answer.state === 'open' && (await api(event).send('listPetitionSheets', { params })).ok;
  return { mine: said.answer, saved: event.url.searchParams.has('saved'), sheets };
};

type Texts = Record<string, string | undefined>;
const here = (petition: number, more = '') => localizeHref(`/petitions/${petition}/mine${more}`);

export const actions: Actions = {
  /** Keeps the words; with the other button they go back to the moderator at once. */
  amend: async (event) => {
    const params = { petition: Number(event.params.petition) };
    const values = formObject(await event.request.formData()) as Texts;
    const { title, why, details, send } = values;
    const saved = await api(event).send('savePetition', { params, body: { title, why, details } });
    if (!saved.ok) return fail(saved.status, { ...saved.trouble, about: 'amend' as const, values });
    if (send === undefined) redirect(303, here(params.petition, '?saved#amend'));
    const sent = await api(event).send('submitPetition', { params, body: {} });
    if (!sent.ok) return fail(sent.status, { ...sent.trouble, about: 'amend' as const, values });
    redirect(303, here(params.petition));
  },
  appeal: async (event) => {
    const params = { petition: Number(event.params.petition) };
    const values = formObject(await event.request.formData()) as Texts;
    const { decision = '', words = '' } = values;
    const said = await api(event).send('appealPetitionDecision', { params, body: { decision, words } });
    if (!said.ok) return fail(said.status, { ...said.trouble, about: 'appeal' as const, values });
    redirect(303, here(params.petition, '#decisions'));
  },
  withdraw: async (event) => {
    const params = { petition: Number(event.params.petition) };
    const values = formObject(await event.request.formData()) as Texts;
    const said = await api(event).send('withdrawPetition', {
      params,
      body: { reason: values['reason'] ?? '' },
    });
    if (!said.ok) return fail(said.status, { ...said.trouble, about: 'withdraw' as const, values });
    redirect(303, here(params.petition));
  },
};
