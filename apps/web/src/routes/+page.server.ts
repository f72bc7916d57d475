import { inLang } from '@folkmoot/core/kit/plain';
import { localizeHref, m } from '@folkmoot/words';
import { frontOf } from '#lib/home/server/front.ts';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('folkmoot:now');
  cacheable(event, { topics: ['reports', 'petitions', 'place'] });
  const { lang, place } = event.locals;
  const [now, wards] = await Promise.all([
    api(event).shared('readTown', {}),
    api(event).shared('listWards', { query: {} }),
  ]);
  return {
    front: frontOf(now, inLang(place.name, lang).text, null),
    wards: wards.map(({ slug, name }) => ({
      href: localizeHref(`/wards/${slug}`),
      name: inLang(name, lang).text,
    })),
    words: { choose: m.home_choose_ward(), all: m.home_wards_side_by_side(), href: localizeHref('/wards') },
  };
};
