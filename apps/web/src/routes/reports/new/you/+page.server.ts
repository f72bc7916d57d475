import { peoplePersonal } from '@folkmoot/core/people/personal';
import { reportsPersonal } from '@folkmoot/core/reports/personal';
import { formObject } from '@folkmoot/ui/form-data';
import { draftOrStart, savePage } from '#lib/reports/server/drafting.ts';
import type { Actions, PageServerLoad } from './$types';

/** The notice on this form is what the house says of these very columns: it cannot promise something else. */
const ASKED = ['people.name', 'contacts.value', 'reports.detail', 'reports.show_name'];

export const load: PageServerLoad = async (event) => {
  await draftOrStart(event.parent);
  const held = [...peoplePersonal.holds, ...reportsPersonal.holds];
  const why = ASKED.flatMap((column) => held.find((one) => one.column === column)?.why ?? []);
  return { why };
};

export const actions: Actions = {
  default: async (event) => savePage(event, { ...formObject(await event.request.formData()) }),
};
