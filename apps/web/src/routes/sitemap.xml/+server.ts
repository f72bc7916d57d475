import { PAGES } from '@folkmoot/core/content/plain';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import type { RequestHandler } from './$types';

/** the newest changes; older reports and petitions are found through the lists */
const LIST_PAGES = 10;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The public pages, each with its twin in the other language. Bounded: a sitemap of a million helps nobody. */
export const GET: RequestHandler = async (event) => {
  const { origin } = event.url;
  const wards = await api(event).get('listWards', { query: {} });
  const reports: Array<{ id: number; updatedAt: string }> = [];
  for (let page = 1; page <= LIST_PAGES; page++) {
    const list = await api(event).get('listReports', { query: { state: 'all', age: 'all', page } });
    reports.push(...list.items);
    if (page >= list.pages) break;
  }
  const petitions: Array<{ id: number; updatedAt: string }> = [];
  for (let page = 1; page <= LIST_PAGES; page++) {
    const list = await api(event).get('listPetitions', { query: { facet: 'recent', page } });
    petitions.push(...list.items);
    if (page >= list.pages) break;
  }
  const paths: Array<{ path: string; at?: string }> = [
    ...[
      '/',
      '/reports',
      '/petitions',
      '/reports/help',
      '/petitions/help',
      '/petitions/wards',
      '/wards',
      '/decisions',
      '/alerts',
      '/about/open-data',
    ].map((path) => ({ path })),
    ...PAGES.map((slug) => ({ path: `/about/${slug}` })),
    ...wards.map(({ slug }) => ({ path: `/wards/${slug}` })),
    ...petitions.map(({ id, updatedAt }) => ({ path: `/petitions/${id}`, at: updatedAt.slice(0, 10) })),
    ...reports.map(({ id, updatedAt }) => ({ path: `/reports/${id}`, at: updatedAt.slice(0, 10) })),
  ];
  const at = (path: string, locale: 'en' | 'cy') => escaped(origin + localizeHref(path, { locale }));
  const entries = paths.flatMap(({ path, at: changed }) =>
    (['en', 'cy'] as const).map(
      (locale) =>
        `<url><loc>${at(path, locale)}</loc>${changed ? `<lastmod>${changed}</lastmod>` : ''}<xhtml:link rel="alternate" hreflang="en" href="${at(path, 'en')}"/><xhtml:link rel="alternate" hreflang="cy" href="${at(path, 'cy')}"/></url>`,
    ),
  );
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${entries.join('\n')}\n</urlset>\n`;
  return new Response(body, { headers: { 'content-type': 'application/xml; charset=utf-8' } });
};
