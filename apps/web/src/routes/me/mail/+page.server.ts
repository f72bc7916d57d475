import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { act, mine, typedOf } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { digest, lang, contacts } = await mine(event, 'readMyDetails', {});
  return { digest, lang, stopped: contacts.filter((one) => one.stopped).map((one) => one.value) };
};

type Details = CallInput<Contracts['saveMyDetails']>['body'];

export const actions: Actions = {
  default: async (event) => {
    const { digest, lang } = typedOf(await event.request.formData());
    const body = { ...(digest && { digest }), ...(lang && { lang }) } as Details;
    const done = await act(event, 'saveMyDetails', { body });
    return done.ok ? { saved: true } : done.failure;
  },
};
