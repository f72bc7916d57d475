import { fail, redirect } from '@sveltejs/kit';
import { getLocale } from '@folkmoot/words';
import { askPath, nextAskPath, startedPath } from '#lib/petitions/asking.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { draft } = await event.parent();
  if (draft.next !== 'check') redirect(303, nextAskPath(draft));
};

export const actions: Actions = {
  default: async (event) => {
    const petition = Number(event.params.petition);
    const said = await api(event).send('submitPetition', {
      params: { petition },
      body: { lang: getLocale() },
    });
    if (!said.ok) return fail(said.status, said.trouble);
    const { supporterPath } = said.answer;
    redirect(303, supporterPath ? startedPath(petition, supporterPath) : askPath(petition, 'waits'));
  },
};
