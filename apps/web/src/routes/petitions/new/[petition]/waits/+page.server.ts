import { fail, redirect } from '@sveltejs/kit';
import { getLocale } from '@folkmoot/words';
import { nextAskPath } from '#lib/petitions/asking.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { draft } = await event.parent();
  if (!draft.waits) redirect(303, nextAskPath(draft));
  return { waits: draft.waits };
};

export const actions: Actions = {
  default: async (event) => {
    const params = { petition: Number(event.params.petition) };
    const said = await api(event).send('submitPetition', { params, body: { lang: getLocale() } });
    return said.ok ? { again: true } : fail(said.status, said.trouble);
  },
};
