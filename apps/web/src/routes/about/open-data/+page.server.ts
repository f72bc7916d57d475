import { PETITION_FACETS } from '@folkmoot/core/petitions/plain';
import { m } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

const fields = () => [
  { word: 'action', means: m.petitionshare_data_field_action() },
  { word: 'background', means: m.petitionshare_data_field_background() },
  { word: 'additional_details', means: m.petitionshare_data_field_additional_details() },
  { word: 'state', means: m.petitionshare_data_field_state() },
  { word: 'signature_count', means: m.petitionshare_data_field_signature_count() },
  { word: 'opened_at', means: m.petitionshare_data_field_opened_at() },
  { word: 'closing_date', means: m.petitionshare_data_field_closing_date() },
  { word: 'creator_name', means: m.petitionshare_data_field_creator_name() },
  { word: 'rejection', means: m.petitionshare_data_field_rejection() },
  {
    word: 'response_threshold_reached_at',
    means: m.petitionshare_data_field_response_threshold_reached_at(),
  },
  { word: 'government_response', means: m.petitionshare_data_field_government_response() },
  { word: 'debate', means: m.petitionshare_data_field_debate() },
  { word: 'signatures_by_ward', means: m.petitionshare_data_field_signatures_by_ward() },
];

/** How to read us by machine, with a petition of today as the example. */
export const load: PageServerLoad = async (event) => {
  cacheable(event, { topics: ['place', 'petitions'] });
  const { items } = await api(event).get('listPetitions', { query: { facet: 'popular' } });
  const example = items[0] ?? null;
  const at = (rest: string) => `/petitions/${example?.id ?? 1}${rest}`;
  const paths = [
    { path: '/petitions.json?state=open', gives: m.petitionshare_data_list() },
    { path: '/petitions.csv', gives: m.petitionshare_data_list_csv() },
    { path: at('.json'), gives: m.petitionshare_data_one() },
    { path: at('.csv'), gives: m.petitionshare_data_one_csv() },
    { path: at('/count.json'), gives: m.petitionshare_data_count() },
    { path: `/api/v1${at('/days')}`, gives: m.petitionshare_data_days() },
    { path: at('/days.csv'), gives: m.petitionshare_data_days_csv() },
    { path: '/api/v1/petition-trees', gives: m.petitionshare_data_trees() },
  ];
  return {
    example: example && {
      id: example.id,
      title: example.title,
      lang: example.lang,
      count: example.signatures,
    },
    paths,
    fields: fields(),
    states: ['all', ...PETITION_FACETS, 'not_debated'].join(', '),
    run: `node verify.mjs ${event.url.origin}`,
    runOwn: `node verify.mjs ${event.url.origin} ${example?.id ?? 1} 9f2c…`,
  };
};
