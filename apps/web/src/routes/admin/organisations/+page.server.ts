import type { CallInput } from '@folkmoot/core/kit/contract';
import type { Contracts } from '@folkmoot/core/contracts';
import { redirect } from '@sveltejs/kit';
import { formObject } from '@folkmoot/ui/form-data';
import { localizeHref } from '@folkmoot/words';
import { act, mine, typedOf } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({ admin: await mine(event, 'readAdmin', {}) });

type New = CallInput<Contracts['createOrganisation']>['body'];

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    // the contract says what is missing
    const body = formObject(form) as unknown as New;
    const done = await act(event, 'createOrganisation', { body }, typedOf(form));
    if (!done.ok) return done.failure;
    redirect(303, localizeHref(`/admin/organisations/${done.answer.slug}`));
  },
};
