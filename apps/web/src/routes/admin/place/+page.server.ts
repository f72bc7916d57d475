import type { CallInput } from '@folkmoot/core/kit/contract';
import type { Contracts } from '@folkmoot/core/contracts';
import { formObject } from '@folkmoot/ui/form-data';
import { localizeHref } from '@folkmoot/words';
import { redirect } from '@sveltejs/kit';
import { act, mine, typedOf } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  settings: await mine(event, 'readPlaceSettings', {}),
  saved: event.url.searchParams.has('saved'),
  problem: event.url.searchParams.get('problem'),
});

type Body = CallInput<Contracts['savePlaceSettings']>['body'];

export const actions: Actions = {
  save: async (event) => {
    const form = await event.request.formData();
    // the contract says what is missing
    const body = formObject(form) as unknown as Body;
    const done = await act(event, 'savePlaceSettings', { body }, typedOf(form));
    if (!done.ok) return done.failure;
    redirect(303, localizeHref('/admin/place?saved'));
  },
  crestOff: async (event) => {
    const off = await act(event, 'removeCrest', {});
    if (!off.ok) return off.failure;
    redirect(303, localizeHref('/admin/place?saved'));
  },
};
