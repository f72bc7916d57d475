import { streetsIn } from '#lib/places/server/streets.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => streetsIn(event);
