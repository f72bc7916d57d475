import { fail, redirect } from '@sveltejs/kit';
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { formObject } from '@folkmoot/ui/form-data';
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

type Change = CallInput<Contracts['editReport']>['body'];

export const actions: Actions = {
  default: async (event) => {
    const params = { report: Number(event.params.report) };
    const values = formObject(await event.request.formData());
    const said = await api(event).send('editReport', { params, body: values as unknown as Change });
    if (!said.ok) return fail(said.status, { ...said.trouble, values });
    redirect(303, localizeHref(`/reports/${params.report}`));
  },
};
