import { error, redirect } from '@sveltejs/kit';
import { localizeHref } from '@folkmoot/words';
import { api } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const params = { petition: Number(event.params.petition) };
  const [said, together] = await Promise.all([
    api(event).send('listParagraphVersions', { params }),
    api(event).send('readDraftTogether', { params }),
  ]);
  if (!said.ok && said.trouble.code === 'sent_off')
    redirect(303, localizeHref(`/petitions/together/${params.petition}`));
  if (!said.ok) error(404, 'not_found');
  const lang = together.ok ? together.answer.lang : undefined;
  return { petition: params.petition, versions: said.answer, lang };
};
