import { petitionPath } from '@folkmoot/core/petitions/plain';
import { localizeHref } from '@folkmoot/words';
import { error } from '@sveltejs/kit';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import { HIDDEN_WORDS } from '#lib/petitions/sharing.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { id, title, lang, state, signatures } = await api(event).get('readPetition', {
    params: { petition: Number(event.params.petition) },
    query: {},
  });
  // words that moderators took down are not handed on
  if (title === HIDDEN_WORDS) error(404, 'not_found');
  cacheable(event, { topics: [`petition:${id}`, 'place'] });
  return {
    petition: { id, title, lang, state, signatures },
    home: event.url.origin,
    address: `${event.url.origin}${localizeHref(petitionPath(id))}`,
  };
};
