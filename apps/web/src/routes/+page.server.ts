import { api } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const [now, wards] = await Promise.all([
    api(event).get('readTown', {}),
    api(event).get('listWards', { query: {} }),
  ]);
  return { now, wards: wards.map(({ slug, name }) => ({ slug, name })), today: new Date().toISOString() };
};
