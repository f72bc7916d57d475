import { redirect } from '@sveltejs/kit';
import { nextPath } from '#lib/reports/draft.ts';
import { draftOrStart } from '#lib/reports/server/drafting.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const draft = await draftOrStart(event.parent);
  if (!draft.stopped) redirect(303, nextPath(draft));
  return { stopped: draft.stopped };
};
