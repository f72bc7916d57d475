import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** The specimen sheet of the house belongs to the demo; a council's site has no such page. */
export const load: PageServerLoad = ({ locals }) => {
  if (!locals.place.demo) error(404, 'not_found');
  return {};
};
