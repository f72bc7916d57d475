import { redirect } from '@sveltejs/kit';
import { formObject } from '@folkmoot/ui/form-data';
import { nextPath } from '#lib/reports/draft.ts';
import { draftOrStart, savePage } from '#lib/reports/server/drafting.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const draft = await draftOrStart(event.parent);
  if (!draft.category?.questions.length) redirect(303, nextPath(draft));
  return { questions: draft.category.questions };
};

export const actions: Actions = {
  // no answer at all is an answer, too: the contract then says what is missing
  default: async (event) => savePage(event, { answers: {}, ...formObject(await event.request.formData()) }),
};
