import type { RequestHandler } from './$types';

/** Everything public may be found; what is one person's, the desks and the demo's doors may not; nor a town that is not open yet. */
const KEPT_OUT = [
  '/api/',
  '/me',
  '/admin',
  '/desk',
  '/demo',
  '/confirm',
  '/sign-in',
  '/reports/new',
  '/flag',
];

export const GET: RequestHandler = ({ url, locals }) => {
  const lines =
    locals.place.demo || !locals.place.open
      ? ['User-agent: *', 'Disallow: /']
      : [
          'User-agent: *',
          ...KEPT_OUT.flatMap((path) => [`Disallow: ${path}`, `Disallow: /cy${path}`]),
          '',
          `Sitemap: ${url.origin}/sitemap.xml`,
        ];
  return new Response(`${lines.join('\n')}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
