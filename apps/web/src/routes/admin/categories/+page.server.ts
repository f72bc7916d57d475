import { mine } from '#lib/people/server/mine.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  list: await mine(event, 'listCategoriesToEdit', {}),
  saved: event.url.searchParams.has('saved'),
});
