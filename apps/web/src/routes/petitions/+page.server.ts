import { inLang } from '@folkmoot/core/kit/plain';
import type { PetitionFacet } from '@folkmoot/core/petitions/plain';
import { localizeHref, m } from '@folkmoot/words';
import { type Listing, LISTING_NAMES, listingHref, readListing } from '#lib/petitions/listing.ts';
import { api } from '#lib/server/api.ts';
import { cacheable } from '#lib/server/cache.ts';
import type { PageServerLoad } from './$types';

type Api = ReturnType<typeof api>;
type Counts = Record<PetitionFacet, number>;

const GROUPS = [
  { words: m.petitions_facets_now, facets: ['open', 'nearly', 'trending', 'recent', 'popular'] },
  {
    words: m.petitions_facets_council,
    facets: ['awaiting_response', 'responded', 'awaiting_debate', 'debated'],
  },
  { words: m.petitions_facets_over, facets: ['closed', 'rejected'] },
] as const;

const facetsOf = (it: Listing, counts: Counts) =>
  GROUPS.map(({ words, facets }) => ({
    label: words(),
    tabs: facets.map((facet) => ({
      href: listingHref(it, { facet }),
      text: m.petitions_facet({ facet }),
      count: counts[facet],
      current: it.facet === facet,
    })),
  }));

const verbsOf = (counts: Counts) => [
  {
    href: localizeHref('/petitions/new'),
    icon: 'sign' as const,
    text: m.petitions_verb_start(),
    hint: m.petitions_verb_start_hint(),
    go: true,
  },
  {
    href: localizeHref('/petitions?show=nearly'),
    icon: 'people' as const,
    text: m.petitions_verb_nearly(),
    hint: m.petitions_verb_nearly_hint({ count: counts.nearly }),
  },
  {
    href: localizeHref('/petitions/wards'),
    icon: 'map' as const,
    text: m.petitions_verb_wards(),
    hint: m.petitions_verb_wards_hint(),
  },
  {
    href: localizeHref('/petitions/help'),
    icon: 'info' as const,
    text: m.petitions_verb_help(),
    hint: m.petitions_verb_help_hint(),
  },
];

const isNarrowed = ({ q, ward, organisation }: Listing): boolean => Boolean(q || ward || organisation);

/** The one that is closest to its next number stands above the first look at the list. */
async function nearestOf(caller: Api, it: Listing) {
  if (it.facet !== 'open' || it.page > 1 || isNarrowed(it)) return null;
  const { items } = await caller.shared('listPetitions', { query: { facet: 'nearly' } });
  return items[0] ?? null;
}

/** Who looked for words that nobody has asked for begins with them. */
function emptyOf({ facet, q }: Listing) {
  const start = localizeHref('/petitions/new');
  return q
    ? {
        title: m.petitions_empty_words(),
        line: m.petitions_empty_words_line(),
        start: `${start}?title=${encodeURIComponent(q)}`,
      }
    : { title: m.petitions_empty({ facet }), line: m.petitions_empty_line(), start };
}

/** What the head says is of the whole place, whatever is looked for below it. */
const wholeCounts = async (caller: Api): Promise<Counts> =>
  (await caller.shared('listPetitions', { query: {} })).counts;

export const load: PageServerLoad = async (event) => {
  event.depends('folkmoot:petitions');
  cacheable(event, { query: LISTING_NAMES, topics: ['petitions', 'place'] });
  const caller = api(event);
  const { lang, place } = event.locals;
  const listing = readListing(event.url.searchParams);
  const [wards, schemes] = await Promise.all([
    caller.shared('listWards', { query: {} }),
    caller.shared('listPetitionSchemes', {}),
  ]);
  const ward = wards.find(({ slug }) => slug === listing.ward) ?? null;
  const { facet, q, organisation, page } = listing;
  const [list, nearest] = await Promise.all([
    caller.shared('listPetitions', {
      query: { facet, q: q || undefined, ward: ward?.id, organisation: organisation || undefined, page },
    }),
    nearestOf(caller, listing),
  ]);
  const { items, pages, total, counts, signedLately } = list;
  const whole = isNarrowed(listing) ? await wholeCounts(caller) : counts;
  const town = inLang(place.name, lang).text;
  const shown = ward ? inLang(ward.name, lang).text : null;
  return {
    listing: { ...listing, ward: ward?.slug ?? '' },
    items,
    pages,
    open: whole.open,
    signedLately,
    nearest,
    facets: facetsOf(listing, counts),
    verbs: verbsOf(whole),
    wards: wards.map(({ slug, name }) => ({ value: slug, label: inLang(name, lang).text })),
    councils: schemes.map((one) => ({
      value: one.organisation.id,
      label: inLang(one.organisation.name, lang).text,
    })),
    empty: emptyOf(listing),
    words: {
      title: m.petitions_list_title(),
      head: `${m.petitions_title()} · ${town} Folkmoot`,
      description: m.petitions_list_description({ town }),
      about: [
        ...(total ? [m.petitions_facet_about({ facet })] : []),
        ...(shown ? [m.petitions_find_ward_line({ ward: shown })] : []),
      ].join(' '),
      facet: m.petitions_facet({ facet }),
      found: q ? m.petitions_found_words({ count: total, q }) : m.petitions_found({ count: total }),
    },
  };
};
