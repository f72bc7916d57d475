import { api } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  report: await api(event).get('readReport', { params: { report: Number(event.params.report) } }),
});
