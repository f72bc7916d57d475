import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const sent = await api(event).get('readSentReport', {});
  if (!sent) redirect(303, localizeHref('/reports/new'));
  return { sent };
};
