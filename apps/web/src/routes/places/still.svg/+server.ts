/**
 * A still piece of the town's map as a picture that the page's own colours paint: `<use href="…#town">` takes the
 * look's custom properties from where it stands, so one picture serves day and night and every council's colours.
 */
import { error } from '@sveltejs/kit';
import { api } from '#lib/server/api.ts';
import type { RequestHandler } from './$types';

const A_DAY = 86_400;

export const GET: RequestHandler = async (event) => {
  const number = (name: string, usual: number) => Number(event.url.searchParams.get(name) ?? usual);
  const drawn = await api(event).send('drawCrop', {
    query: {
      lon: number('lon', NaN),
      lat: number('lat', NaN),
      zoom: number('zoom', 17),
      width: number('width', 600),
      height: number('height', 340),
      ward: event.url.searchParams.get('ward') ?? undefined,
      lang: event.locals.lang,
    },
  });
  if (!drawn.ok) error(drawn.status === 404 ? 404 : 400, drawn.trouble.code);
  return new Response(drawn.answer.svg.replace('<svg ', '<svg id="town" '), {
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': `public, max-age=${A_DAY}`,
      // opened by itself it is only a picture
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  });
};
