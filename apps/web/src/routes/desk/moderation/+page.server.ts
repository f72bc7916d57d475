import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { formObject } from '@folkmoot/ui/form-data';
import { atDesk, refusedAt } from '#lib/desk/server/desk.ts';
import { reasonFor } from '#lib/moderation/words.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url;
  const page = Number(searchParams.get('page') ?? 1) || 1;
  const queue = await atDesk(event, 'listFlagged', { query: { page } });
  const asked = searchParams.get('topic');
  const first = asked ? { topic: asked, part: searchParams.get('part') ?? 'text' } : queue.items[0];
  const found = first
    ? await api(event).send('readFlagged', { query: { topic: first.topic, part: first.part } })
    : null;
  return {
    queue,
    picked: asked !== null,
    item: found?.ok ? found.answer : null,
    gone: asked !== null && !found?.ok,
    done: searchParams.get('done'),
  };
};

const back = (decision?: string): never =>
  redirect(303, localizeHref(`/desk/moderation?done=${decision ?? 'appeal'}`));

export const actions: Actions = {
  decide: async (event) => {
    const form = await event.request.formData();
    const it = formObject(form) as Record<string, string>;
    const { decision = '', rule = '', reason = '', lang = 'en' } = it;
    const body = {
      ...it,
      rule: decision === 'hide' ? rule : '',
      reason: reasonFor(decision, rule, reason, lang === 'cy' ? 'cy' : 'en'),
    };
    const outcome = await api(event).send('decideFlagged', { body: body as never });
    if (!outcome.ok) return refusedAt(event, 'decide', outcome, form);
    return back(outcome.answer.decision);
  },
  undo: async (event) => {
    const form = await event.request.formData();
    const decision = String(form.get('decision') ?? '');
    const outcome = await api(event).send('undoDecision', { params: { decision } });
    if (!outcome.ok) return refusedAt(event, 'undo', outcome, form);
    redirect(303, localizeHref('/desk/moderation'));
  },
  appeal: async (event) => {
    const form = await event.request.formData();
    const { decision = '', ...body } = formObject(form) as Record<string, string>;
    const outcome = await api(event).send('decideAppeal', { params: { decision }, body: body as never });
    if (!outcome.ok) return refusedAt(event, 'appeal', outcome, form);
    return back();
  },
};
