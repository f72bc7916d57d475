/** What the address of the list of petitions says, and how it is written. */
import { PETITION_FACETS, type PetitionFacet } from '@folkmoot/core/petitions/plain';
import { localizeHref } from '@folkmoot/words';

export type Listing = { facet: PetitionFacet; q: string; ward: string; organisation: string; page: number };

/** names of the query that change the list */
export const LISTING_NAMES = ['show', 'q', 'ward', 'organisation', 'page'] as const;
const MOST_PAGES = 1_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const isFacet = (word: string | null): word is PetitionFacet => PETITION_FACETS.some((one) => one === word);

/** Reads it kindly: what it does not understand it leaves out. */
export function readListing(params: URLSearchParams): Listing {
  const facet = params.get('show');
  const page = Number(params.get('page') ?? 1);
  const organisation = params.get('organisation') ?? '';
  return {
    facet: isFacet(facet) ? facet : 'open',
    q: (params.get('q') ?? '').trim().slice(0, 120),
    ward: (params.get('ward') ?? '').slice(0, 80),
    organisation: UUID.test(organisation) ? organisation : '',
    page: Number.isInteger(page) && page > 0 ? Math.min(page, MOST_PAGES) : 1,
  };
}

/** The address of a listing; a change of anything but the page begins at its first. */
export function listingHref(it: Listing, change: Partial<Listing> = {}): string {
  const to = { ...it, page: 1, ...change };
  const query = new URLSearchParams();
  if (to.facet !== 'open') query.set('show', to.facet);
  if (to.q) query.set('q', to.q);
  if (to.ward) query.set('ward', to.ward);
  if (to.organisation) query.set('organisation', to.organisation);
  if (to.page > 1) query.set('page', String(to.page));
  const asked = query.toString();
  return localizeHref(`/petitions${asked ? `?${asked}` : ''}`);
}
