import { inLang } from '@folkmoot/core/kit/plain';
import { drawnReport, helpWords, privateKinds, promisesOf, timesOf } from '#lib/reports/server/help.ts';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  cacheable(event, { topics: ['place'] });
  const { lang, place } = event.locals;
  const [numbers, categories] = await Promise.all([
    api(event).get('readReportNumbers', {}),
    api(event).get('listReportCategories', { query: {} }),
  ]);
  return {
    words: helpWords(inLang(place.name, lang).text),
    times: timesOf(numbers, lang),
    machines: drawnReport(),
    promises: promisesOf(categories, lang),
    closed: privateKinds(categories, lang),
  };
};
