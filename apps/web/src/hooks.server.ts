import { getTextDirection } from '@folkmoot/words';
import { paraglideMiddleware } from '@folkmoot/words/server';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { placeOf } from '#lib/server/api.ts';
import { tellCache } from '#lib/server/cache.ts';

/** The language is in the address; the town's name and colours are asked once until they change. */
export const handle: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, async ({ locale }) => {
    event.locals.lang = locale;
    event.locals.place = await placeOf(event);
    const { hue, chroma } = event.locals.place;
    const response = await resolve(event, {
      transformPageChunk: ({ html }) =>
        html
          .replaceAll('%lang%', locale)
          .replace('%dir%', getTextDirection(locale))
          .replace('%council%', `--council-hue:${hue};--council-chroma:${chroma}`),
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
