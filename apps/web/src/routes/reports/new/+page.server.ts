import { fail, redirect } from '@sveltejs/kit';
import { getLocale, localizeHref } from '@folkmoot/words';
import { formObject } from '@folkmoot/ui/form-data';
import { nextPath } from '#lib/reports/draft.ts';
import { photoWords, refusedWords } from '#lib/reports/refused.ts';
import { say } from '#lib/say.ts';
import { api } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const q = event.url.searchParams.get('q')?.trim().slice(0, 120) ?? '';
  const found = q ? await api(event).get('findPlaces', { query: { q, lang: getLocale() } }) : null;
  const problem = event.url.searchParams.get('problem');
  return { q, found, problem: problem && photoWords(problem) };
};

export const actions: Actions = {
  /** A place was chosen: from the list, by the pin, or where the photo was taken. */
  choose: async (event) => {
    const { lon, lat, place } = formObject(await event.request.formData());
    if (!lon || !lat) return fail(422, { code: 'no_place' });
    const body = { lon, lat, place };
    const said = await api(event).send('startReportDraft', { body });
    if (said.ok) redirect(303, nextPath(said.answer));
    // in words here: a page that came back without a script has none to fetch them with
    const words = refusedWords(say(event.locals.place.name))(said.trouble.code);
    return fail(said.status, { ...said.trouble, words });
  },
  /** Throws the old draft away. */
  again: async (event) => {
    await api(event).send('dropReportDraft', {});
    redirect(303, localizeHref('/reports/new'));
  },
};
