import { inLang } from '@folkmoot/core/kit/plain';
import { localizeHref } from '@folkmoot/words';
import { cacheable } from '#lib/server/cache.ts';
import type { RequestHandler } from './$types';

/** What a phone needs to keep the town on its first screen. */
export const GET: RequestHandler = (event) => {
  const lang = event.url.searchParams.get('lang') === 'cy' ? 'cy' : 'en';
  cacheable(event, { query: ['lang'], topics: ['place'] });
  const name = inLang(event.locals.place.name, lang).text;
  const sizes = [192, 512];
  const manifest = {
    name: `${name} Folkmoot`,
    short_name: name,
    lang,
    dir: 'ltr',
    start_url: localizeHref('/', { locale: lang }),
    scope: '/',
    display: 'standalone',
    background_color: '#fafbf8',
    theme_color: '#fafbf8',
    icons: [
      { src: '/api/v1/place/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      ...sizes.map((size) => ({
        src: `/api/v1/place/icon-${size}.png`,
        sizes: `${size}x${size}`,
        type: 'image/png',
        purpose: 'any maskable',
      })),
    ],
  };
  return new Response(JSON.stringify(manifest), {
    headers: { 'content-type': 'application/manifest+json' },
  });
};
