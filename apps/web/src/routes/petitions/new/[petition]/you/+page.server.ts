import { peoplePersonal } from '@folkmoot/core/people/personal';
import { petitionsPersonal } from '@folkmoot/core/petitions/personal';
import { formObject } from '@folkmoot/ui/form-data';
import { youBody } from '#lib/petitions/asking.ts';
import { saveAsked } from '#lib/petitions/server/asking.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

/** The notice on this form is what the house says of these very columns: it cannot promise something else. */
const ASKED = ['people.name', 'contacts.value', 'signatures.postcode', 'petitions.creator_name'];

export const load: PageServerLoad = async (event) => {
  const { me } = await event.parent();
  const held = [...peoplePersonal.holds, ...petitionsPersonal.holds];
  const why = ASKED.flatMap((column) => held.find((one) => one.column === column)?.why ?? []);
  const known = me ? await api(event).send('readMyDetails', {}) : null;
  const account = known?.ok ? { name: known.answer.name, postcode: known.answer.postcode } : null;
  return { why, account };
};

export const actions: Actions = {
  default: async (event) => {
    const values = { ...formObject(await event.request.formData()) };
    return saveAsked(event, youBody(values), values);
  },
};
