import { fail, redirect } from '@sveltejs/kit';
import { formObject } from '@folkmoot/ui/form-data';
import { localizeHref } from '@folkmoot/words';
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { nowWords, stepsOf } from '#lib/reports/page.ts';
import { stateWord } from '#lib/reports/states.ts';
import { api } from '#lib/server/api.ts';
import { cacheable, neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const report = await api(event).get('readReport', { params: { report: Number(event.params.report) } });
  // kept with the one it was joined to: a change of either makes the page stale
  const topics = [report.id, ...(report.duplicateOf ? [report.duplicateOf] : [])].map((id) => `report:${id}`);
  if (report.private) neverShared(event);
  else cacheable(event, { query: ['said'], topics });
  // said here, in one language: the page need not fetch the words of every state and step
  const words = {
    state: stateWord(report.state),
    now: nowWords(report, report.state),
    steps: stepsOf(report, report.state),
  };
  // the steps hold all of the timeline: not sent twice
  return { report: { ...report, timeline: [] }, words, said: event.url.searchParams.get('said') };
};

type Comment = CallInput<Contracts['commentOnReport']>['body'];

export const actions: Actions = {
  support: async (event) => {
    const params = { report: Number(event.params.report) };
    const said = await api(event).send('supportReport', { params, body: {} });
    if (!said.ok) return fail(said.status, { ...said.trouble, about: 'support' as const });
    redirect(303, localizeHref(`/reports/${params.report}?said=too#too`));
  },
  comment: async (event) => {
    const params = { report: Number(event.params.report) };
    const values = formObject(await event.request.formData());
    const said = await api(event).send('commentOnReport', { params, body: values as unknown as Comment });
    if (!said.ok) return fail(said.status, { ...said.trouble, about: 'comment' as const, values });
    if (said.answer.waits) return { waits: said.answer.email };
    redirect(303, localizeHref(`/reports/${params.report}?said=comment#say`));
  },
};
