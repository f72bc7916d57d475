import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { draftOrStart, savePage } from '#lib/reports/server/drafting.ts';
import { nextPath } from '#lib/reports/draft.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const draft = await draftOrStart(event.parent);
  const { category, lon, lat } = draft;
  if (!category || lon === null || lat === null) redirect(303, nextPath(draft));
  const similar = await api(event).get('listSimilarReports', {
    params: { category: category.id },
    query: { lon, lat },
  });
  return { similar };
};

export const actions: Actions = {
  /** "This is it": one more voice, and the draft is not needed. */
  mine: async (event) => {
    const report = Number((await event.request.formData()).get('report'));
    const said = await api(event).send('supportReport', { params: { report }, body: {} });
    if (said.ok) await api(event).send('dropReportDraft', {});
    redirect(303, localizeHref(`/reports/${report}${said.ok ? '?said=too' : ''}`));
  },
  none: async (event) => savePage(event, { notSimilar: true }),
};
