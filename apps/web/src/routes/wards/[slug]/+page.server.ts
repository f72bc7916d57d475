import { inLang } from '@folkmoot/core/kit/plain';
import { localizeHref, m, sayList } from '@folkmoot/words';
import { frontOf } from '#lib/home/server/front.ts';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('folkmoot:now');
  const { lang, place } = event.locals;
  const params = { slug: event.params.slug };
  const [now, { councillors }] = await Promise.all([
    api(event).shared('readWardNow', { params }),
    api(event).shared('readWard', { params }),
  ]);
  const { id, slug } = now.ward;
  const name = inLang(now.ward.name, lang).text;
  cacheable(event, { topics: [`ward:${id}:reports`, 'petitions', 'place'] });
  const names = sayList(councillors.map((one) => one.name));
  return {
    front: frontOf(now, name, { id, slug, name }),
    words: {
      not: m.home_not_your_ward(),
      wards: localizeHref('/wards'),
      title: m.home_councillors(),
      line: names ? m.home_councillors_line({ names, ward: name }) : m.home_councillors_none({ ward: name }),
      town: m.home_whole_town({ town: inLang(place.name, lang).text }),
      home: localizeHref('/'),
    },
  };
};
