import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { me } = await event.parent();
  if (!me) redirect(303, localizeHref('/sign-in?to=/me/petitions'));
  const page = Math.max(1, Number(event.url.searchParams.get('page')) || 1);
  return { found: await api(event).get('listMyPetitions', { query: { page } }) };
};
