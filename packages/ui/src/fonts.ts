/** Addresses of the two faces every page needs at once, for `<link rel="preload" as="font" crossorigin>`. */
import display from './styles/fonts/display-core.woff2?url';
import text from './styles/fonts/text-core.woff2?url';

export const fonts = [text, display];
