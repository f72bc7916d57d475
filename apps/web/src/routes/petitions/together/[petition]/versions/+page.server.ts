import { error, redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const params = { petition: Number(event.params.petition) };
  const said = await api(event).send('listParagraphVersions', { params });
  if (!said.ok && said.trouble.code === 'sent_off')
    redirect(303, localizeHref(`/petitions/together/${params.petition}`));
  if (!said.ok) error(404, 'not_found');
  return { petition: params.petition, versions: said.answer };
};
