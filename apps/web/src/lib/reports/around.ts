/** What "around here" shows, as it stands in the address: read, written, and turned into questions to the API. */
import type { REPORT_AGES, REPORT_SORTS, STATE_GROUPS } from '@folkmoot/core/reports/plain';
import { localizeHref } from '@folkmoot/words';

/** west, south, east, north in degrees */
export type Box = [west: number, south: number, east: number, north: number];
type State = (typeof STATE_GROUPS)[number] | 'all';
type Age = (typeof REPORT_AGES)[number];
type Sort = (typeof REPORT_SORTS)[number];

export type Around = {
  state: State;
  age: Age;
  sort: Sort;
  group: string;
  ward: string;
  /** words in the report */
  q: string;
  page: number;
  box: Box | null;
  /** what was looked for: "Weir Street" */
  near: string;
  /** without the map */
  list: boolean;
  /** what I reported myself */
  mine: boolean;
};

export const STATES: readonly State[] = ['open', 'fixed', 'closed', 'all'];
export const AGES: readonly Age[] = ['week', 'month', 'half_year', 'all'];
export const SORTS: readonly Sort[] = ['updated', 'new', 'supported', 'near'];
const MOST_PAGES = 1000;

const oneOf = <T extends string>(words: readonly T[], said: string | null, usual: T): T =>
  words.find((word) => word === said) ?? usual;

export function readBox(written: string | null): Box | null {
  const numbers = (written ?? '').split(',').map(Number);
  if (numbers.length !== 4 || numbers.some((n) => !Number.isFinite(n))) return null;
  const [west, south, east, north] = numbers as Box;
  return west < east && south < north && west >= -180 && east <= 180 && south >= -90 && north <= 90
    ? [west, south, east, north]
    : null;
}
export const writeBox = (box: Box): string => box.map((n) => n.toFixed(5)).join(',');

/** An address is read kindly: what it says wrongly is as if it said nothing. */
export function readAround(search: URLSearchParams): Around {
  const page = Number(search.get('page') ?? 1);
  const ward = (search.get('ward') ?? '').slice(0, 80);
  // another ward was chosen: the part of the map shown before says nothing of it
  const elsewhere = search.has('was') && search.get('was') !== ward;
  return {
    state: oneOf(STATES, search.get('state'), 'open'),
    age: oneOf(AGES, search.get('age'), 'half_year'),
    sort: oneOf(SORTS, search.get('sort'), 'updated'),
    group: (search.get('group') ?? '').slice(0, 40),
    ward,
    q: (search.get('q') ?? '').trim().slice(0, 120),
    page: Number.isInteger(page) ? Math.min(MOST_PAGES, Math.max(1, page)) : 1,
    box: elsewhere ? null : readBox(search.get('bbox')),
    near: (search.get('near') ?? '').slice(0, 80),
    list: search.get('view') === 'list',
    mine: search.get('show') === 'mine',
  };
}

/** The address of a view. Only what is not usual is said. A change of anything but the page begins at page 1. */
export function hrefOf(around: Around, change: Partial<Around> = {}): string {
  const it = { ...around, page: 1, ...change };
  const said: Array<[string, string]> = [
    ['state', it.state === 'open' ? '' : it.state],
    ['age', it.age === 'half_year' ? '' : it.age],
    ['sort', it.sort === 'updated' ? '' : it.sort],
    ['group', it.group],
    ['ward', it.ward],
    ['q', it.q],
    ['near', it.near],
    ['bbox', it.box ? writeBox(it.box) : ''],
    ['view', it.list ? 'list' : ''],
    ['show', it.mine ? 'mine' : ''],
    ['page', it.page > 1 ? String(it.page) : ''],
  ];
  const search = new URLSearchParams(said.filter(([, value]) => value !== ''));
  // commas need no disguise in a query: people read these addresses out and shorten them
  return localizeHref(`/reports${search.size ? `?${String(search).replaceAll('%2C', ',')}` : ''}`);
}

/** The filters of a view, as list and marks are asked for them. */
export const filtersOf = ({ state, age, group, ward }: Around, box: Box | null) => ({
  state,
  age,
  group: group || undefined,
  ward: ward || undefined,
  bbox: box ? writeBox(box) : undefined,
});

/** How many choices differ from the usual, besides the tab. */
export const choicesIn = ({ age, sort, group, ward, q }: Around): number =>
  [age !== 'half_year', sort !== 'updated', group, ward, q].filter(Boolean).length;
