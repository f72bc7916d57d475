import { api } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  mail: await api(event).get('readDemoMail', { params: { mail: event.params.mail } }),
});
