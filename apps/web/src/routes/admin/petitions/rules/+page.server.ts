import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { formObject } from '@folkmoot/ui/form-data';
import { act, mine, typedOf } from '#lib/people/server/mine.ts';
import { ratesBody } from '#lib/petitions/rules/rates.ts';
import type { Actions, PageServerLoad } from './$types';

type Body<N extends keyof Contracts> = CallInput<Contracts[N]> extends { body: infer B } ? B : never;

export const load: PageServerLoad = async (event) => ({ it: await mine(event, 'readPetitionRules', {}) });

export const actions: Actions = {
  code: async (event) => {
    const form = await event.request.formData();
    const { code = '', ...body } = formObject(form) as Record<string, string>;
    const done = await act(
      event,
      'savePetitionRejectionCode',
      { params: { code }, body: body as unknown as Body<'savePetitionRejectionCode'> },
      typedOf(form),
    );
    return done.ok ? { said: 'code' as const } : done.failure;
  },
  retire: async (event) => {
    const form = await event.request.formData();
    const { code = '', retired } = formObject(form) as Record<string, string>;
    const body = { retired } as Body<'retirePetitionRejectionCode'>;
    const done = await act(event, 'retirePetitionRejectionCode', { params: { code }, body }, typedOf(form));
    return done.ok ? { said: retired === 'yes' ? ('retired' as const) : ('back' as const) } : done.failure;
  },
  tryRule: async (event) => {
    const form = await event.request.formData();
    const body = formObject(form) as unknown as Body<'tryEmailRule'>;
    const done = await act(event, 'tryEmailRule', { body }, typedOf(form));
    return done.ok ? { tried: done.answer, typed: typedOf(form) } : done.failure;
  },
  saveRule: async (event) => {
    const form = await event.request.formData();
    const { domain = '', ...body } = formObject(form) as Record<string, string>;
    const done = await act(
      event,
      'saveEmailRule',
      { params: { domain }, body: body as unknown as Body<'saveEmailRule'> },
      typedOf(form),
    );
    return done.ok ? { said: 'rule' as const } : done.failure;
  },
  dropRule: async (event) => {
    const form = await event.request.formData();
    const domain = String(form.get('domain') ?? '');
    const done = await act(event, 'dropEmailRule', { params: { domain } }, typedOf(form));
    return done.ok ? { said: 'dropped' as const } : done.failure;
  },
  rates: async (event) => {
    const form = await event.request.formData();
    const body = ratesBody(form) as unknown as Body<'savePetitionRates'>;
    const done = await act(event, 'savePetitionRates', { body }, typedOf(form));
    return done.ok ? { said: 'rates' as const } : done.failure;
  },
};
