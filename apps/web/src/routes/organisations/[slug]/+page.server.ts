import { api } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  it: await api(event).get('readOrganisation', { params: { slug: event.params.slug } }),
});
