import { localizeHref } from '@folkmoot/words';
import { error } from '@sveltejs/kit';
import { cacheable } from '#lib/server/cache.ts';
import type { RequestHandler } from './$types';

const YEAR_MS = 365 * 86_400_000;

/** Where somebody who found a hole in the site may write (RFC 9116); not there where nobody is named. */
export const GET: RequestHandler = (event) => {
  const { security } = event.locals.place;
  if (!security) error(404, 'not_found');
  cacheable(event, { topics: ['place'] });
  // a day, not a moment: the file is the same for everybody all day long
  const expires = new Date(Date.now() + YEAR_MS).toISOString().slice(0, 10);
  const lines = [
    `Contact: ${security}`,
    `Expires: ${expires}T00:00:00Z`,
    'Preferred-Languages: en, cy',
    `Canonical: ${event.url.origin}/.well-known/security.txt`,
    `Policy: ${event.url.origin}${localizeHref('/about/terms', { locale: 'en' })}`,
  ];
  return new Response(`${lines.join('\n')}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
