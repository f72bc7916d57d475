import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { formObject } from '@folkmoot/ui/form-data';
import { act, mine, typedOf } from '#lib/people/server/mine.ts';
import { ratesBody } from '#lib/petitions/rules/rates.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

type Body<N extends keyof Contracts> = CallInput<Contracts[N]> extends { body: infer B } ? B : never;

export const load: PageServerLoad = async (event) => ({ it: await mine(event, 'readPetitionRules', {}) });

/** Keeps one thing that its form names in a field of its own; the other fields are what it shall be. */
async function keep<N extends 'savePetitionRejectionCode' | 'saveEmailRule', Said extends string>(
  event: RequestEvent,
  name: N,
  key: string,
  said: Said,
) {
  const form = await event.request.formData();
  const { [key]: which = '', ...body } = formObject(form) as Record<string, string>;
  const input = { params: { [key]: which }, body } as unknown as CallInput<Contracts[N]>;
  const done = await act(event, name, input, typedOf(form));
  return done.ok ? { said } : done.failure;
}

export const actions: Actions = {
  code: (event) => keep(event, 'savePetitionRejectionCode', 'code', 'code'),
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
  saveRule: (event) => keep(event, 'saveEmailRule', 'domain', 'rule'),
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
