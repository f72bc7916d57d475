import { fail, redirect } from '@sveltejs/kit';
import { formObject } from '@folkmoot/ui/form-data';
import { getLocale, localizeHref } from '@folkmoot/words';
import { askPath, nextAskPath } from '#lib/petitions/asking.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

const BEGUN = 3;

export const load: PageServerLoad = async (event) => {
  const [{ items }, schemes] = await Promise.all([
    api(event).get('listMyPetitions', { query: { drafts: 'on' } }),
    api(event).get('listPetitionSchemes', {}),
  ]);
  return {
    begun: items.slice(0, BEGUN).map(({ id, title, lang }) => ({ id, title, lang })),
    councils: schemes.map(({ organisation, scheme }) => ({ ...organisation, excluded: scheme.excluded })),
    // the list of petitions hands over what was looked for and not found
    title: event.url.searchParams.get('title')?.trim().slice(0, 200) ?? '',
  };
};

export const actions: Actions = {
  start: async (event) => {
    const values = formObject(await event.request.formData());
    const { title, organisation } = values as Record<string, string>;
    const body = { title: title ?? '', lang: getLocale(), ...(organisation && { organisation }) };
    const said = await api(event).send('startPetition', { body });
    if (!said.ok) return fail(said.status, { ...said.trouble, values });
    redirect(303, askPath(said.answer.petition, 'similar'));
  },
  goOn: async (event) => {
    const petition = Number((await event.request.formData()).get('petition'));
    const said = await api(event).send('readMyPetition', { params: { petition } });
    redirect(303, said.ok ? nextAskPath(said.answer) : localizeHref('/petitions/new'));
  },
  drop: async (event) => {
    const petition = Number((await event.request.formData()).get('petition'));
    await api(event).send('dropPetitionDraft', { params: { petition } });
    redirect(303, localizeHref('/petitions/new'));
  },
};
