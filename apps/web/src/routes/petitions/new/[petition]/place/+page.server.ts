import { formObject } from '@folkmoot/ui/form-data';
import { getLocale } from '@folkmoot/words';
import { placeBody } from '#lib/petitions/asking.ts';
import { saveAsked } from '#lib/petitions/server/asking.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url;
  const q = searchParams.get('q')?.trim().slice(0, 120) ?? '';
  const [wards, found] = await Promise.all([
    api(event).get('listWards', { query: {} }),
    q ? api(event).get('findPlaces', { query: { q, lang: getLocale() } }) : null,
  ]);
  return {
    q,
    wards: wards.map(({ id, name }) => ({ id, name })),
    spots:
      found?.items.flatMap(({ label, lon, lat, report }) => (report ? [] : [{ label, lon, lat }])) ?? null,
    // a search without a script sends along what was ticked so far
    asked: searchParams.has('where') ? { ...formObject(searchParams) } : null,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const values = { ...formObject(await event.request.formData()) };
    return saveAsked(event, placeBody(values), values);
  },
};
