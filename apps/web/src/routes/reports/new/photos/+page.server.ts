import { fail, redirect } from '@sveltejs/kit';
import { draftOrStart, savePage } from '#lib/reports/server/drafting.ts';
import { pagePath } from '#lib/reports/draft.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await draftOrStart(event.parent);
  return { problem: event.url.searchParams.get('problem') };
};

export const actions: Actions = {
  done: async (event) => savePage(event, { photosDone: true }),
  out: async (event) => {
    const hash = String((await event.request.formData()).get('hash') ?? '');
    const said = await api(event).send('removeReportDraftPhoto', { body: { hash } });
    if (said.ok) redirect(303, pagePath('photos'));
    return fail(said.status, said.trouble);
  },
};
