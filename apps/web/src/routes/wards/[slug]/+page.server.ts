import { api } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const params = { slug: event.params.slug };
  const [now, ward] = await Promise.all([
    api(event).get('readWardNow', { params }),
    api(event).get('readWard', { params }),
  ]);
  return { now, councillors: ward.councillors, today: new Date().toISOString() };
};
