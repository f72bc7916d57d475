import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import { footOf } from '#lib/frame/server/foot.ts';
import Foot from '#lib/frame/server/Foot.svelte';
import NotOpen from '#lib/frame/server/NotOpen.svelte';
import { api, ofPlace } from '#lib/server/api.ts';
import { htmlOf, part } from '#lib/server/parts.ts';
import type { LayoutServerLoad } from './$types';

/** In a rush a page is made once for all who are signed in: it asks who they are when it is awake. */
const somebody = (lang: 'en' | 'cy'): CallAnswer<Contracts['readMe']> => ({
  person: 'somebody',
  name: null,
  lang,
  grants: [],
  strong: false,
  ward: null,
  unread: 0,
});

/** Nothing of one visitor in a page that many share: `me` is asked only where there is a session. */
export const load: LayoutServerLoad = async (event) => {
  const signedIn = event.cookies.get('folkmoot') ?? event.cookies.get('__Host-folkmoot');
  const rush = event.platform?.req.folkmoot?.rush === true;
  const me = rush ? somebody(event.locals.lang) : signedIn ? await api(event).get('readMe', {}) : null;
  // naming the address makes Kit ask again on each page: who signs in, or has read a message, sees it at the top
  const { place, lang } = event.locals;
  // it stays on the screen from page to page: whoever asks by script has it already
  const foot = event.isDataRequest
    ? ''
    : part(
        event,
        ofPlace(event, `foot ${lang}`, () => htmlOf(Foot, { foot: footOf(place, lang) })),
      );
  const staff = me?.strong === true;
  const notOpen = place.open ? '' : part(event, htmlOf(NotOpen, { place, staff }));
  return { place, foot, notOpen, me: me?.person ? me : null, rush, here: event.url.pathname };
};
