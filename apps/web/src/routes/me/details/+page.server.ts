import type { CallInput } from '@folkmoot/core/kit/contract';
import type { Contracts } from '@folkmoot/core/contracts';
import { act, mine, typedOf } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  details: await mine(event, 'readMyDetails', {}),
  fresh: event.url.searchParams.has('new'),
});

type Details = CallInput<Contracts['saveMyDetails']>['body'];

export const actions: Actions = {
  save: async (event) => {
    const typed = typedOf(await event.request.formData());
    // the contract reads the words of the form; an unticked box sends nothing and means no
    const body = { publicName: '', ...typed } as Details;
    const done = await act(event, 'saveMyDetails', { body }, typed);
    return done.ok ? { saved: true } : done.failure;
  },
  add: async (event) => {
    const typed = typedOf(await event.request.formData());
    const { email = '' } = typed;
    const done = await act(event, 'addMyAddress', { body: { email } }, typed);
    return done.ok ? { added: email } : done.failure;
  },
  remove: async (event) => {
    const form = await event.request.formData();
    const contact = String(form.get('contact'));
    const done = await act(event, 'removeMyAddress', { params: { contact } });
    return done.ok ? { saved: true } : done.failure;
  },
};
