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
  const say = event.url.searchParams.get('say');
  return { report, fixed: say === 'yes' || say === 'no' ? say : null };
};

type Verdict = CallInput<Contracts['sayWhetherFixed']>['body'];

export const actions: Actions = {
  default: async (event) => {
    const params = { report: Number(event.params.report) };
    const values = formObject(await event.request.formData());
    const said = await api(event).send('sayWhetherFixed', { params, body: values as unknown as Verdict });
    if (!said.ok) return fail(said.status, { ...said.trouble, values });
    if (said.answer.waits) return { waits: said.answer.email };
    redirect(303, localizeHref(`/reports/${params.report}`));
  },
};
