/** Lists of petitions by facet, words, ward and organisation. */
import { PETITION_FACETS, type PetitionFacet } from '@folkmoot/core/petitions/plain';
import type { Queryable } from '@folkmoot/db/client';
import { type SQL, sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { sharedFor } from '../kit/shared.ts';
import { allWords } from './similar.ts';
import { readBriefs } from './store.ts';

export const PER_PAGE = 20;
/** totals are exact up to here; a list is never paged further */
const MOST = 20_000;
const TRENDING = 50;
const COUNTS_MS = 5_000;

export type Asked = {
  facet: PetitionFacet;
  q?: string | undefined;
  ward?: string | undefined;
  organisation?: string | undefined;
  page: number;
};

const is: Record<Exclude<PetitionFacet, 'trending'>, SQL> = {
  open: sql`p.state = 'open'`,
  recent: sql`p.opened_at is not null and p.state in ('open', 'closed')`,
  popular: sql`p.opened_at is not null and p.state in ('open', 'closed')`,
  awaiting_response: sql`p.response = 'awaiting' and p.state in ('open', 'closed', 'stopped')`,
  responded: sql`p.response = 'responded' and p.opened_at is not null`,
  awaiting_debate: sql`p.debate in ('awaiting', 'scheduled') and p.opened_at is not null`,
  debated: sql`p.debate = 'debated' and p.opened_at is not null`,
  rejected: sql`p.state = 'rejected'`,
  closed: sql`p.state in ('closed', 'stopped') or (p.state = 'withdrawn' and p.opened_at is not null)`,
};
const order: Partial<Record<PetitionFacet, SQL>> = {
  recent: sql`p.opened_at desc, p.id desc`,
  popular: sql`coalesce(c.online + c.paper, 0) desc, p.id desc`,
  open: sql`coalesce(c.online + c.paper, 0) desc, p.id desc`,
  awaiting_response: sql`p.response_reached_at asc nulls last, p.id`,
  awaiting_debate: sql`p.debate_reached_at asc nulls last, p.id`,
};
const latest = sql`p.state_at desc, p.id desc`;

function narrowed({ q, ward, organisation }: Asked): SQL {
  const words = q ? allWords(q) : '';
  const parts = [
    sql`p.removed_at is null`,
    sql`(p.hidden_at is null or cardinality(p.hidden_parts) > 0)`,
    ...(words ? [sql`p.search @@ to_tsquery('simple', ${words})`] : []),
    // one about the whole place is about each of its wards
    ...(ward ? [sql`(p.ward_ids = '{}' or ${ward}::uuid = any(p.ward_ids))`] : []),
    ...(organisation ? [sql`p.organisation_id = ${organisation}::uuid`] : []),
  ];
  return sql.join(parts, sql` and `);
}

type Found = { id: number; lately: number | null };

/** The ones that most people signed in the last hour. */
async function trending(db: Queryable, now: Date): Promise<Found[]> {
  const { rows } = await db.execute<Found>(sql`
    select s.petition_id as id, count(*)::int as lately from signatures s
    join petitions p on p.id = s.petition_id
    where s.state = 'confirmed' and s.leaf is not null
      and s.confirmed_at > ${now.toISOString()}::timestamptz - interval '1 hour'
      and s.confirmed_at <= ${now.toISOString()}::timestamptz and p.state = 'open' and p.hidden_at is null
    group by 1 order by 2 desc, 1 desc limit ${TRENDING}`);
  return rows.map(({ id, lately }) => ({ id: Number(id), lately }));
}

async function found(db: Queryable, it: Asked, facet: Exclude<PetitionFacet, 'trending'>, size: number) {
  const where = sql`(${is[facet]}) and ${narrowed(it)}`;
  const { rows: counted } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from (select 1 from petitions p where ${where} limit ${MOST}) w`,
  );
  const { rows } = await db.execute<{ id: number }>(sql`
    select p.id from petitions p left join petition_counts c on c.petition_id = p.id
    where ${where} order by ${order[facet] ?? latest} limit ${size} offset ${(it.page - 1) * size}`);
  return {
    rows: rows.map((row): Found => ({ id: Number(row.id), lately: null })),
    total: counted[0]?.n ?? 0,
  };
}

export function listsOf(house: Pick<House, 'db' | 'clock'>) {
  const { db } = house;
  const shared = sharedFor<Found[]>(COUNTS_MS);
  const counts = sharedFor<Record<PetitionFacet, number>>(COUNTS_MS);
  const lately = () => shared('trending', () => trending(db, house.clock()));

  async function countAll(): Promise<Record<PetitionFacet, number>> {
    const facets = PETITION_FACETS.filter((facet) => facet !== 'trending');
    const { rows } = await db.execute<Record<string, number>>(sql`
      select ${sql.join(
        facets.map((facet) => sql`count(*) filter (where ${is[facet]})::int as ${sql.identifier(facet)}`),
        sql`, `,
      )} from petitions p where p.removed_at is null and (p.hidden_at is null or cardinality(p.hidden_parts) > 0)`);
    return { ...rows[0], trending: (await lately()).length } as Record<PetitionFacet, number>;
  }

  return {
    counts: () => counts('all', countAll),
    async read(it: Asked, size = PER_PAGE) {
      const hot = it.facet === 'trending' ? await lately() : null;
      const { rows, total } = hot
        ? { rows: hot.slice((it.page - 1) * size, it.page * size), total: hot.length }
        : await found(db, it, it.facet as Exclude<PetitionFacet, 'trending'>, size);
      const briefs = await readBriefs(
        db,
        rows.map((row) => row.id),
      );
      const latelyOf = new Map(rows.map((row) => [row.id, row.lately]));
      return {
        items: briefs.map((brief) => ({ ...brief, lately: latelyOf.get(brief.id) ?? null })),
        page: it.page,
        pages: Math.min(1_000, Math.max(1, Math.ceil(total / size))),
        total,
      };
    },
  };
}
export type Lists = ReturnType<typeof listsOf>;
