import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { atDesk, refusedAt } from '#lib/desk/server/desk.ts';
import { queryOf, startBody } from '#lib/petitions/rules/doubts.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

type Body<N extends keyof Contracts> = CallInput<Contracts[N]> extends { body: infer B } ? B : never;

const numberOf = (event: Pick<RequestEvent, 'params'>) => Number(event.params.petition);

export const load: PageServerLoad = async (event) => ({
  it: await atDesk(event, 'readSignaturesAtDesk', { params: { petition: numberOf(event) } }),
});

export const actions: Actions = {
  try: async (event) => {
    const form = await event.request.formData();
    const body = queryOf(form) as Body<'tryInvalidation'>;
    const outcome = await api(event).send('tryInvalidation', { params: { petition: numberOf(event) }, body });
    if (!outcome.ok) return refusedAt(event, 'try', outcome, form);
    const typed = Object.fromEntries([...form.entries()].map(([name, value]) => [name, String(value)]));
    return { at: 'try', tried: outcome.answer, typed };
  },
  start: async (event) => {
    const form = await event.request.formData();
    const body = startBody(form) as unknown as Body<'startInvalidation'>;
    const outcome = await api(event).send('startInvalidation', {
      params: { petition: numberOf(event) },
      body,
    });
    return outcome.ok ? { at: 'start', said: 'started' } : refusedAt(event, 'start', outcome, form);
  },
  clear: async (event) => {
    const form = await event.request.formData();
    const body = queryOf(form) as Body<'clearSuspects'>;
    const outcome = await api(event).send('clearSuspects', { params: { petition: numberOf(event) }, body });
    return outcome.ok ? { at: 'clear', said: 'cleared' } : refusedAt(event, 'clear', outcome, form);
  },
  cancel: async (event) => {
    const form = await event.request.formData();
    const params = { invalidation: String(form.get('invalidation')) };
    const outcome = await api(event).send('cancelInvalidation', { params });
    return outcome.ok ? { at: 'cancel', said: 'cancelled' } : refusedAt(event, 'cancel', outcome, form);
  },
  undo: async (event) => {
    const form = await event.request.formData();
    const params = { invalidation: String(form.get('invalidation')) };
    const outcome = await api(event).send('undoInvalidation', { params });
    return outcome.ok ? { at: 'undo', said: 'undone' } : refusedAt(event, 'undo', outcome, form);
  },
  seen: async (event) => {
    const form = await event.request.formData();
    const params = { burst: String(form.get('burst')) };
    const outcome = await api(event).send('seePetitionBurst', { params });
    return outcome.ok ? { at: 'seen', said: 'seen' } : refusedAt(event, 'seen', outcome, form);
  },
  remove: async (event) => {
    const form = await event.request.formData();
    const body = { reason: String(form.get('why') ?? '') };
    const outcome = await api(event).send('removePetition', { params: { petition: numberOf(event) }, body });
    return outcome.ok ? { at: 'remove', said: 'removed' } : refusedAt(event, 'remove', outcome, form);
  },
};
