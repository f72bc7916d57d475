/**
 * From what happened to a report to who hears of it. Whoever did it is not told. A private or hidden report is told
 * to its maker and to staff who may see it, whoever else had followed it.
 */
import { and, desc, eq, gte, inArray, isNotNull, isNull, lt, lte, sql } from 'drizzle-orm';
import type { Grant } from '@folkmoot/core/kit/policy';
import type { NotificationKind } from '@folkmoot/core/notifications/plain';
import { UNDO_MINUTES } from '@folkmoot/core/reports/desk';
import { reportPolicy, reportSubject } from '@folkmoot/core/reports/policy';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { follows, notifications } from '@folkmoot/db/schema/notifications';
import { grants, organisations, people } from '@folkmoot/db/schema/people';
import { reportChanges, reportQuestions } from '@folkmoot/db/schema/report-desk';
import { reportCategories, reportCounts, reports, reportUpdates } from '@folkmoot/db/schema/reports';
import type { EventRow } from '../kit/events.ts';

export type Update = typeof reportUpdates.$inferSelect;
export type Told = {
  report: typeof reports.$inferSelect;
  group: string;
  organisation: { en: string; cy?: string };
  supports: number;
  update: Update | null;
  /** the name of who wrote the update, where they chose to show it */
  writer: string | null;
  /** what a councillor asked, and was told */
  asked: Asked | null;
};
export type Asked = typeof reportQuestions.$inferSelect & { by: string };
/** One person hears of it, in the inbox and, if they want, by mail. */
export type News = { person: string; kind: NotificationKind; byMail: boolean; alert?: string };

export async function readTold(db: Queryable, event: EventRow): Promise<Told | null> {
  const id = Number(event.data['report']);
  const [row] = await db
    .select({
      report: reports,
      group: reportCategories.group,
      organisation: organisations.name,
      supports: reportCounts.supports,
    })
    .from(reports)
    .innerJoin(reportCategories, eq(reportCategories.id, reports.categoryId))
    .innerJoin(organisations, eq(organisations.id, reports.organisationId))
    .leftJoin(reportCounts, eq(reportCounts.reportId, reports.id))
    .where(eq(reports.id, id));
  if (!row) return null;
  const said = await readUpdate(db, event, id);
  return {
    ...row,
    organisation: row.organisation as { en: string; cy?: string },
    supports: row.supports ?? 0,
    update: said?.update ?? null,
    writer: said?.update.showName ? said.name : null,
    asked: await readAsked(db, event),
  };
}

/** The question of a councillor that an event speaks of. */
async function readAsked(db: Queryable, { data }: EventRow): Promise<Asked | null> {
  const { question } = data;
  if (typeof question !== 'string') return null;
  const [row] = await db
    .select({ asked: reportQuestions, by: people.name })
    .from(reportQuestions)
    .leftJoin(people, eq(people.id, reportQuestions.byPerson))
    .where(eq(reportQuestions.id, question));
  return row ? { ...row.asked, by: row.by ?? '' } : null;
}

/** The line on the timeline that an event speaks of: named by it, or the newest that led to this state. */
async function readUpdate(db: Queryable, { data, type, at }: EventRow, report: number) {
  const named = Number(data['update']);
  const to = data['to'];
  const which = named
    ? eq(reportUpdates.id, named)
    : type === 'report.state_changed' && typeof to === 'string'
      ? and(sql`${reportUpdates.stateTo} = ${to}`, lte(reportUpdates.at, at))
      : null;
  // a change that was taken back has no line of its own
  if (!which || data['undone']) return null;
  const [row] = await db
    .select({ update: reportUpdates, name: people.name })
    .from(reportUpdates)
    .leftJoin(people, eq(people.id, reportUpdates.personId))
    .where(and(eq(reportUpdates.reportId, report), isNull(reportUpdates.hiddenAt), which))
    .orderBy(desc(reportUpdates.at), desc(reportUpdates.id))
    .limit(1);
  return row ?? null;
}

async function grantsOfMany(db: Queryable, persons: string[]): Promise<Map<string, Grant[]>> {
  const held = new Map<string, Grant[]>();
  const rows = persons.length
    ? await db
        .select()
        .from(grants)
        .where(and(inArray(grants.personId, persons), isNull(grants.endedAt)))
    : [];
  for (const { personId, role, organisationId, areaId, categoryId } of rows)
    held.set(personId, [
      ...(held.get(personId) ?? []),
      { role, organisation: organisationId, area: areaId, category: categoryId },
    ]);
  return held;
}

/** Those of the followers who may know of it. */
async function permitted<F extends { person: string }>(
  db: Queryable,
  { report }: Told,
  all: F[],
): Promise<F[]> {
  if (!report.private && !report.hiddenAt) return all;
  const held = await grantsOfMany(
    db,
    all.map((one) => one.person),
  );
  const subject = reportSubject(report);
  return all.filter(({ person }) =>
    reportPolicy.seeReport({ person, grants: held.get(person) ?? [], strong: true }, subject),
  );
}

/** Who followed when it happened (not who has begun since: events may be read again). */
async function followersOf(db: Queryable, told: Told, at: Date) {
  const all = await db
    .select({ person: follows.personId, byMail: follows.byMail })
    .from(follows)
    .where(and(eq(follows.topic, `report:${told.report.id}`), lte(follows.createdAt, at)));
  return permitted(db, told, all);
}

const kindFor = (event: EventRow, told: Told, person: string): NotificationKind | null => {
  const maker = person === told.report.personId;
  switch (event.type) {
    case 'report.state_changed':
      return event.data['to'] === 'fixed_by_council' && maker ? 'report_fixed' : 'report_state';
    case 'report.commented':
      if (told.update?.kind === 'question') return maker ? 'report_question' : 'report_answer';
      return told.update?.organisationId ? 'report_answer' : 'report_comment';
    case 'report.moved':
      // another category of the same body is no news to a resident
      return event.data['fromOrganisation'] ? 'report_moved' : null;
    default:
      return null;
  }
};

/** The officers who look after it: the one it is given to, else all whose role reaches it. */
async function officersOf(db: Queryable, { report }: Told): Promise<string[]> {
  if (report.assignedTo) return [report.assignedTo];
  const rows = await db
    .selectDistinct({ person: grants.personId })
    .from(grants)
    .where(
      and(
        eq(grants.organisationId, report.organisationId),
        eq(grants.role, 'officer'),
        isNull(grants.endedAt),
        sql`(${grants.areaId} is null or ${grants.areaId} = ${report.wardId})`,
        sql`(${grants.categoryId} is null or ${grants.categoryId} = ${report.categoryId})`,
      ),
    )
    .limit(50);
  return rows.map((row) => row.person);
}

/** A question goes to whose report it is, else to all officers it may be; these hear by mail while they are few. */
const MAILED_OFFICERS = 5;
async function askedNews(db: Queryable, event: EventRow, told: Told): Promise<News[]> {
  if (!told.asked) return [];
  if (event.type === 'report.councillor_answered')
    return [{ person: told.asked.byPerson, kind: 'councillor_answer', byMail: true }];
  const officers = await officersOf(db, told);
  return officers.map((person) => ({
    person,
    kind: 'councillor_question',
    byMail: officers.length <= MAILED_OFFICERS,
  }));
}

/** The desk mails its question itself, at once; who deals with a report now stands on its page. */
const INBOX_ONLY: ReadonlySet<NotificationKind> = new Set(['report_moved', 'report_question']);

/** The change was taken back before anybody was told of it. */
async function wasTakenBack(db: Queryable, { type, data }: EventRow, report: number): Promise<boolean> {
  const update = Number(data['update']);
  if (type !== 'report.state_changed' || !Number.isSafeInteger(update)) return false;
  const [row] = await db
    .select({ id: reportChanges.id })
    .from(reportChanges)
    .where(
      and(
        eq(reportChanges.reportId, report),
        eq(reportChanges.updateId, update),
        isNotNull(reportChanges.undoneAt),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** Who had heard of what is now taken back finds that in the inbox; nobody is mailed, and nobody else hears at all. */
async function unsaidTo(db: Queryable, event: EventRow, told: Told): Promise<News[]> {
  const since = new Date(event.at.getTime() - UNDO_MINUTES * 60_000);
  const rows = await db
    .selectDistinct({ person: notifications.personId })
    .from(notifications)
    .where(
      and(
        eq(notifications.topic, `report:${told.report.id}`),
        inArray(notifications.kind, ['report_state', 'report_fixed']),
        gte(notifications.at, since),
        lt(notifications.eventId, event.id),
      ),
    );
  const heard = await permitted(db, told, rows);
  return heard.map(({ person }) => ({ person, kind: 'report_state', byMail: false }));
}

/** Who hears of one event on a report. */
export async function newsOf(tx: Tx, event: EventRow, told: Told): Promise<News[]> {
  const maker = told.report.personId;
  if (event.type === 'report.overdue')
    return (await officersOf(tx, told)).map((person) => ({ person, kind: 'report_overdue', byMail: false }));
  if (event.type === 'report.councillor_asked' || event.type === 'report.councillor_answered')
    return askedNews(tx, event, told);
  if (event.type === 'report.asked')
    return maker ? [{ person: maker, kind: 'report_asked', byMail: true }] : [];
  if (event.type === 'report.hidden' || event.type === 'report.shown') {
    const kind = event.type === 'report.hidden' ? 'report_hidden' : 'report_shown';
    // why it was hidden is told by those who hid it
    return maker ? [{ person: maker, kind, byMail: false }] : [];
  }
  if (await wasTakenBack(tx, event, told.report.id)) return [];
  if (event.type === 'report.state_changed' && event.data['undone']) return unsaidTo(tx, event, told);
  // words that have been hidden since are not told
  if (event.type === 'report.commented' && !told.update) return [];
  const did = new Set([told.update?.personId, told.update?.enteredBy]);
  const followers = await followersOf(tx, told, event.at);
  return followers.flatMap(({ person, byMail }) => {
    const kind = did.has(person) ? null : kindFor(event, told, person);
    return kind ? [{ person, kind, byMail: byMail && !INBOX_ONLY.has(kind) }] : [];
  });
}

/** Following by itself: the maker from the start; who says "me too", in the inbox alone. (The desk carries those of a duplicate over.) */
export async function followAlong(tx: Tx, event: EventRow, { report }: Told): Promise<void> {
  const topic = `report:${report.id}`;
  const at = event.at.toISOString();
  if (event.type === 'report.confirmed' && report.personId)
    await tx
      .insert(follows)
      .values({ personId: report.personId, topic, createdAt: event.at })
      .onConflictDoNothing();
  if (event.type === 'report.supported')
    await tx.execute(sql`
      insert into follows (person_id, topic, by_mail, created_at)
      select person_id, ${topic}, false, ${at}::timestamptz from report_supports
      where report_id = ${report.id} and person_id is not null
        and at between ${at}::timestamptz - interval '10 seconds' and ${at}::timestamptz
      on conflict do nothing`);
}
