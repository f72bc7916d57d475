import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { formObject } from '@folkmoot/ui/form-data';
import { fail } from '@sveltejs/kit';
import { act, mine, typedOf } from '#lib/people/server/mine.ts';
import { phoneBody } from '#lib/petitions/rules/phone.ts';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

type Body = CallInput<Contracts['signForSomeone']>['body'];

export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const petition = Number(event.params.petition);
  // who may enter sheets may take calls, too
  const it = await mine(event, 'listPetitionSheets', { params: { petition } });
  const page = await api(event).get('readPetition', { params: { petition }, query: {} });
  return { it, why: page.why, bases: page.bases, minimumAge: page.minimumAge };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const typed = typedOf(form);
    // what was not agreed to is not sent: the endpoint has no field for a no
    if (!form.get('agreed')) {
      const trouble = { code: 'invalid', fields: { agreed: 'required' } as Record<string, string> };
      return fail(422, { trouble, typed, from: 'signForSomeone' });
    }
    const params = { petition: Number(event.params.petition) };
    const title = String(formObject(form)['title'] ?? '');
    const body = phoneBody(form, title) as unknown as Body;
    const done = await act(event, 'signForSomeone', { params, body }, typed);
    return done.ok ? { signed: done.answer, name: typed['name'] ?? '' } : done.failure;
  },
};
