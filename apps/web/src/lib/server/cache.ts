/**
 * What a page tells the micro-cache in front of it. A page that says nothing is shared by its path alone, becomes
 * stale with any event, and is not shared at all when its address has a query.
 */
import type { RequestEvent } from '@sveltejs/kit';

export type Cacheable = {
  /** names of the query that change the page; all others are dropped from the address before it is made */
  query?: readonly string[];
  /** topics whose events make it stale, such as `reports` or `report:12`; leave out where anything may */
  topics?: readonly string[];
  /** in a rush all who are signed in may share it, too: it asks by itself for what is theirs (`data.rush`) */
  rush?: boolean;
};
type Said = { query: Set<string>; topics: Set<string> | null; personal: boolean; rush: boolean };

const saying = new WeakMap<object, Said>();
const saidOf = (event: Pick<RequestEvent, 'locals'>): Said => {
  const said = saying.get(event.locals) ?? {
    query: new Set(),
    topics: new Set(),
    personal: false,
    rush: false,
  };
  saying.set(event.locals, said);
  return said;
};

/** Called by a load. Several loads of one page add up. */
export function cacheable(
  event: Pick<RequestEvent, 'locals'>,
  { query = [], topics, rush = false }: Cacheable,
): void {
  const said = saidOf(event);
  said.rush ||= rush;
  for (const name of query) said.query.add(name);
  if (!topics) said.topics = null;
  else for (const topic of topics) said.topics?.add(topic);
}

/** Called by a load whose page is for one person or one moment, such as the page behind a mailed link. */
export const neverShared = (event: Pick<RequestEvent, 'locals'>): void => {
  saidOf(event).personal = true;
};

/** Writes what the loads said into the answer; the server takes it off again before it is sent. */
export function tellCache(event: Pick<RequestEvent, 'locals'>, response: Response): Response {
  const said = saying.get(event.locals);
  if (!said) return response;
  if (said.personal) response.headers.set('cache-control', 'private, no-store');
  else {
    response.headers.set('x-folkmoot-vary-query', [...said.query].join(','));
    if (said.rush) response.headers.set('x-folkmoot-rush', '1');
    if (said.topics) response.headers.set('x-folkmoot-topics', [...said.topics].join(','));
  }
  return response;
}
