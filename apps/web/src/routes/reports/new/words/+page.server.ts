import { formObject } from '@folkmoot/ui/form-data';
import { draftOrStart, savePage } from '#lib/reports/server/drafting.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await draftOrStart(event.parent);
};

export const actions: Actions = {
  default: async (event) => savePage(event, { ...formObject(await event.request.formData()) }),
};
