import type { Contracts } from '@folkmoot/core/contracts';
import type { CallInput } from '@folkmoot/core/kit/contract';
import { localizeHref } from '@folkmoot/words';
import { error, redirect } from '@sveltejs/kit';
import { act, mine, typedOf } from '#lib/people/server/mine.ts';
import type { Actions, PageServerLoad } from './$types';

type Written = CallInput<Contracts['saveReportNumbers']>['body'];

/** `?for=ORGANISATION`; without, the whole place where it is mine to set, else the first that is. */
export const load: PageServerLoad = async (event) => {
  const list = await mine(event, 'listReportNumbers', {});
  const { searchParams } = event.url;
  const asked = searchParams.get('for') ?? (list.wholePlace ? '' : (list.organisations[0]?.id ?? ''));
  const one = list.organisations.find(({ id }) => id === asked) ?? null;
  if (!one && (asked !== '' || !list.wholePlace)) error(404, 'not_found');
  return { list, one, numbers: one?.numbers ?? list.place, saved: searchParams.has('saved') };
};

const back = (organisation: string): never =>
  redirect(303, localizeHref(`/admin/categories/numbers?for=${organisation}&saved=1`));

export const actions: Actions = {
  save: async (event) => {
    const typed = typedOf(await event.request.formData());
    // the contract says what is missing
    const done = await act(event, 'saveReportNumbers', { body: typed as unknown as Written }, typed);
    return done.ok ? back(typed['organisation'] ?? '') : done.failure;
  },
  drop: async (event) => {
    const organisation = String((await event.request.formData()).get('organisation'));
    const done = await act(event, 'dropReportNumbers', { params: { organisation } });
    return done.ok ? back(organisation) : done.failure;
  },
};
