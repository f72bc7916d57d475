import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const page = Number(event.url.searchParams.get('page') ?? 1);
  return { mails: await api(event).get('listDemoMails', { query: { page } }) };
};
