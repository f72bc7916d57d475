import { fail, redirect } from '@sveltejs/kit';
import { getLocale, localizeHref } from '@folkmoot/words';
import { nextPath } from '#lib/reports/draft.ts';
import { draftOrStart } from '#lib/reports/server/drafting.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const draft = await draftOrStart(event.parent);
  if (draft.next !== 'check' || draft.stopped) redirect(303, nextPath(draft));
};

export const actions: Actions = {
  default: async (event) => {
    const said = await api(event).send('sendReportDraft', { body: { lang: getLocale() } });
    if (said.ok) redirect(303, localizeHref('/reports/new/done'));
    return fail(said.status, said.trouble);
  },
};
