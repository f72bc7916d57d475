import { redirect } from '@sveltejs/kit';
import { FLAG_REASONS } from '@folkmoot/core/moderation/plain';
import { localizeHref } from '@folkmoot/words';
import { formObject } from '@folkmoot/ui/form-data';
import { refusedAt } from '#lib/desk/server/desk.ts';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

/** `/flag?topic=report:12&part=update:40` */
export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const { searchParams } = event.url;
  const topic = searchParams.get('topic') ?? '';
  const part = searchParams.get('part') ?? 'text';
  return {
    thing: await api(event).get('readFlaggable', { query: { topic, part } }),
    reasons: FLAG_REASONS,
    sent: searchParams.has('sent'),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const body = formObject(form) as Record<string, string>;
    const outcome = await api(event).send('flagSomething', { body: body as never });
    if (!outcome.ok) return refusedAt(event, 'flag', outcome, form);
    const { topic = '', part = 'text' } = body;
    redirect(303, localizeHref(`/flag?${new URLSearchParams({ topic, part, sent: '1' })}`));
  },
};
