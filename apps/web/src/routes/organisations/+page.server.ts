import { api } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  organisations: (await api(event).get('listOrganisations', {})).items,
});
