import { loadPetitionDesk } from '#lib/desk/petitions/server/load.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => loadPetitionDesk(event, null);
