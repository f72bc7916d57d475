/**
 * Where a form without a script leads once somebody has asked to sign. The same for everybody, whoever they are, so
 * that a crowd that signs is shown one page from memory and not a thousand made for each.
 */
import { askedWords } from '#lib/petitions/asked.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

const LONGEST = 10_000;

export const load: PageServerLoad = (event) => {
  cacheable(event, { query: ['wait'], topics: [] });
  const minutes = Number(event.url.searchParams.get('wait'));
  return {
    id: Number(event.params.petition),
    words: askedWords({
      email: null,
      minutes: Number.isInteger(minutes) && minutes <= LONGEST ? minutes : 0,
    }),
  };
};
