import { formObject } from '@folkmoot/ui/form-data';
import { saveAsked } from '#lib/petitions/server/asking.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const { details = '' } = formObject(await event.request.formData());
    return saveAsked(event, { details });
  },
};
