import { api } from '#lib/server/api.ts';
import { neverShared } from '#lib/server/cache.ts';
import { stillMap } from '#lib/reports/server/drafting.ts';
import type { LayoutServerLoad } from './$types';

/** These pages hold what one person wrote: no cache may share them. */
export const load: LayoutServerLoad = async (event) => {
  neverShared(event);
  event.depends('report:draft');
  const draft = await api(event).get('readReportDraft', {});
  const at = draft?.lon != null && draft.lat != null ? { lon: draft.lon, lat: draft.lat } : null;
  const still = at ? await stillMap(event, at, { width: 560, height: 260, zoom: 17 }) : null;
  return { draft, still };
};
