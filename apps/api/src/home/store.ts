/**
 * The queries of "right now", by name. Each reads a bounded part: what came in the last 30 days, what is open, the
 * newest events. `since` and the like are moments; the clock is passed in.
 */
import type { ReportState } from '@folkmoot/core/reports/plain';
import type { Db } from '@folkmoot/db/client';

const DAY = 86_400_000;
export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY);

const SEEN = `not r.private and r.hidden_at is null and r.confirmed_at is not null`;
const OPEN = `('new', 'for_triage', 'investigating', 'planned', 'action_scheduled', 'in_progress')`;

/** Who took part: people by themselves, visitors by their device. `ward` is where the report lies, not where they live. */
const ACTS = `
  select coalesce(r.person_id::text, r.contact_id::text) as who, r.ward_id from reports r
    where r.confirmed_at >= $1 and ${SEEN}
  union all
  select coalesce(s.person_id::text, s.visitor), r.ward_id from report_supports s join reports r on r.id = s.report_id
    where s.at >= $1 and ${SEEN}
  union all
  select u.person_id::text, r.ward_id from report_updates u join reports r on r.id = u.report_id
    where u.at >= $1 and u.kind in ('comment', 'verdict') and u.organisation_id is null and u.hidden_at is null and ${SEEN}
  union all
  select v.person_id::text, r.ward_id from report_verdicts v join reports r on r.id = v.report_id
    where v.at >= $1 and ${SEEN}`;

export async function countPeople(db: Db, since: Date): Promise<number> {
  const { rows } = await db.$client.query<{ people: number }>(
    `select count(distinct who)::int as people from (${ACTS}) acts where who is not null`,
    [since],
  );
  return rows[0]!.people;
}

/** For the morning's snapshot alone: exact counts never leave through another door than `disclose`. */
export async function countPeopleByWard(db: Db, since: Date): Promise<Map<string, number>> {
  const { rows } = await db.$client.query<{ ward: string; people: number }>(
    `select ward_id as ward, count(distinct who)::int as people from (${ACTS}) acts
     where who is not null and ward_id is not null group by ward_id`,
    [since],
  );
  return new Map(rows.map(({ ward, people }) => [ward, people]));
}

export type Outcome = { days: number | null; fixed: number };

/** How long repairs took that ended between two moments: the middle one in days, and how many there were. */
export async function outcomes(db: Db, from: Date, to: Date, ward: string | null): Promise<Outcome> {
  const { rows } = await db.$client.query<{ days: number | null; fixed: number }>(
    `select percentile_cont(0.5) within group (order by extract(epoch from r.fixed_at - r.confirmed_at) / 86400) as days,
       count(*)::int as fixed
     from reports r where r.fixed_at >= $1 and r.fixed_at < $2 and ${SEEN} and ($3::uuid is null or r.ward_id = $3)`,
    [from, to, ward],
  );
  const { days, fixed } = rows[0]!;
  return { days: days === null ? null : Number(days), fixed };
}

export async function countTold(db: Db, since: Date, ward: string | null): Promise<number> {
  const { rows } = await db.$client.query<{ told: number }>(
    `select count(*)::int as told from reports r
     where r.confirmed_at >= $1 and ${SEEN} and ($2::uuid is null or r.ward_id = $2)`,
    [since, ward],
  );
  return rows[0]!.told;
}

export async function verdictsSince(
  db: Db,
  since: Date,
  ward: string | null,
): Promise<{ yes: number; asked: number }> {
  const { rows } = await db.$client.query<{ yes: number; asked: number }>(
    `select count(*) filter (where v.fixed)::int as yes, count(*)::int as asked
     from report_verdicts v join reports r on r.id = v.report_id
     where v.at >= $1 and ${SEEN} and ($2::uuid is null or r.ward_id = $2)`,
    [since, ward],
  );
  return rows[0]!;
}

export type OpenRow = {
  ward: string | null;
  state: ReportState;
  reports: number;
  places: number;
  overdue: number;
};

/** What is open, by ward and state: one reading for the town and all its wards. */
export async function openByWard(db: Db, today: string): Promise<OpenRow[]> {
  const { rows } = await db.$client.query<OpenRow>(
    `select r.ward_id as ward, r.state, count(*)::int as reports, count(distinct r.place)::int as places,
       count(*) filter (where r.expected_on < $1)::int as overdue
     from reports r where r.state in ${OPEN} and ${SEEN} group by r.ward_id, r.state`,
    [today],
  );
  return rows;
}

export type Recent = { id: number; state: ReportState; supports: number };

/** The newest reports, of a ward or of the town, from which "close to you" is chosen. */
export async function recentReports(db: Db, ward: string | null, most = 300): Promise<Recent[]> {
  const chosen = ward
    ? `select r.id, r.state from reports r where r.ward_id = $2 and ${SEEN} order by r.updated_at desc limit $1`
    : `select r.id, r.state from reports r where $2::uuid is null and ${SEEN} order by r.id desc limit $1`;
  const { rows } = await db.$client.query<Recent>(
    `select c.id, c.state, coalesce(n.supports, 0) as supports from (${chosen}) c
     left join report_counts n on n.report_id = c.id order by c.id desc`,
    [most, ward],
  );
  return rows;
}

export type NewsRow = {
  id: number;
  at: Date;
  type: string;
  data: Record<string, unknown>;
  report: number | null;
  petition: number | null;
  title: string;
  lang: 'en' | 'cy';
};

/** what a feed looks back over: a quiet ward must not cost a reading of the whole history */
const LOOK_BACK = 4_000;
/** and past how many signatures of a viral petition it looks for what else happened */
const SURGE = 40_000;
const SIGNED = 400;

/** The newest public events of reports and petitions that may still be seen, newest first. */
export async function recentEvents(db: Db, since: Date, ward: string | null, most = 60): Promise<NewsRow[]> {
  const { rows } = await db.$client.query<NewsRow>(
    `with lately as materialized (
       select * from (
         (select * from events where type <> 'petition.signed' and id > (select max(id) from events) - ${SURGE}
          order by id desc limit ${LOOK_BACK})
         union all
         (select * from (select * from events order by id desc limit ${SIGNED}) last where type = 'petition.signed')
       ) newest where audience = 'public' and at >= $1
     )
     (select e.id, e.at, e.type, e.data, r.id as report, null::bigint as petition, r.title, r.lang
      from lately e join reports r on r.id = (e.data->>'report')::bigint
      where e.topic like 'report:%' and ${SEEN} and ($2::uuid is null or r.ward_id = $2)
      order by e.id desc limit $3)
     union all
     (select e.id, e.at, e.type, e.data, null, p.id, p.title, p.lang
      from lately e join petitions p on p.id = (e.data->>'petition')::bigint
      where e.topic like 'petition:%' and p.opened_at is not null and p.hidden_at is null and p.removed_at is null
        and ($2::uuid is null or $2 = any(p.ward_ids))
      order by e.id desc limit $3)
     order by id desc`,
    [since, ward, most],
  );
  const number = (id: number | null) => (id === null ? null : Number(id));
  return rows.map((row) => ({ ...row, report: number(row.report), petition: number(row.petition) }));
}

export async function newestEvent(db: Db): Promise<number> {
  const { rows } = await db.$client.query<{ id: number | null }>('select max(id) as id from events');
  return rows[0]?.id ?? 0;
}
