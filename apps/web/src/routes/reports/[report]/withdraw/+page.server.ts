import { fail, redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const report = await api(event).get('readReport', { params: { report: Number(event.params.report) } });
  if (!report.mine?.mayEdit) redirect(303, localizeHref(`/reports/${report.id}`));
  return { report };
};

export const actions: Actions = {
  default: async (event) => {
    const params = { report: Number(event.params.report) };
    const said = await api(event).send('withdrawReport', { params });
    if (!said.ok) return fail(said.status, said.trouble);
    redirect(303, localizeHref(`/reports/${params.report}`));
  },
};
