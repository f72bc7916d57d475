import { type PageSlug, PAGES } from '@folkmoot/core/content/plain';
import { inLang } from '@folkmoot/core/kit/plain';
import { error } from '@sveltejs/kit';
import { blocksOf } from '#lib/content/server/markdown.ts';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

const isPage = (slug: string): slug is PageSlug => PAGES.some((one) => one === slug);

export const load: PageServerLoad = async (event) => {
  const { page: slug } = event.params;
  if (!isPage(slug)) error(404, 'not_found');
  cacheable(event, { topics: [`page:${slug}`, 'place'] });
  const page = await api(event).get('readPage', { params: { slug } });
  const { lang } = event.locals;
  const body = inLang(page.body, lang);
  return {
    title: inLang(page.title, lang),
    blocks: blocksOf(body.text),
    lang: body.lang,
    missing: body.missing,
    agreed: page.agreed,
  };
};
