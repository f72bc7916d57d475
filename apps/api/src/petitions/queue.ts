/** The moderators' queue: what waits, since when, and how long the desk usually takes. */
import type { Words } from '@folkmoot/core/kit/shapes';
import type { QUEUE_TABS } from '@folkmoot/core/petitions/moderating.contract';
import { scheme as schemeShape } from '@folkmoot/core/petitions/scheme';
import { workingDaysBetween } from '@folkmoot/core/places/days';
import type { Queryable } from '@folkmoot/db/client';
import { organisations } from '@folkmoot/db/schema/people';
import { bankHolidays } from '@folkmoot/db/schema/places';
import { eq, type SQL, sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import type { Places } from '../places/index.ts';
import { openingsOf } from './openings.ts';
import { currentSchemes } from './schemes.ts';
import { readBriefs } from './store.ts';

type Tab = (typeof QUEUE_TABS)[number];
export const PER_PAGE = 25;
/** working days before the target at which it stands under "nearly overdue" */
const NEARLY = 1;

const waits = sql`p.state = 'in_moderation'`;
const appealed = sql`p.id in (select petition_id from petition_decisions
  where appealed_at is not null and appeal_decided_at is null)`;
const flagged = sql`p.id in (select substr(topic, 10)::bigint from flags
  where decision_id is null and topic ~ '^petition:[0-9]+$')`;
/** Said as a list of numbers: asked for as "or", the planner would look at every petition there ever was. */
const needed = sql`p.id in (
  select id from petitions where state = 'in_moderation'
  union select petition_id from petition_decisions where appealed_at is not null and appeal_decided_at is null
  union select substr(topic, 10)::bigint from flags where decision_id is null and topic ~ '^petition:[0-9]+$')`;

const tabs = (today: string, soon: string): Record<Tab, SQL> => ({
  waiting: needed,
  new: sql`${waits} and p.returned = 0 and p.moderate_by > ${soon}::date`,
  nearly_overdue: sql`${waits} and p.moderate_by between ${today}::date and ${soon}::date`,
  overdue: sql`${waits} and p.moderate_by < ${today}::date`,
  back: sql`${waits} and p.returned > 0`,
  flagged,
  appealed,
});

/** How many of one organisation wait for a moderator. */
export async function countWaiting(db: Queryable, organisations: readonly string[]): Promise<number> {
  if (organisations.length === 0) return 0;
  const { rows } = await db.execute<{ n: number }>(sql`
    select count(*)::int as n from petitions p
    where p.organisation_id in (${sql.join(
      organisations.map((one) => sql`${one}::uuid`),
      sql`, `,
    )}) and ${needed}`);
  return rows[0]?.n ?? 0;
}

/** Working days from arriving at the desk to the decision, over the last ninety days. */
export async function averageDays(db: Queryable, organisation: string, now: Date): Promise<number | null> {
  const since = new Date(now.getTime() - 90 * 86_400_000).toISOString();
  const { rows } = await db.execute<{ from: string; to: string }>(sql`
    select p.moderation_reached_at::date::text as from, min(d.at)::date::text as to
    from petition_decisions d join petitions p on p.id = d.petition_id
    where p.organisation_id = ${organisation} and p.moderation_reached_at is not null and d.at > ${since}::timestamptz
      and d.undone_at is null and d.command in ('publish', 'return', 'reject')
    group by p.id, p.moderation_reached_at limit 1000`);
  if (rows.length === 0) return null;
  const holidays = new Set(
    (await db.select({ day: bankHolidays.day }).from(bankHolidays)).map((one) => one.day),
  );
  const days = rows.map(({ from, to }) => workingDaysBetween(from, to, holidays));
  return Math.round((days.reduce((sum, one) => sum + one, 0) / days.length) * 10) / 10;
}

type Row = {
  id: string;
  by: string;
  moderateBy: string | null;
  returned: number;
  since: string | null;
  flags: number;
  appealed: boolean;
};

async function rowsOf(db: Queryable, where: SQL, page: number): Promise<Map<number, Row>> {
  const { rows } = await db.execute<Row>(sql`
    select p.id, p.creator_name as by, p.moderate_by::text as "moderateBy", p.returned,
      case when ${waits} then coalesce(p.moderation_reached_at, p.state_at) else least(d.at, f.at) end as since,
      coalesce(f.n, 0) as flags, d.at is not null as appealed
    from petitions p
    left join lateral (select min(appealed_at) as at from petition_decisions
      where petition_id = p.id and appealed_at is not null and appeal_decided_at is null) d on true
    left join lateral (select count(*)::int as n, min(at) as at from flags
      where topic = 'petition:' || p.id and decision_id is null) f on true
    where ${where}
    order by p.moderate_by asc nulls last, since asc nulls last, p.id limit ${PER_PAGE} offset ${(page - 1) * PER_PAGE}`);
  return new Map(rows.map((row) => [Number(row.id), row]));
}

/** What the queues of an organisation have in common: whose it is, which page of how many, and what tells of news. */
export async function queuePage(db: Queryable, organisation: string, page: number, total: number) {
  const [body] = await db
    .select({ id: organisations.id, name: organisations.name })
    .from(organisations)
    .where(eq(organisations.id, organisation));
  return {
    page,
    pages: Math.min(1_000, Math.max(1, Math.ceil(total / PER_PAGE))),
    total,
    organisation: { id: body!.id, name: body!.name as Words },
    topic: `petition-desk:${organisation}`,
  };
}

export async function queueOf(
  house: House,
  places: Places,
  organisation: string,
  me: string,
  { tab, page }: { tab: Tab; page: number },
) {
  const { db } = house;
  const now = house.clock();
  const today = now.toISOString().slice(0, 10);
  const is = tabs(today, places.workingDayAfter(now, NEARLY));
  const ours = sql`p.organisation_id = ${organisation}::uuid`;
  const counting = sql.join(
    Object.entries(is).map(
      ([name, where]) => sql`count(*) filter (where ${where})::int as ${sql.identifier(name)}`,
    ),
    sql`, `,
  );
  const { rows: counted } = await db.execute<Record<Tab, number>>(
    sql`select ${counting} from petitions p where ${ours} and ${needed}`,
  );
  const counts = counted[0]!;
  const rows = await rowsOf(db, sql`${ours} and (${is[tab]})`, page);
  const openings = await openingsOf(db, [...rows.keys()], me, now);
  const items = (await readBriefs(db, [...rows.keys()], true)).map((brief) => {
    const row = rows.get(brief.id)!;
    return {
      ...brief,
      by: row.by,
      moderateBy: row.moderateBy,
      back: row.returned > 0,
      overdue: row.moderateBy !== null && row.moderateBy < today,
      since: row.since && new Date(row.since).toISOString(),
      flags: row.flags,
      appealed: row.appealed,
      open: openings(brief.id).open,
    };
  });
  const [scheme] = await currentSchemes(db, organisation);
  return {
    ...(await queuePage(db, organisation, page, counts[tab])),
    items,
    counts,
    averageDays: await averageDays(db, organisation, now),
    promisedDays: schemeShape.parse(scheme?.data ?? {}).moderateDays,
  };
}
