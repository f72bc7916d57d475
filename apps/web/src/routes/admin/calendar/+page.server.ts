import type { CallInput } from '@folkmoot/core/kit/contract';
import type { Contracts } from '@folkmoot/core/contracts';
import { formObject } from '@folkmoot/ui/form-data';
import { act, mine, typedOf } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  holidays: await mine(event, 'listHolidays', {}),
  today: new Date().toISOString().slice(0, 10),
});

type New = CallInput<Contracts['addHoliday']>['body'];

export const actions: Actions = {
  add: async (event) => {
    const form = await event.request.formData();
    // the contract says what is missing
    const body = formObject(form) as unknown as New;
    const done = await act(event, 'addHoliday', { body }, typedOf(form));
    return done.ok ? undefined : done.failure;
  },
  remove: async (event) => {
    const form = await event.request.formData();
    const params = { day: String(form.get('day')) };
    const done = await act(event, 'removeHoliday', { params }, typedOf(form));
    return done.ok ? undefined : done.failure;
  },
};
