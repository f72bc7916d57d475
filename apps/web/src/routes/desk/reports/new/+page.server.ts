import { error, redirect } from '@sveltejs/kit';
import { localizeHref, m } from '@folkmoot/words';
import { formObject } from '@folkmoot/ui/form-data';
import { atDesk, refusedAt } from '#lib/desk/server/desk.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

/** Three short pages in one address: where (`?q=`), what (`?lon=&lat=&place=`), then who and the words (`&category=`). */
export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url;
  const queue = await atDesk(event, 'listReportQueue', { query: {} });
  if (!queue.mayChange) error(403, 'not_allowed');
  const q = searchParams.get('q')?.trim() ?? '';
  const found = q ? await api(event).get('findPlaces', { query: { q } }) : null;
  const at = ['lon', 'lat'].map((name) => Number(searchParams.get(name) ?? NaN));
  const [lon = NaN, lat = NaN] = at;
  const here = Number.isFinite(lon) && Number.isFinite(lat);
  const categories = here ? await api(event).get('listReportCategories', { query: { lon, lat } }) : [];
  const code = searchParams.get('category');
  return {
    organisation: queue.organisation.id,
    q,
    found,
    at: here ? { lon, lat, place: searchParams.get('place') ?? '' } : null,
    categories,
    category: categories.find((one) => one.id === code) ?? null,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const it = formObject(form) as Record<string, string>;
    const { organisation, name, email, phone, channel, lang, agreed, anonymous, ...report } = it;
    let person = '';
    if (!anonymous) {
      // the words that were read out are kept as they were said, in the language of the caller
      const wording = m.desk_new_consent_words({}, { locale: lang === 'cy' ? 'cy' : 'en' });
      const body = { organisation, name, email, phone, channel, lang, agreed, wording };
      const found = await api(event).send('actFor', { body: body as never });
      if (!found.ok) return refusedAt(event, 'new', found, form);
      person = found.answer.person;
    }
    const made = await api(event).send('makeReportForSomeone', {
      body: { ...report, lang, channel, person } as never,
    });
    if (!made.ok) return refusedAt(event, 'new', made, form);
    redirect(303, localizeHref(`/desk/reports/${made.answer.report}?view=open&done=made`));
  },
};
