import { fail, redirect } from '@sveltejs/kit';
import { getLocale, localizeHref } from '@folkmoot/words';
import { nextAskPath } from '#lib/petitions/asking.ts';
import { saveAsked } from '#lib/petitions/server/asking.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { draft } = await event.parent();
  const q = draft.title;
  const similar =
    q.length < 3 ? [] : await api(event).get('listSimilarPetitions', { query: { q, not: draft.id } });
  if (similar.length === 0) redirect(303, nextAskPath(draft));
  return { similar };
};

export const actions: Actions = {
  /** One click of somebody signed in: it counts, and the draft is not needed. */
  sign: async (event) => {
    const petition = Number((await event.request.formData()).get('petition'));
    const params = { petition };
    const said = await api(event).send('signPetition', { params, body: { lang: getLocale() } });
    if (!said.ok) return fail(said.status, said.trouble);
    // without a proven address there is a form to fill in
    if (!said.answer.counted) redirect(303, localizeHref(`/petitions/${petition}#sign`));
    await api(event).send('dropPetitionDraft', { params: { petition: Number(event.params.petition) } });
    redirect(303, localizeHref(`/petitions/${petition}`));
  },
  none: async (event) => saveAsked(event, { notSimilar: 'on' }),
};
