import { itemActions } from '#lib/desk/server/actions.ts';
import { loadDesk } from '#lib/desk/server/desk.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => loadDesk(event, Number(event.params.report));

export const actions: Actions = itemActions;
