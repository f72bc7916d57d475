import type { CallInput } from '@folkmoot/core/kit/contract';
import type { Contracts } from '@folkmoot/core/contracts';
import { formObject } from '@folkmoot/ui/form-data';
import { localizeHref } from '@folkmoot/words';
import { redirect } from '@sveltejs/kit';
import { act, typedOf } from '#lib/people/server/mine.ts';
import { recordOf } from '#lib/petitions/server/record.ts';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const params = { slug: event.params.slug };
  const it = await api(event).get('readOrganisation', { params });
  cacheable(event, { topics: [`organisation:${it.id}`, 'petitions', 'place'] });
  const signedIn = event.cookies.get('folkmoot') ?? event.cookies.get('__Host-folkmoot');
  const kept = await api(event).get('readPetitionRecord', { query: { organisation: it.id } });
  const group = signedIn && it.kind === 'group' ? await api(event).send('readGroup', { params }) : null;
  return {
    it,
    record: recordOf(kept, it.id),
    group: group?.ok ? group.answer : null,
    home: event.url.origin,
    problem: group?.ok && group.answer.desk ? event.url.searchParams.get('problem') : null,
  };
};

type Save = CallInput<Contracts['saveGroup']>['body'];
type Ask = CallInput<Contracts['inviteOrganiser']>['body'];
const done = (what: string) => ({ did: what });

export const actions: Actions = {
  save: async (event) => {
    const form = await event.request.formData();
    const { slug } = event.params;
    const body = formObject(form) as unknown as Save;
    const saved = await act(event, 'saveGroup', { params: { slug }, body }, typedOf(form));
    return saved.ok ? done('saved') : saved.failure;
  },
  ask: async (event) => {
    const typed = typedOf(await event.request.formData());
    const { slug } = event.params;
    const body = typed as unknown as Ask;
    const asked = await act(event, 'inviteOrganiser', { params: { slug }, body }, typed);
    return asked.ok ? done('asked') : asked.failure;
  },
  endAsking: async (event) => {
    const invitation = String((await event.request.formData()).get('invitation'));
    const { slug } = event.params;
    const ended = await act(event, 'endOrganiserInvitation', { params: { slug, invitation } });
    return ended.ok ? done('ended') : ended.failure;
  },
  remove: async (event) => {
    const person = String((await event.request.formData()).get('person'));
    const { slug } = event.params;
    const removed = await act(event, 'removeFromGroup', { params: { slug, person } });
    return removed.ok ? done('removed') : removed.failure;
  },
  door: async (event) => {
    const { slug } = event.params;
    const made = await act(event, 'renewGroupDoor', { params: { slug } });
    return made.ok ? done('door') : made.failure;
  },
  pictureOff: async (event) => {
    const { slug } = event.params;
    const off = await act(event, 'removePicture', { params: { slug } });
    return off.ok ? done('picture') : off.failure;
  },
  leave: async (event) => {
    const { slug } = event.params;
    const left = await act(event, 'leaveGroup', { params: { slug } });
    if (!left.ok) return left.failure;
    redirect(303, localizeHref(`/organisations/${slug}`));
  },
};
