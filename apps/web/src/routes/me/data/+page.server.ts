import { mine } from '#lib/people/server/mine.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const [details, held] = await Promise.all([mine(event, 'readMyDetails', {}), mine(event, 'readHeld', {})]);
  return { staff: details.staff, held };
};
