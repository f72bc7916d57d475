/** A letter or a part of a name gives streets; a street gives the places along it: a way that needs no map and no eyes. */
import { error, type RequestEvent } from '@sveltejs/kit';
import { api } from '#lib/server/api.ts';

const ID = /^[0-9a-f-]{36}$/;
const MOST_PAGES = 100;

/** What `?q=`, `?page=` and `?street=` of the address ask for. @throws 404 where there is no such street */
export async function streetsIn(event: RequestEvent) {
  const { searchParams } = event.url;
  const street = searchParams.get('street');
  if (street !== null) {
    const { items } = await api(event).get('listStreets', {
      query: ID.test(street) ? { street } : { q: street },
    });
    if (!items[0]) error(404, 'not_found');
    return { q: '', page: 1, pages: 1, streets: [], chosen: items[0] };
  }
  const q = searchParams.get('q')?.trim().slice(0, 80) ?? '';
  const asked = Number(searchParams.get('page') ?? 1);
  const page = Number.isInteger(asked) ? Math.min(MOST_PAGES, Math.max(1, asked)) : 1;
  const { items, pages } = q
    ? await api(event).get('listStreets', { query: { q, page } })
    : { items: [], pages: 0 };
  return { q, page, pages, streets: items.map(({ id, name, ward }) => ({ id, name, ward })), chosen: null };
}
