import { enterSheet, loadSheets } from '#lib/petitions/server/sheets.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => loadSheets(event);

export const actions: Actions = { default: (event) => enterSheet(event) };
