/** Lists of petitions by facet, words, ward and organisation. */
import { PETITION_FACETS, type PetitionFacet } from '@folkmoot/core/petitions/plain';
import { DAYS_SHOWN, type PetitionBrief, type PetitionListed } from '@folkmoot/core/petitions/shapes';
import type { Queryable } from '@folkmoot/db/client';
import { petitionDays } from '@folkmoot/db/schema/signatures';
import { and, gt, inArray, type SQL, sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { sharedFor } from '../kit/shared.ts';
import { allWords } from './similar.ts';
import { listed, readBriefs } from './store.ts';

export const PER_PAGE = 20;
/** a list is never paged further */
const MOST = 20_000;
/** a hot list is read to its end by nobody */
const SHORT = 50;
/** a petition is nearly there from half the way to its next number on */
const NEARLY = 0.5;
const HOT = ['trending', 'nearly'] as const;
/** Lists that only machines ask for: whatever is public, and what full council would not talk about. */
export const OPEN_FACETS = ['all', ...PETITION_FACETS, 'not_debated'] as const;
export type OpenFacet = (typeof OPEN_FACETS)[number];
const isHot = (facet: OpenFacet): facet is Hot => HOT.some((one) => one === facet);
const COUNTS_MS = 5_000;
const AT_ONCE = 500;

export type Asked = {
  facet: OpenFacet;
  q?: string | undefined;
  ward?: string | undefined;
  organisation?: string | undefined;
  page: number;
};

const is: Record<Exclude<OpenFacet, Hot>, SQL> = {
  all: sql`true`,
  not_debated: sql`p.debate = 'not_debated'`,
  open: sql`p.state = 'open'`,
  recent: sql`p.state in ('open', 'closed')`,
  popular: sql`p.state in ('open', 'closed')`,
  awaiting_response: sql`p.response = 'awaiting' and p.state in ('open', 'closed', 'stopped')`,
  responded: sql`p.response = 'responded'`,
  awaiting_debate: sql`p.debate in ('awaiting', 'scheduled')`,
  debated: sql`p.debate = 'debated'`,
  rejected: sql`p.state = 'rejected'`,
  closed: sql`p.state in ('closed', 'stopped', 'withdrawn')`,
};
/** as the index of the counts keeps them: the first page reads little more than it shows */
const bySignatures = sql`c.online + c.paper desc, c.petition_id desc`;
const order: Partial<Record<OpenFacet, SQL>> = {
  recent: sql`p.opened_at desc, p.id desc`,
  popular: bySignatures,
  open: bySignatures,
  awaiting_response: sql`p.response_reached_at asc nulls last, p.id`,
  awaiting_debate: sql`p.debate_reached_at asc nulls last, p.id`,
};
const latest = sql`p.state_at desc, p.id desc`;

function narrowed({ q, ward, organisation }: Asked): SQL {
  const words = q ? allWords(q) : '';
  const parts = [
    listed,
    ...(words ? [sql`p.search @@ to_tsquery('simple', ${words})`] : []),
    // one about the whole place is about each of its wards
    ...(ward ? [sql`(p.ward_ids = '{}' or ${ward}::uuid = any(p.ward_ids))`] : []),
    ...(organisation ? [sql`p.organisation_id = ${organisation}::uuid`] : []),
  ];
  return sql.join(parts, sql` and `);
}

type Found = { id: number; lately: number | null };
/** Facets that one reading for everybody answers: short, and dear to make. */
type Hot = 'trending' | 'nearly';

/** The ones that most people signed in the last hour. */
async function trending(db: Queryable, now: Date): Promise<Found[]> {
  const { rows } = await db.execute<Found>(sql`
    select s.petition_id as id, count(*)::int as lately from signatures s
    join petitions p on p.id = s.petition_id
    where s.state = 'confirmed' and s.leaf is not null
      and s.confirmed_at > ${now.toISOString()}::timestamptz - interval '1 hour'
      and s.confirmed_at <= ${now.toISOString()}::timestamptz and p.state = 'open' and ${listed}
    group by 1 order by 2 desc, 1 desc limit ${SHORT}`);
  return rows.map(({ id, lately }) => ({ id: Number(id), lately }));
}

/** The ones that have come furthest towards the next number that does something. */
async function nearly(db: Queryable): Promise<Found[]> {
  const { rows } = await db.execute<{ id: number }>(sql`
    select id from (
      select p.id, (c.online + c.paper)::float / case
        when p.response_reached_at is null then (k.data->>'response')::int
        when p.evidence_reached_at is null then (k.data->>'evidence')::int
        else coalesce(p.debate_needs, (k.data->>'debate')::int) end as share
      from petitions p join petition_counts c on c.petition_id = p.id join petition_schemes k on k.id = p.scheme_id
      where p.state = 'open' and p.debate_reached_at is null and ${listed}
    ) near where share >= ${NEARLY} order by share desc, id desc limit ${SHORT}`);
  return rows.map(({ id }) => ({ id: Number(id), lately: null }));
}

/** Signatures of the last hour, of all petitions. */
async function signedLately(db: Queryable, now: Date): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from signatures where state = 'confirmed' and leaf is not null
      and confirmed_at > ${now.toISOString()}::timestamptz - interval '1 hour'
      and confirmed_at <= ${now.toISOString()}::timestamptz`);
  return rows[0]?.n ?? 0;
}

async function found(db: Queryable, it: Asked, facet: Exclude<OpenFacet, Hot>, size: number) {
  const where = sql`(${is[facet]}) and ${narrowed(it)}`;
  const by = order[facet] ?? latest;
  const from =
    by === bySignatures ? sql`petition_counts c join petitions p on p.id = c.petition_id` : sql`petitions p`;
  const { rows } = await db.execute<{ id: number }>(sql`
    select p.id from ${from} where ${where} order by ${by} limit ${size} offset ${(it.page - 1) * size}`);
  return rows.map((row): Found => ({ id: Number(row.id), lately: null }));
}

/** Those of a hot list that the words, the ward and the organisation leave. */
async function left(db: Queryable, hot: Found[], it: Asked): Promise<Found[]> {
  if (hot.length === 0 || !(it.q || it.ward || it.organisation)) return hot;
  const ids = sql.join(
    hot.map(({ id }) => sql`${id}::bigint`),
    sql`, `,
  );
  const { rows } = await db.execute<{ id: number }>(
    sql`select p.id from petitions p where p.id in (${ids}) and ${narrowed(it)}`,
  );
  const stay = new Set(rows.map((row) => Number(row.id)));
  return hot.filter(({ id }) => stay.has(id));
}

/** Confirmed signatures a day for the line beside each, the oldest day first, days without any as 0. */
async function readDays(db: Queryable, ids: readonly number[], now: Date): Promise<Map<number, number[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: petitionDays.petitionId, day: petitionDays.day, confirmed: petitionDays.confirmed })
    .from(petitionDays)
    .where(and(inArray(petitionDays.petitionId, [...ids]), gt(petitionDays.day, dayBefore(now, DAYS_SHOWN))));
  const places = Array.from({ length: DAYS_SHOWN }, (_, n) => dayBefore(now, DAYS_SHOWN - 1 - n));
  const of = new Map(rows.map((row) => [`${row.id} ${row.day}`, row.confirmed]));
  return new Map(ids.map((id) => [id, places.map((day) => of.get(`${id} ${day}`) ?? 0)]));
}

const dayBefore = (now: Date, days: number): string =>
  new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);

/** The days of a petition that has been open for some of them: what was before it opened is no 0. */
function daysOpen(all: number[] | undefined, openedAt: string | null, now: Date): number[] {
  if (!all || !openedAt) return [];
  const age = Math.floor((now.getTime() - new Date(openedAt).getTime()) / 86_400_000) + 2;
  return all.slice(-Math.min(all.length, age));
}

/** Petitions by their numbers, as a list shows them. */
async function these(
  { db, clock }: Pick<House, 'db' | 'clock'>,
  ids: readonly number[],
  latelyOf = new Map<number, number | null>(),
) {
  const now = clock();
  const briefs = await readBriefs(db, ids);
  const days = await readDays(db, ids, now);
  return briefs.map((brief): PetitionListed => ({
    ...brief,
    lately: latelyOf.get(brief.id) ?? null,
    days: daysOpen(days.get(brief.id), brief.openedAt, now),
  }));
}

async function countOne(db: Queryable, it: Asked, facet: Exclude<OpenFacet, Hot>): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from petitions p where (${is[facet]}) and ${narrowed(it)}`,
  );
  return rows[0]?.n ?? 0;
}

/** Petitions by their numbers, however many, for a table. */
async function rowsOf(db: Queryable, found: readonly Found[]): Promise<PetitionBrief[]> {
  const briefs: PetitionBrief[] = [];
  for (let at = 0; at < found.length; at += AT_ONCE) {
    const some = found.slice(at, at + AT_ONCE);
    briefs.push(
      ...(await readBriefs(
        db,
        some.map(({ id }) => id),
      )),
    );
  }
  return briefs;
}

export function listsOf(house: Pick<House, 'db' | 'clock'>) {
  const { db } = house;
  const shared = sharedFor<Found[]>(COUNTS_MS);
  const counts = sharedFor<Record<PetitionFacet, number>>(COUNTS_MS);
  const lately = sharedFor<number>(COUNTS_MS);
  const hotOf = (facet: Hot) =>
    shared(facet, () => (facet === 'trending' ? trending(db, house.clock()) : nearly(db)));

  async function countAll(it: Asked): Promise<Record<PetitionFacet, number>> {
    const facets = PETITION_FACETS.filter((facet) => !isHot(facet)) as Array<Exclude<PetitionFacet, Hot>>;
    const { rows } = await db.execute<Record<string, number>>(sql`
      select ${sql.join(
        facets.map((facet) => sql`count(*) filter (where ${is[facet]})::int as ${sql.identifier(facet)}`),
        sql`, `,
      )} from petitions p where ${narrowed(it)}`);
    const hot = await Promise.all(HOT.map(async (facet) => (await left(db, await hotOf(facet), it)).length));
    return { ...rows[0], trending: hot[0], nearly: hot[1] } as Record<PetitionFacet, number>;
  }

  /** How many each facet holds, of those that the words, the ward and the organisation leave. */
  const countsOf = (it: Asked) =>
    counts(JSON.stringify([it.q, it.ward, it.organisation]), () => countAll(it));

  const others = sharedFor<number>(COUNTS_MS);
  /** How many a list holds; those that only machines ask for are counted by themselves. */
  async function sizeOf(it: Asked): Promise<number> {
    const { facet } = it;
    if (facet !== 'all' && facet !== 'not_debated') return (await countsOf(it))[facet];
    return others(JSON.stringify([facet, it.q, it.ward, it.organisation]), () => countOne(db, it, facet));
  }

  return {
    /** A whole list, for a table. */
    every: async (it: Asked): Promise<PetitionBrief[]> =>
      rowsOf(
        db,
        isHot(it.facet) ? await left(db, await hotOf(it.facet), it) : await found(db, it, it.facet, MOST),
      ),
    counts: countsOf,
    signedLately: () => lately('', () => signedLately(db, house.clock())),
    these: (ids: readonly number[]) => these(house, ids),
    async read(it: Asked, size = PER_PAGE) {
      const hot = isHot(it.facet) ? await left(db, await hotOf(it.facet), it) : null;
      const rows = hot
        ? hot.slice((it.page - 1) * size, it.page * size)
        : await found(db, it, it.facet as Exclude<OpenFacet, Hot>, size);
      const items = await these(
        house,
        rows.map((row) => row.id),
        new Map(rows.map((row) => [row.id, row.lately])),
      );
      // a page that is not full tells the end by itself; else what all share for some seconds is near enough
      const shown = (it.page - 1) * size + items.length;
      const ends = items.length < size && (items.length > 0 || it.page === 1);
      const total = hot ? hot.length : ends ? shown : Math.max(shown, await sizeOf(it));
      return {
        items,
        page: it.page,
        pages: Math.min(1_000, Math.max(1, Math.ceil(Math.min(total, MOST) / size))),
        total,
      };
    },
  };
}
export type Listed = PetitionListed;
export type Lists = ReturnType<typeof listsOf>;
