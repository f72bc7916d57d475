import { inLanguageOf } from '@folkmoot/words/server';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { placeOf } from '#lib/server/api.ts';
import { tellCache } from '#lib/server/cache.ts';
import { withParts } from '#lib/server/parts.ts';

/** The language is in the address; the town's name and colours are asked once until they change. */
export const handle: Handle = ({ event, resolve }) =>
  inLanguageOf(event.url.pathname, async (locale) => {
    event.locals.lang = locale;
    event.locals.place = await placeOf(event);
    const { hue, chroma } = event.locals.place;
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
          .replace('%council%', `--council-hue:${hue};--council-chroma:${chroma}`);
        return top + withParts(event, html.slice(end).replace('%lang%', locale));
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
