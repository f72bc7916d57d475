import { inLanguageOf } from '@folkmoot/words/server';
import { dev } from '$app/env';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { fetchWelsh, WELSH_MAP } from '#lib/frame/server/modules.ts';
import { placeOf } from '#lib/server/api.ts';
import { tellCache } from '#lib/server/cache.ts';
import { withParts } from '#lib/server/parts.ts';

/** The language is in the address; the town's name and colours are asked once until they change. */
export const handle: Handle = ({ event, resolve }) =>
  inLanguageOf(event.url.pathname, async (locale) => {
    event.locals.lang = locale;
    event.locals.place = await placeOf(event);
    const { hue, chroma } = event.locals.place;
    const welsh = locale === 'cy' && !dev;
    let begun = false;
    const response = await resolve(event, {
      transformPageChunk({ html }) {
        if (begun) return html;
        begun = true;
        // what is filled in stands in the first lines: the rest of the page need not be searched for it
        const end = html.indexOf('<link rel="icon"');
        const top = html
          .slice(0, end)
          .replace('%lang%', locale)
          .replace('%modules%', welsh ? WELSH_MAP : '')
          .replace('%council%', `--council-hue:${hue};--council-chroma:${chroma}`);
        const rest = withParts(event, html.slice(end).replace('%lang%', locale));
        return top + (welsh ? fetchWelsh(rest) : rest);
      },
      preload: ({ type }) => type === 'js' || type === 'css',
    });
    return tellCache(event, response);
  });

/** What broke is in the log with the request's id; the page says so in constant words. */
export const handleError: HandleServerError = (caught) => {
  if (caught.kind !== 'unknown') return {};
  const own = caught.event.platform?.req.folkmoot;
  own?.app.log.error({ err: caught.error, request: own.id }, 'page');
  return { message: 'broken' };
};
