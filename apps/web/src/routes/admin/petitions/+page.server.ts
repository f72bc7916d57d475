import { fail } from '@sveltejs/kit';
import { act, mine } from '#lib/people/server/mine.ts';
import { schemeBody, schemeTyped } from '#lib/petitions/rules/scheme.ts';
import type { Actions, PageServerLoad } from './$types';

type Body = Parameters<typeof act<'createPetitionScheme'>>[2]['body'];

export const load: PageServerLoad = async (event) => {
  const organisation = event.url.searchParams.get('organisation') ?? undefined;
  return {
    it: await mine(event, 'readPetitionScheme', { query: { organisation } }),
    published: event.url.searchParams.get('published'),
  };
};

const entriesOf = (form: FormData): Array<[string, string]> =>
  [...form.entries()].filter((pair): pair is [string, string] => typeof pair[1] === 'string');

export const actions: Actions = {
  try: async (event) => {
    const form = await event.request.formData();
    // the contract says what is missing
    const done = await act(event, 'tryPetitionScheme', { body: schemeBody(form) as unknown as Body });
    if (!done.ok) return fail(done.failure.status, { ...done.failure.data, scheme: schemeTyped(form) });
    return { tried: done.answer, entries: entriesOf(form), scheme: schemeTyped(form) };
  },
  publish: async (event) => {
    const form = await event.request.formData();
    const done = await act(event, 'createPetitionScheme', { body: schemeBody(form) as unknown as Body });
    if (!done.ok) return fail(done.failure.status, { ...done.failure.data, scheme: schemeTyped(form) });
    return { published: done.answer.version };
  },
};
