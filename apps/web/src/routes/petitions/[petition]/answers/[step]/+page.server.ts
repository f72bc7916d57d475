import { error } from '@sveltejs/kit';
import { linesOf } from '#lib/petitions/steps.ts';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const params = { petition: Number(event.params.petition) };
  const petition = await api(event).get('readPetition', { params, query: {} });
  const step = petition.steps.find(({ id }) => id === event.params.step);
  if (!step) error(404, 'not_found');
  cacheable(event, { topics: [`petition:${petition.id}`] });
  const { id, title, lang } = petition;
  return { petition: { id, title, lang }, step: { ...step, data: null }, lines: linesOf(step) };
};
