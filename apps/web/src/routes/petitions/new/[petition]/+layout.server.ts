import { redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  event.depends('petition:draft');
  const params = { petition: Number(event.params.petition) };
  const said = await api(event).send('readMyPetition', { params });
  // gone, somebody else's, or begun on another device: there is nothing to go on with
  if (!said.ok) redirect(303, localizeHref('/petitions/new'));
  if (said.answer.state !== 'draft') redirect(303, localizeHref(`/petitions/${params.petition}/mine`));
  return { draft: said.answer };
};
