/** The shapes of the wards, each under its code, for every page that shows a map of them. */
import { wardsDrawn, WIDTH } from '#lib/places/server/wards.ts';
import type { RequestHandler } from './$types';

const A_YEAR = 31_536_000;
const AN_HOUR = 3_600;

export const GET: RequestHandler = async (event) => {
  const { height, wards, water } = await wardsDrawn(event);
  const shapes = wards.map(({ code, path }) => `<path id="w-${code}" fill-rule="evenodd" d="${path}"/>`);
  if (water) shapes.push(`<path id="water" d="${water.path}"/>`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}">${shapes.join('')}</svg>`;
  // under its own version it never changes
  const kept = event.url.searchParams.has('v') ? `max-age=${A_YEAR}, immutable` : `max-age=${AN_HOUR}`;
  return new Response(svg, {
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': `public, ${kept}`,
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  });
};
