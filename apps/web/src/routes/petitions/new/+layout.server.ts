import { neverShared } from '#lib/server/cache.ts';
import type { LayoutServerLoad } from './$types';

/** These pages hold what one person wrote: no cache may share them. */
export const load: LayoutServerLoad = (event) => {
  neverShared(event);
};
