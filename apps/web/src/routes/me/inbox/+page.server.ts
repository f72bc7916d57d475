import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { act, mine } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  inbox: await mine(event, 'listInbox', { query: { page: event.url.searchParams.get('page') ?? 1 } }),
});

export const actions: Actions = {
  all: async (event) => {
    const done = await act(event, 'readAllNotifications', {});
    return done.ok ? { read: true } : done.failure;
  },
  open: async (event) => {
    const notification = String((await event.request.formData()).get('notification'));
    const done = await act(event, 'readNotification', { params: { notification } });
    if (!done.ok) return done.failure;
    redirect(303, localizeHref(done.answer.to));
  },
};
