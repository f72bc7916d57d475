/** The queries of reports, by name. */
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { reportBrief, reportFull } from '@folkmoot/core/reports/contract';
import { groupOf, LOOK_OF, type ReportState } from '@folkmoot/core/reports/plain';
import type { ReportQuestion } from '@folkmoot/core/reports/questions';
import type { Words } from '@folkmoot/core/kit/shapes';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { files } from '@folkmoot/db/schema/content';
import { events } from '@folkmoot/db/schema/live';
import { organisations, people } from '@folkmoot/db/schema/people';
import { areas } from '@folkmoot/db/schema/places';
import {
  reportCategories,
  reportCounts,
  reportPhotos,
  reports,
  reportUpdates,
} from '@folkmoot/db/schema/reports';

export type Report = typeof reports.$inferSelect;
export type Category = typeof reportCategories.$inferSelect;
type Brief = z.input<typeof reportBrief>;
type Full = z.input<typeof reportFull>;

const briefColumns = {
  id: reports.id,
  title: reports.title,
  lang: reports.lang,
  state: reports.state,
  place: reports.place,
  lon: reports.lon,
  lat: reports.lat,
  createdAt: reports.createdAt,
  updatedAt: reports.updatedAt,
  expectedOn: reports.expectedOn,
  wardSlug: areas.slug,
  wardName: areas.name,
  categoryId: reportCategories.id,
  categoryName: reportCategories.name,
  group: reportCategories.group,
  supports: reportCounts.supports,
  photo: sql<
    string | null
  >`(select hash from report_photos p where p.report_id = reports.id and p.hidden_at is null and p.update_id is null order by sort limit 1)`,
};
type BriefRow = {
  id: number;
  title: string;
  lang: 'en' | 'cy';
  state: ReportState;
  place: string;
  lon: number;
  lat: number;
  createdAt: Date;
  updatedAt: Date;
  expectedOn: string | null;
  wardSlug: string | null;
  wardName: Words | null;
  categoryId: string;
  categoryName: Words;
  group: string;
  supports: number | null;
  photo: string | null;
};

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

export const isOverdue = (state: ReportState, expectedOn: string | null, now: Date): boolean =>
  groupOf(state) === 'open' && expectedOn !== null && expectedOn < dayOf(now);

function toBrief(row: BriefRow, now: Date): Brief {
  const {
    categoryId,
    categoryName,
    group,
    wardSlug,
    wardName,
    createdAt,
    updatedAt,
    expectedOn,
    supports,
    ...same
  } = row;
  return {
    ...same,
    look: LOOK_OF[row.state],
    supports: supports ?? 0,
    ward: wardSlug && wardName ? { slug: wardSlug, name: wardName } : null,
    category: { id: categoryId, name: categoryName, group },
    at: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    overdue: isOverdue(row.state, expectedOn, now),
  };
}

const briefs = (db: Queryable) =>
  db
    .select(briefColumns)
    .from(reports)
    .innerJoin(reportCategories, eq(reportCategories.id, reports.categoryId))
    .leftJoin(areas, eq(areas.id, reports.wardId))
    .leftJoin(reportCounts, eq(reportCounts.reportId, reports.id));

/** Reports by their numbers, in the order given; numbers that are not there are left out. */
export async function readBriefs(db: Queryable, ids: readonly number[], now: Date): Promise<Brief[]> {
  if (ids.length === 0) return [];
  const rows = (await briefs(db).where(inArray(reports.id, [...ids]))) as BriefRow[];
  const byId = new Map(rows.map((row) => [row.id, toBrief(row, now)]));
  return ids.map((id) => byId.get(id)).filter((brief) => brief !== undefined);
}

/** The row alone, locked for the change that follows (never FOR UPDATE: it would block every insert that refers to it). */
export async function lockReport(tx: Tx, id: number): Promise<Report | null> {
  const [row] = await tx.select().from(reports).where(eq(reports.id, id)).for('no key update');
  return row ?? null;
}

export async function findReport(db: Queryable, id: number): Promise<Report | null> {
  const [row] = await db.select().from(reports).where(eq(reports.id, id));
  return row ?? null;
}

/** What the policy needs to know of a report. */
export const subjectOf = (report: Report) => ({
  organisation: report.organisationId,
  area: report.wardId,
  category: report.categoryId,
  person: report.personId,
  private: report.private,
  hidden: report.hiddenAt !== null,
  confirmed: report.confirmedAt !== null,
});

/** The answers to the category's questions in words, in both languages. */
export function answersInWords(
  questions: readonly ReportQuestion[],
  answers: Report['answers'],
): Full['answers'] {
  return questions.flatMap((question) => {
    const value = answers[question.code];
    if (value === undefined) return [];
    const codes = Array.isArray(value) ? value : [value];
    const labels = codes.map(
      (code) => question.options?.find((option) => option.code === code)?.label ?? { en: String(code) },
    );
    const cy = labels.every((label) => label.cy) ? labels.map((label) => label.cy).join(', ') : undefined;
    return [{ label: question.label, value: { en: labels.map((label) => label.en).join(', '), cy } }];
  });
}

async function readPhotos(db: Queryable, id: number) {
  const rows = await db
    .select({
      id: reportPhotos.id,
      hash: reportPhotos.hash,
      alt: reportPhotos.alt,
      updateId: reportPhotos.updateId,
      width: files.width,
      height: files.height,
    })
    .from(reportPhotos)
    .leftJoin(files, eq(files.hash, reportPhotos.hash))
    .where(and(eq(reportPhotos.reportId, id), isNull(reportPhotos.hiddenAt)))
    .orderBy(asc(reportPhotos.sort), asc(reportPhotos.createdAt))
    .limit(60);
  return rows.map((row) => ({ ...row, alt: row.alt as Words | null }));
}

async function readTimeline(db: Queryable, id: number) {
  return db
    .select({
      id: reportUpdates.id,
      kind: reportUpdates.kind,
      at: reportUpdates.at,
      text: reportUpdates.text,
      fixed: reportUpdates.fixed,
      lang: reportUpdates.lang,
      stateTo: reportUpdates.stateTo,
      showName: reportUpdates.showName,
      name: people.name,
      organisation: organisations.name,
    })
    .from(reportUpdates)
    .leftJoin(people, eq(people.id, reportUpdates.personId))
    .leftJoin(organisations, eq(organisations.id, reportUpdates.organisationId))
    .where(and(eq(reportUpdates.reportId, id), isNull(reportUpdates.hiddenAt)))
    .orderBy(desc(reportUpdates.at), desc(reportUpdates.id))
    .limit(200);
}

/** The newest event of a topic: where the live page starts from. Read before the rest, so that nothing is missed. */
async function newestSeq(db: Queryable, topic: string): Promise<number> {
  const [row] = await db
    .select({ id: events.id })
    .from(events)
    .where(eq(events.topic, topic))
    .orderBy(desc(events.id))
    .limit(1);
  return row?.id ?? 0;
}

/** Everything the page of a report shows; null where there is none. Whether one may see it is asked before. */
export async function readFull(db: Queryable, report: Report, now: Date): Promise<Full> {
  const seq = await newestSeq(db, `report:${report.id}`);
  // one after the other: they may share the connection of a transaction
  const [row] = (await briefs(db).where(eq(reports.id, report.id))) as BriefRow[];
  const photos = await readPhotos(db, report.id);
  const timeline = await readTimeline(db, report.id);
  const [more] = await db
    .select({
      questions: reportCategories.questions,
      organisation: organisations.name,
      by: people.name,
      saidFixed: reportCounts.saidFixed,
      saidNotFixed: reportCounts.saidNotFixed,
    })
    .from(reports)
    .innerJoin(reportCategories, eq(reportCategories.id, reports.categoryId))
    .innerJoin(organisations, eq(organisations.id, reports.organisationId))
    .leftJoin(people, eq(people.id, reports.personId))
    .leftJoin(reportCounts, eq(reportCounts.reportId, reports.id))
    .where(eq(reports.id, report.id));
  return {
    ...toBrief(row!, now),
    seq,
    detail: report.detail,
    answers: answersInWords(more!.questions, report.answers),
    organisation: { id: report.organisationId, name: more!.organisation as Words },
    by: report.showName ? more!.by : null,
    photos: photos.filter((photo) => photo.updateId === null),
    timeline: timeline.map((entry) => ({
      id: entry.id,
      kind: entry.kind,
      at: entry.at.toISOString(),
      by: { name: entry.showName ? entry.name : null, organisation: entry.organisation as Words | null },
      stateTo: entry.stateTo,
      text: entry.text,
      fixed: entry.fixed,
      lang: entry.lang,
      photos: photos.filter((photo) => photo.updateId === entry.id),
    })),
    expectedOn: report.expectedOn,
    duplicateOf: report.duplicateOf,
    saidFixed: more!.saidFixed ?? 0,
    saidNotFixed: more!.saidNotFixed ?? 0,
    private: report.private,
    mine: null,
  };
}

export async function findCategory(db: Queryable, id: string): Promise<Category | null> {
  const [row] = await db
    .select()
    .from(reportCategories)
    .where(and(eq(reportCategories.id, id), isNull(reportCategories.endedAt)));
  return row ?? null;
}

export async function listCategories(db: Queryable): Promise<Category[]> {
  return db
    .select()
    .from(reportCategories)
    .where(isNull(reportCategories.endedAt))
    .orderBy(asc(reportCategories.sort))
    .limit(500);
}
