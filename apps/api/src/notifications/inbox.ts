/** The inbox: what is new for somebody, as it may be seen now. */
import { and, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { InboxNote } from '@folkmoot/core/notifications/contract';
import type { NotificationKind } from '@folkmoot/core/notifications/plain';
import { petitionPath } from '@folkmoot/core/petitions/plain';
import { REPORT_STATES } from '@folkmoot/core/reports/plain';
import type { Queryable } from '@folkmoot/db/client';
import { notifications } from '@folkmoot/db/schema/notifications';
import { organisations, people } from '@folkmoot/db/schema/people';
import { petitions, petitionSteps } from '@folkmoot/db/schema/petitions';
import { reports, reportUpdates } from '@folkmoot/db/schema/reports';

const PER_PAGE = 20;
/** the badge says "99+" beyond */
const MOST_UNREAD = 100;

/** How many are unread, counted up to 100. */
export async function unreadOf(db: Queryable, person: string): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from (select 1 from notifications where person_id = ${person} and read_at is null limit ${MOST_UNREAD}) as unread`,
  );
  return rows[0]?.n ?? 0;
}

const columns = {
  id: notifications.id,
  kind: sql<NotificationKind>`${notifications.kind}`,
  at: notifications.at,
  readAt: notifications.readAt,
  to: sql<string | null>`${notifications.data}->>'to'`,
  report: reports,
  petition: petitions,
  organisation: organisations.name,
  update: reportUpdates,
  step: petitionSteps,
  writer: people.name,
};

const rowsOf = (db: Queryable, person: string, page: number) =>
  db
    .select(columns)
    .from(notifications)
    .leftJoin(reports, sql`${reports.id} = (${notifications.data}->>'report')::bigint`)
    .leftJoin(petitions, sql`${petitions.id} = (${notifications.data}->>'petition')::bigint`)
    .innerJoin(
      organisations,
      sql`${organisations.id} = coalesce(${reports.organisationId}, ${petitions.organisationId})`,
    )
    .leftJoin(
      reportUpdates,
      and(
        sql`${reportUpdates.id} = (${notifications.data}->>'update')::bigint`,
        isNull(reportUpdates.hiddenAt),
      ),
    )
    .leftJoin(petitionSteps, sql`${petitionSteps.id} = (${notifications.data}->>'step')::uuid`)
    .leftJoin(people, eq(people.id, reportUpdates.personId))
    .where(eq(notifications.personId, person))
    .orderBy(desc(notifications.at), desc(notifications.id))
    .limit(PER_PAGE)
    .offset((page - 1) * PER_PAGE);
type Row = Awaited<ReturnType<typeof rowsOf>>[number];

/** Of one that has been hidden since, the number alone is told. */
function ofPetition({ petition, step, ...row }: Row): InboxNote | null {
  if (!petition) return null;
  const open = row.kind === 'petition_burst' || (petition.hiddenAt === null && petition.removedAt === null);
  const atDesk = row.kind === 'petition_burst';
  return {
    id: row.id,
    kind: row.kind,
    at: row.at.toISOString(),
    read: row.readAt !== null,
    to: atDesk ? `/desk/petitions/${petition.id}/signatures` : petitionPath(petition.id),
    title: open ? petition.title : null,
    number: petition.id,
    lang: petition.lang,
    place: null,
    state: null,
    organisation: row.organisation as { en: string; cy?: string },
    says: open && step ? { text: step.summary, lang: step.lang, by: step.byName, council: true } : null,
  };
}

/** what is read and answered at the desk */
const AT_DESK: ReadonlySet<NotificationKind> = new Set([
  'report_overdue',
  'councillor_question',
  'councillor_answer',
]);

function ofReport(row: Row, person: string): InboxNote | null {
  const { report, update, organisation, kind } = row;
  if (!report) return null;
  // of what has been hidden since, or is private and not their own, the number alone is told
  const open = report.personId === person || (!report.private && report.hiddenAt === null);
  return {
    id: row.id,
    kind,
    at: row.at.toISOString(),
    read: row.readAt !== null,
    to: AT_DESK.has(kind) ? `/desk/reports/${report.id}` : `/reports/${report.id}`,
    title: open ? report.title : null,
    number: report.id,
    lang: report.lang,
    place: open ? report.place : null,
    state: REPORT_STATES.find((state) => state === row.to) ?? null,
    organisation: organisation as { en: string; cy?: string },
    says:
      open && update?.text
        ? {
            text: update.text,
            lang: update.lang,
            by: update.showName ? row.writer : null,
            council: update.organisationId !== null,
          }
        : null,
  };
}

export async function readInbox(db: Queryable, person: string, page: number) {
  const [[all], rows, unread] = await Promise.all([
    db.select({ n: count() }).from(notifications).where(eq(notifications.personId, person)),
    rowsOf(db, person, page),
    unreadOf(db, person),
  ]);
  const total = all?.n ?? 0;
  const pages = Math.min(1_000, Math.max(1, Math.ceil(total / PER_PAGE)));
  return {
    items: rows.flatMap((row) => ofReport(row, person) ?? ofPetition(row) ?? []),
    page,
    pages,
    total,
    unread,
  };
}

/** @returns whether any was unread */
export async function markRead(db: Queryable, person: string, now: Date, ids?: string[]): Promise<boolean> {
  const rows = await db
    .update(notifications)
    .set({ readAt: now })
    .where(
      and(
        eq(notifications.personId, person),
        isNull(notifications.readAt),
        ids ? inArray(notifications.id, ids) : undefined,
      ),
    )
    .returning({ id: notifications.id });
  return rows.length > 0;
}
