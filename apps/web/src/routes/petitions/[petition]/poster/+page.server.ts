import { goalPosts, nextGoal } from '@folkmoot/core/petitions/goals';
import { petitionPath } from '@folkmoot/core/petitions/plain';
import { localizeHref } from '@folkmoot/words';
import { error } from '@sveltejs/kit';
import { toString } from 'qrcode';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import { HIDDEN_WORDS } from '#lib/petitions/sharing.ts';
import type { PageServerLoad } from './$types';

/** A sheet for a notice board: one side of A4, with strips to tear off or without. */
export const load: PageServerLoad = async (event) => {
  const petition = await api(event).get('readPetition', {
    params: { petition: Number(event.params.petition) },
    query: {},
  });
  // nobody hangs up what moderators took down
  if (petition.title === HIDDEN_WORDS) error(404, 'not_found');
  cacheable(event, { query: ['strips'], topics: [`petition:${petition.id}`, 'place'] });
  const { id, title, why, lang, by, signatures, closesAt, state, organisation } = petition;
  const address = `${event.url.origin}${localizeHref(petitionPath(id))}`;
  return {
    petition: { id, title, why: why === HIDDEN_WORDS ? '' : why, lang, by, signatures, closesAt, state },
    council: organisation.name,
    next: nextGoal(petition),
    posts: goalPosts(petition),
    strips: event.url.searchParams.get('strips') === '1',
    address: address.replace(/^https?:\/\//, ''),
    qr: `data:image/svg+xml,${encodeURIComponent(await toString(address, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' }))}`,
  };
};
