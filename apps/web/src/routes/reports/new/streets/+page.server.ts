import { api } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

/** Letter → streets → where they meet others: a way to a place that needs no map and no eyes. */
export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url;
  const q = searchParams.get('q')?.trim().slice(0, 80) ?? '';
  const street = searchParams.get('street') ?? undefined;
  const page = Math.max(1, Math.min(100, Number(searchParams.get('page')) || 1));
  if (!q && !street) return { q, page, pages: 1, streets: [], chosen: null };
  const list = await api(event).get('listStreets', { query: { q, street, page } });
  const chosen = street ? (list.items[0] ?? null) : null;
  return { q, page, pages: list.pages, streets: chosen ? [] : list.items, chosen };
};
