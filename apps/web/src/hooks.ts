import { deLocalizeHref } from '@folkmoot/words';
import type { Reroute } from '@sveltejs/kit/hooks';

/** `/cy/reports` is the page `/reports`, in Welsh. */
export const reroute: Reroute = ({ url }) => deLocalizeHref(url.pathname);
