import { act, mine } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  follows: await mine(event, 'listFollows', { query: { page: event.url.searchParams.get('page') ?? 1 } }),
});

const topicIn = async (request: Request) => {
  const form = await request.formData();
  return { topic: String(form.get('topic')), byMail: form.get('byMail') === 'true' };
};

export const actions: Actions = {
  end: async (event) => {
    const { topic } = await topicIn(event.request);
    const done = await act(event, 'unfollow', { body: { topic } });
    return done.ok ? { done: true } : done.failure;
  },
  mail: async (event) => {
    const { topic, byMail } = await topicIn(event.request);
    const done = await act(event, 'follow', { body: { topic, byMail } });
    return done.ok ? { kept: true } : done.failure;
  },
};
