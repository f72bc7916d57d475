import { api } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  mails: await api(event).get('listDemoMails', {
    query: { page: Number(event.url.searchParams.get('page') ?? 1) },
  }),
});
