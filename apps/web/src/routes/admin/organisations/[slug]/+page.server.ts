import type { CallInput } from '@folkmoot/core/kit/contract';
import type { Contracts } from '@folkmoot/core/contracts';
import { formObject } from '@folkmoot/ui/form-data';
import { act, mine, typedOf } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  it: await mine(event, 'listMembers', { params: { slug: event.params.slug } }),
});

type Invite = CallInput<Contracts['inviteMember']>['body'];
type Edit = CallInput<Contracts['editOrganisation']>['body'];
const done = (what: string) => ({ did: what });

export const actions: Actions = {
  invite: async (event) => {
    const typed = typedOf(await event.request.formData());
    const { slug } = event.params;
    // the contract says what is missing
    const body = typed as unknown as Invite;
    const asked = await act(event, 'inviteMember', { params: { slug }, body }, typed);
    return asked.ok ? done('invited') : asked.failure;
  },
  edit: async (event) => {
    const form = await event.request.formData();
    const { slug } = event.params;
    const body = formObject(form) as unknown as Edit;
    const saved = await act(event, 'editOrganisation', { params: { slug }, body }, typedOf(form));
    return saved.ok ? done('saved') : saved.failure;
  },
  endGrant: async (event) => {
    const grant = String((await event.request.formData()).get('grant'));
    const ended = await act(event, 'endGrant', { params: { grant } });
    return ended.ok ? done('ended') : ended.failure;
  },
  endInvitation: async (event) => {
    const invitation = String((await event.request.formData()).get('invitation'));
    const ended = await act(event, 'endInvitation', { params: { invitation } });
    return ended.ok ? done('ended') : ended.failure;
  },
  reset: async (event) => {
    const person = String((await event.request.formData()).get('person'));
    const reset = await act(event, 'resetSecondFactor', { params: { person } });
    return reset.ok ? done('reset') : reset.failure;
  },
};
