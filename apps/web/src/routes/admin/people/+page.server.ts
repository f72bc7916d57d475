import { mine } from '#lib/people/server/mine.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const q = event.url.searchParams.get('q') ?? '';
  const page = Number(event.url.searchParams.get('page') ?? 1);
  return { q, people: await mine(event, 'listRoleHolders', { query: { q, page } }) };
};
