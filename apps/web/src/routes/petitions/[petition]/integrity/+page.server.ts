import { fail } from '@sveltejs/kit';
import { formObject } from '@folkmoot/ui/form-data';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { Actions, PageServerLoad } from './$types';

const TREES_SHOWN = 5;

export const load: PageServerLoad = async (event) => {
  const params = { petition: Number(event.params.petition) };
  const [petition, found, first] = await Promise.all([
    api(event).get('readPetition', { params, query: {} }),
    api(event).get('readPetitionIntegrity', { params }),
    api(event).get('listPetitionTrees', { query: { page: 1 } }),
  ]);
  cacheable(event, { topics: [`petition:${params.petition}`] });
  const last =
    first.pages > 1 ? await api(event).get('listPetitionTrees', { query: { page: first.pages } }) : first;
  const trees = last.items
    .slice(-TREES_SHOWN)
    .reverse()
    .map(({ hour, root, chain, leaves }) => ({ hour, root, chain, leaves: leaves.length }));
  const { id, title, lang } = petition;
  const { wards: _, rating: __, ...counted } = found;
  return { petition: { id, title, lang }, found: counted, trees, pages: last.pages };
};

export const actions: Actions = {
  check: async (event) => {
    const params = { petition: Number(event.params.petition) };
    const values = formObject(await event.request.formData());
    // pasted with the spaces and line ends of a mail or a paper
    const receipt = String(values['receipt'] ?? '')
      .toLowerCase()
      .replace(/\s+/g, '');
    const said = await api(event).send('checkReceipt', { params, body: { receipt } });
    if (!said.ok) return fail(said.status, { ...said.trouble, values: { receipt } });
    return { checked: said.answer, values: { receipt } };
  },
};
