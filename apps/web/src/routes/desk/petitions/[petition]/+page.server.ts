import { petitionActions } from '#lib/desk/petitions/server/actions.ts';
import { loadPetitionDesk } from '#lib/desk/petitions/server/load.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => loadPetitionDesk(event, Number(event.params.petition));

export const actions: Actions = petitionActions;
