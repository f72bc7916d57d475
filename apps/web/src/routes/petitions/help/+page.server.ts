import { inLang } from '@folkmoot/core/kit/plain';
import { localizeHref, m } from '@folkmoot/words';
import { helpWords, keptOf, promiseOf, refusalsOf } from '#lib/petitions/server/help.ts';
import { drawnMachines } from '#lib/petitions/server/machines.ts';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  cacheable(event, { topics: ['petitions', 'place'] });
  const { lang, place } = event.locals;
  const [schemes, codes, { items }] = await Promise.all([
    api(event).get('listPetitionSchemes', {}),
    api(event).get('listPetitionRejectionCodes', {}),
    api(event).get('listPetitions', { query: { facet: 'popular' } }),
  ]);
  const promises = schemes.map((one) => promiseOf(one, lang));
  const longest = Math.max(0, ...promises.map(({ keepDays }) => keepDays));
  const [most] = items;
  return {
    words: helpWords(inLang(place.name, lang).text),
    promises,
    refusals: refusalsOf(codes, lang),
    machines: drawnMachines(),
    kept: keptOf(lang, longest),
    look: most
      ? {
          href: localizeHref(`/petitions/${most.id}/integrity`),
          text: m.petitions_help_count_look({ title: most.title }),
          lang: most.lang,
        }
      : null,
  };
};
