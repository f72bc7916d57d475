import { mine } from '#lib/people/server/mine.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  changes: await mine(event, 'listRoleChanges', {
    query: { page: Number(event.url.searchParams.get('page') ?? 1) },
  }),
});
