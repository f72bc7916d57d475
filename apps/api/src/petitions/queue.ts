/** The moderators' queue, one petition with all that is needed to decide, and the public log. */
import type { Words } from '@folkmoot/core/kit/shapes';
import { workingDaysBetween } from '@folkmoot/core/places/days';
import type { Queryable } from '@folkmoot/db/client';
import { organisations, people } from '@folkmoot/db/schema/people';
import { bankHolidays } from '@folkmoot/db/schema/places';
import {
  petitionDecisions,
  petitionOpenings,
  petitions,
  petitionVersions,
} from '@folkmoot/db/schema/petitions';
import type { QUEUE_TABS } from '@folkmoot/core/petitions/moderating.contract';
import { and, asc, desc, eq, gt, ne, type SQL, sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import type { Places } from '../places/index.ts';
import type { Petition } from './facts.ts';
import { similarPetitions } from './similar.ts';
import { HIDDEN, hidingCodes, isHidden, readBriefs, readFull } from './store.ts';

type Tab = (typeof QUEUE_TABS)[number];
/** who said so longer ago than this has gone for a cup of tea */
export const OPEN_SECONDS = 90;
const PER_PAGE = 25;
const LOG_PAGE = 25;
/** working days before the target at which it stands under "nearly overdue" */
const NEARLY = 1;

/** Who else has it open just now. */
export async function openAt(db: Queryable, petition: number, me: string, now: Date): Promise<string[]> {
  const rows = await db
    .select({ name: people.name })
    .from(petitionOpenings)
    .innerJoin(people, eq(people.id, petitionOpenings.personId))
    .where(
      and(
        eq(petitionOpenings.petitionId, petition),
        gt(petitionOpenings.seenAt, new Date(now.getTime() - OPEN_SECONDS * 1_000)),
        ne(petitionOpenings.personId, me),
      ),
    )
    .orderBy(asc(people.name))
    .limit(10);
  return rows.map((row) => row.name ?? '');
}

const waits = sql`p.state = 'in_moderation'`;
const tabs = (today: string, soon: string): Record<Tab, SQL> => ({
  waiting: waits,
  new: sql`${waits} and p.returned = 0 and p.moderate_by > ${soon}::date`,
  nearly_overdue: sql`${waits} and p.moderate_by between ${today}::date and ${soon}::date`,
  overdue: sql`${waits} and p.moderate_by < ${today}::date`,
  back: sql`${waits} and p.returned > 0`,
  appealed: sql`exists (select 1 from petition_decisions d where d.petition_id = p.id and d.appealed_at is not null and d.appeal_decided_at is null)`,
});

/** Working days from arriving at the desk to the decision, over the last ninety days. */
async function averageDays(db: Queryable, organisation: string, now: Date): Promise<number | null> {
  const since = new Date(now.getTime() - 90 * 86_400_000).toISOString();
  const { rows } = await db.execute<{ from: string; to: string }>(sql`
    select p.moderation_reached_at::date::text as from, min(d.at)::date::text as to
    from petition_decisions d join petitions p on p.id = d.petition_id
    where p.organisation_id = ${organisation} and p.moderation_reached_at is not null and d.at > ${since}::timestamptz
    group by p.id, p.moderation_reached_at limit 1000`);
  if (rows.length === 0) return null;
  const holidays = new Set(
    (await db.select({ day: bankHolidays.day }).from(bankHolidays)).map((one) => one.day),
  );
  const days = rows.map(({ from, to }) => workingDaysBetween(from, to, holidays));
  return Math.round((days.reduce((sum, one) => sum + one, 0) / days.length) * 10) / 10;
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
  const { rows: counted } = await db.execute<Record<Tab, number>>(sql`
    select ${sql.join(
      Object.entries(is).map(
        ([name, where]) => sql`count(*) filter (where ${where})::int as ${sql.identifier(name)}`,
      ),
      sql`, `,
    )} from petitions p where ${ours} and p.state in ('in_moderation', 'rejected', 'open', 'closed')`);
  const counts = counted[0]!;
  const { rows } = await db.execute<{ id: number }>(sql`
    select p.id from petitions p where ${ours} and (${is[tab]})
    order by p.moderate_by asc nulls last, p.id limit ${PER_PAGE} offset ${(page - 1) * PER_PAGE}`);
  const ids = rows.map((row) => Number(row.id));
  const items = [];
  for (const brief of await readBriefs(db, ids, true)) {
    const [row] = await db.select().from(petitions).where(eq(petitions.id, brief.id));
    items.push({
      ...brief,
      by: row!.creatorName,
      moderateBy: row!.moderateBy,
      back: row!.returned > 0,
      overdue: row!.moderateBy !== null && row!.moderateBy < today,
      open: await openAt(db, brief.id, me, now),
    });
  }
  const [body] = await db
    .select({ id: organisations.id, name: organisations.name })
    .from(organisations)
    .where(eq(organisations.id, organisation));
  return {
    items,
    page,
    pages: Math.min(1_000, Math.max(1, Math.ceil(counts[tab] / PER_PAGE))),
    total: counts[tab],
    organisation: { id: body!.id, name: body!.name as Words },
    counts,
    averageDays: await averageDays(db, organisation, now),
    topic: `petition-desk:${organisation}`,
  };
}

async function decisionsAtDesk(db: Queryable, petition: number) {
  const rows = await db
    .select({ it: petitionDecisions, by: people.name })
    .from(petitionDecisions)
    .innerJoin(people, eq(people.id, petitionDecisions.decidedBy))
    .where(eq(petitionDecisions.petitionId, petition))
    .orderBy(asc(petitionDecisions.at))
    .limit(20);
  return rows.map(({ it, by }) => ({
    ...shown(it),
    passages: it.passages,
    by: by ?? '',
    note: it.privateNote,
    appeal: it.appeal,
    appealOpen: it.appealedAt !== null && it.appealDecidedAt === null,
  }));
}

const shown = (it: typeof petitionDecisions.$inferSelect) => ({
  id: it.id,
  command: it.command,
  code: it.code,
  reason: it.reason,
  lang: it.lang,
  at: it.at.toISOString(),
  appealed: it.appealedAt !== null,
  appealUpheld: it.appealUpheld,
  appealReason: it.appealReason,
});

export async function readAtDesk(house: House, petition: Petition, me: string) {
  const { db } = house;
  const versions = await db
    .select()
    .from(petitionVersions)
    .where(eq(petitionVersions.petitionId, petition.id))
    .orderBy(desc(petitionVersions.version))
    .limit(20);
  return {
    ...(await readFull(db, petition, true)),
    moderateBy: petition.moderateBy,
    returned: petition.returned,
    hiddenParts: petition.hiddenParts as Array<'title' | 'why' | 'details' | 'name'>,
    similar: await similarPetitions(db, petition.title, petition.id),
    versions: versions.map(({ version, title, why, details, at }) => ({
      version,
      title,
      why,
      details,
      at: at.toISOString(),
    })),
    decisions: await decisionsAtDesk(db, petition.id),
    open: await openAt(db, petition.id, me, house.clock()),
  };
}

/** What moderators decided, without their notes. What was only sent back is not yet anybody's but the organiser's. */
export async function publicLog(db: Queryable, page: number) {
  const where = and(
    ne(petitionDecisions.command, 'return'),
    sql`(${petitions.openedAt} is not null or ${petitions.state} = 'rejected')`,
  );
  const from = () =>
    db
      .select({ it: petitionDecisions, petition: petitions })
      .from(petitionDecisions)
      .innerJoin(petitions, eq(petitions.id, petitionDecisions.petitionId))
      .where(where);
  const [counted] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(petitionDecisions)
    .innerJoin(petitions, eq(petitions.id, petitionDecisions.petitionId))
    .where(where);
  const rows = await from()
    .orderBy(desc(petitionDecisions.at), desc(petitionDecisions.id))
    .limit(LOG_PAGE)
    .offset((page - 1) * LOG_PAGE);
  const codes = await hidingCodes(db);
  const total = counted?.n ?? 0;
  return {
    items: rows.map(({ it, petition }) => ({
      ...shown(it),
      petition: petition.id,
      title: isHidden(petition, 'title', codes) ? HIDDEN : petition.title,
    })),
    page,
    pages: Math.min(1_000, Math.max(1, Math.ceil(total / LOG_PAGE))),
    total,
  };
}
