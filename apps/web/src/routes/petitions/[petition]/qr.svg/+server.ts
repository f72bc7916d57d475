import { petitionPath } from '@folkmoot/core/petitions/plain';
import { localizeHref } from '@folkmoot/words';
import { toString } from 'qrcode';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { RequestHandler } from './$types';

const A_DAY = 86_400;

/** The code that opens the petition on a phone; black on white, as cameras like it, at any size. */
export const GET: RequestHandler = async (event) => {
  const petition = Number(event.params.petition);
  const { id } = await api(event).get('readPetition', { params: { petition }, query: {} });
  cacheable(event, { topics: [`petition:${id}`] });
  const svg = await toString(`${event.url.origin}${localizeHref(petitionPath(id))}`, {
    type: 'svg',
    margin: 2,
    errorCorrectionLevel: 'M',
  });
  return new Response(svg, {
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': `public, max-age=${A_DAY}`,
      'content-disposition': `inline; filename="petition-${id}.svg"`,
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  });
};
