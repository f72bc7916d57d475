import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { formObject } from '@folkmoot/ui/form-data';
import { act, mine, typedOf } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({ pauses: await mine(event, 'listPauses', {}) });

type NewPause = CallInput<Contracts['makePause']>['body'];

export const actions: Actions = {
  make: async (event) => {
    const form = await event.request.formData();
    const body = formObject(form) as unknown as NewPause;
    const done = await act(event, 'makePause', { body }, typedOf(form));
    return done.ok ? { made: true } : done.failure;
  },
  end: async (event) => {
    const pause = String((await event.request.formData()).get('pause'));
    const done = await act(event, 'endPause', { params: { pause } });
    return done.ok ? { ended: true } : done.failure;
  },
};
