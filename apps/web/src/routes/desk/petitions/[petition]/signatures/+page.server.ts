import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { atDesk, refusedAt } from '#lib/desk/server/desk.ts';
import { queryOf, startBody } from '#lib/petitions/rules/doubts.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

type Body<N extends keyof Contracts> = CallInput<Contracts[N]> extends { body: infer B } ? B : never;

const numberOf = (event: Pick<RequestEvent, 'params'>) => Number(event.params.petition);

const invalidationIn = (form: FormData) => ({ invalidation: String(form.get('invalidation')) });

/** One of the page's forms: what is sent is read from it, and `said` names what was done. */
const sending =
  <N extends keyof Contracts>(
    name: N,
    at: string,
    said: string,
    read: (event: RequestEvent, form: FormData) => CallInput<Contracts[N]>,
  ) =>
  async (event: RequestEvent) => {
    const form = await event.request.formData();
    const outcome = await api(event).send(name, read(event, form));
    return outcome.ok ? { at, said } : refusedAt(event, at, outcome, form);
  };

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
  start: sending('startInvalidation', 'start', 'started', (event, form) => ({
    params: { petition: numberOf(event) },
    body: startBody(form) as unknown as Body<'startInvalidation'>,
  })),
  clear: sending('clearSuspects', 'clear', 'cleared', (event, form) => ({
    params: { petition: numberOf(event) },
    body: queryOf(form) as Body<'clearSuspects'>,
  })),
  cancel: sending('cancelInvalidation', 'cancel', 'cancelled', (_, form) => ({
    params: invalidationIn(form),
  })),
  undo: sending('undoInvalidation', 'undo', 'undone', (_, form) => ({ params: invalidationIn(form) })),
  seen: sending('seePetitionBurst', 'seen', 'seen', (_, form) => ({
    params: { burst: String(form.get('burst')) },
  })),
  remove: sending('removePetition', 'remove', 'removed', (event, form) => ({
    params: { petition: numberOf(event) },
    body: { reason: String(form.get('why') ?? '') },
  })),
};
