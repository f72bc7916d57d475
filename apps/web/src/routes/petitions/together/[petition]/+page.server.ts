import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { formObject } from '@folkmoot/ui/form-data';
import { localizeHref } from '@folkmoot/words';
import { api, type Outcome } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

const here = (event: Pick<RequestEvent, 'params'>, more = '') =>
  localizeHref(`/petitions/together/${event.params['petition']}${more}`);

export const load: PageServerLoad = async (event) => {
  const params = { petition: Number(event.params.petition) };
  const edit = event.url.searchParams.get('edit');
  const said = await api(event).send('readDraftTogether', { params });
  if (said.ok) return { together: said.answer, begin: null, edit, sent: false };
  if (said.trouble.code === 'sent_off') return { together: null, begin: null, edit: null, sent: true };
  // whoever began it and has let nobody in yet may do so here
  const own = await api(event).send('readMyPetition', { params });
  if (!own.ok) error(404, 'not_found');
  if (own.answer.state !== 'draft') return { together: null, begin: null, edit: null, sent: true };
  const { me } = await event.parent();
  const { id, title, lang, you } = own.answer;
  return {
    together: null,
    begin: { id, title, lang, name: you?.name ?? me?.name ?? null },
    edit: null,
    sent: false,
  };
};

type Texts = Record<string, string | undefined>;
type Event = RequestEvent<{ petition: string }>;

/** Does one thing and shows the page again; a refusal comes back with what was typed. */
async function act<T>(
  event: Event,
  send: (it: {
    params: { petition: number; paragraph: string; drafter: string };
    values: Texts;
  }) => Promise<Outcome<T>>,
  then: (values: Texts, answer: T) => string = () => '',
) {
  const values = formObject(await event.request.formData()) as Texts;
  const { paragraph = '', drafter = '' } = values;
  const said = await send({
    params: { petition: Number(event.params.petition), paragraph, drafter },
    values,
  });
  if (said.ok) redirect(303, here(event, then(values, said.answer)));
  return fail(said.status, { ...said.trouble, values });
}

export const actions: Actions = {
  begin: (event) =>
    act(event, ({ params, values: { name } }) =>
      api(event).send('inviteDrafters', { params, body: name ? { name } : {} }),
    ),
  anew: (event) =>
    act(event, ({ params }) => api(event).send('inviteDrafters', { params, body: { anew: 'on' } })),
  remove: (event) => act(event, ({ params }) => api(event).send('removeDrafter', { params })),
  edit: (event) =>
    act(
      event,
      ({ params }) => api(event).send('lockParagraph', { params, body: {} }),
      ({ paragraph }) => `?edit=${paragraph}#p-${paragraph}`,
    ),
  stop: (event) =>
    act(
      event,
      ({ params }) => api(event).send('lockParagraph', { params, body: { free: 'on' } }),
      ({ paragraph }) => `#p-${paragraph}`,
    ),
  add: (event) =>
    act(
      event,
      ({ params }) => api(event).send('addParagraph', { params, body: {} }),
      (_, { paragraphs }) => `?edit=${paragraphs.at(-1)?.id}#p-${paragraphs.at(-1)?.id}`,
    ),
  save: (event) =>
    act(
      event,
      ({ params, values: { text = '', version = '' } }) =>
        api(event).send('saveParagraph', { params, body: { text, version } }),
      ({ paragraph }) => `#p-${paragraph}`,
    ),
};
