import { footOf } from '#lib/frame/server/foot.ts';
import { api } from '#lib/server/api.ts';
import type { LayoutServerLoad } from './$types';

/** Nothing of one visitor in a page that many share: `me` is asked only where there is a session. */
export const load: LayoutServerLoad = async (event) => {
  const signedIn = event.cookies.get('folkmoot') ?? event.cookies.get('__Host-folkmoot');
  const me = signedIn ? await api(event).get('readMe', {}) : null;
  // naming the address makes Kit ask again on each page: who signs in, or has read a message, sees it at the top
  const { place, lang } = event.locals;
  return { place, foot: footOf(place, lang), me: me?.person ? me : null, here: event.url.pathname };
};
