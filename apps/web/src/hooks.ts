import { deLocalizeUrl } from '@folkmoot/words';
import type { Reroute } from '@sveltejs/kit/hooks';

/** `/cy/reports` is the page `/reports`, in Welsh. */
export const reroute: Reroute = ({ url }) => deLocalizeUrl(url).pathname;
