import { neverShared } from '#lib/server/cache.ts';
import type { LayoutServerLoad } from './$types';

/** What a few people write is for them alone: no cache may share it. */
export const load: LayoutServerLoad = (event) => {
  neverShared(event);
};
