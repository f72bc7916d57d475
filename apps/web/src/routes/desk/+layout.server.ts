import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import type { LayoutServerLoad } from './$types';

/** What waits on the other desks, for the tabs that lead there. Who may see none of it has no tabs. */
export const load: LayoutServerLoad = async (event) => {
  neverShared(event);
  // asked again whenever a page of the desk is
  void event.url.href;
  const counted = await api(event).send('countPetitionDesk', { query: {} });
  if (!counted.ok) return { waits: undefined };
  const { me } = await event.parent();
  const roles = me?.grants.map((grant) => grant.role) ?? [];
  return { waits: { ...counted.answer, reports: roles.some((role) => role !== 'moderator') } };
};
