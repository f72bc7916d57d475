import { footOf } from '#lib/frame/server/foot.ts';
import Foot from '#lib/frame/server/Foot.svelte';
import { api, ofPlace } from '#lib/server/api.ts';
import { htmlOf, part } from '#lib/server/parts.ts';
import type { LayoutServerLoad } from './$types';

/** Nothing of one visitor in a page that many share: `me` is asked only where there is a session. */
export const load: LayoutServerLoad = async (event) => {
  const signedIn = event.cookies.get('folkmoot') ?? event.cookies.get('__Host-folkmoot');
  const me = signedIn ? await api(event).get('readMe', {}) : null;
  // naming the address makes Kit ask again on each page: who signs in, or has read a message, sees it at the top
  const { place, lang } = event.locals;
  // it stays on the screen from page to page: whoever asks by script has it already
  const foot = event.isDataRequest
    ? ''
    : part(
        event,
        ofPlace(event, `foot ${lang}`, () => htmlOf(Foot, { foot: footOf(place, lang) })),
      );
  return { place, foot, me: me?.person ? me : null, here: event.url.pathname };
};
