import { localizeHref } from '@folkmoot/words';
import { redirect } from '@sveltejs/kit';
import { act } from '#lib/people/server/mine.ts';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

const keyIn = (url: URL): string => (url.searchParams.get('key') ?? '').slice(0, 80);

export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const params = { slug: event.params.slug };
  const key = keyIn(event.url);
  const { id: _, ...it } = await api(event).get('readOrganisation', { params });
  const door = await api(event).get('readGroupDoor', { params, query: { key } });
  const back = `/organisations/${params.slug}/join?key=${encodeURIComponent(key)}`;
  return {
    slug: it.slug,
    name: it.name,
    about: it.about,
    door,
    key,
    signIn: localizeHref(`/sign-in?to=${encodeURIComponent(back)}`),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { slug } = event.params;
    const joined = await act(event, 'joinGroup', { params: { slug }, body: { key: keyIn(event.url) } });
    if (!joined.ok) return joined.failure;
    redirect(303, localizeHref(`/organisations/${slug}`));
  },
};
