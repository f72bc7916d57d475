import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  cacheable(event, { query: ['page'], topics: ['petitions'] });
  const page = Number(event.url.searchParams.get('page') ?? 1) || 1;
  return {
    log: await api(event).get('listPetitionDecisions', { query: { page } }),
    codes: await api(event).get('listPetitionRejectionCodes', {}),
  };
};
