import { redirect } from '@sveltejs/kit';
import { formObject } from '@folkmoot/ui/form-data';
import { draftOrStart, savePage } from '#lib/reports/server/drafting.ts';
import { pagePath } from '#lib/reports/draft.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const draft = await draftOrStart(event.parent);
  if (draft.lon === null || draft.lat === null) redirect(303, pagePath('place'));
  const at = { lon: draft.lon, lat: draft.lat };
  const kinds = await api(event).get('listReportCategories', { query: at });
  return { kinds, q: event.url.searchParams.get('q')?.trim().slice(0, 80) ?? '' };
};

export const actions: Actions = {
  default: async (event) => savePage(event, { ...formObject(await event.request.formData()) }),
};
