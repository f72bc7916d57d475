import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  neverShared(event);
  const to = event.url.searchParams.get('to')?.trim() ?? '';
  const page = event.url.searchParams.get('page') ?? 1;
  return { to, mails: await api(event).get('listDemoMails', { query: { page, ...(to && { to }) } }) };
};
