import { act, mine } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  mails: await mine(event, 'listTroubledMails', { query: { page: event.url.searchParams.get('page') ?? 1 } }),
});

export const actions: Actions = {
  again: async (event) => {
    const mail = String((await event.request.formData()).get('mail'));
    const done = await act(event, 'sendMailAgain', { params: { mail } });
    return done.ok ? { done: true } : done.failure;
  },
  letGo: async (event) => {
    const mail = String((await event.request.formData()).get('mail'));
    const done = await act(event, 'letMailGo', { params: { mail } });
    return done.ok ? { done: true } : done.failure;
  },
};
