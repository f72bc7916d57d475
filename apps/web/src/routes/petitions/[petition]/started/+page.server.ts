import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

/** After it was sent off: by its key, since the button of a mail signs nobody in. */
export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const params = { petition: Number(event.params.petition) };
  const key = event.url.searchParams.get('key') ?? '';
  const petition = await api(event).get('readPetition', { params, query: { key } });
  // published since: everybody sees it where it stands
  if (petition.openedAt || petition.state === 'rejected')
    redirect(303, localizeHref(`/petitions/${petition.id}`));
  const moderation = await api(event).get('readModerationClock', {
    params: { organisation: petition.organisation.id },
  });
  const { id, title, lang, supporters } = petition;
  return {
    petition: { id, title, lang, supporters },
    moderation,
    path: `/petitions/${id}?key=${encodeURIComponent(key)}`,
  };
};
