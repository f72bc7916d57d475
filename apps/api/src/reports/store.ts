/** The queries of reports, by name. */
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
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
export { reportSubject as subjectOf } from '@folkmoot/core/reports/policy';

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

type PhotoRow = Full['photos'][number] & { updateId: number | null };
type TimelineRow = Omit<Full['timeline'][number], 'by' | 'photos'> & {
  showName: boolean;
  name: string | null;
  organisation: Words | null;
};

const photosOf = sql<PhotoRow[]>`(
  select coalesce(json_agg(json_build_object('id', p.id, 'hash', p.hash, 'alt', p.alt, 'updateId', p.update_id,
    'width', f.width, 'height', f.height) order by p.sort, p.created_at), '[]')
  from (select * from ${reportPhotos} q where q.report_id = reports.id and q.hidden_at is null
    order by q.sort, q.created_at limit 60) p
  left join ${files} f on f.hash = p.hash)`;
const timelineOf = sql<TimelineRow[]>`(
  select coalesce(json_agg(json_build_object('id', u.id, 'kind', u.kind, 'at', u.at, 'text', u.text, 'fixed', u.fixed,
    'lang', u.lang, 'stateTo', u.state_to, 'showName', u.show_name, 'name', w.name, 'organisation', o.name)
    order by u.at desc, u.id desc), '[]')
  from (select * from ${reportUpdates} v where v.report_id = reports.id and v.hidden_at is null
    order by v.at desc, v.id desc limit 200) u
  left join ${people} w on w.id = u.person_id
  left join ${organisations} o on o.id = u.organisation_id)`;

/** All that a page of a report needs, in one statement: six of them cost a visitor five more round trips. */
const fullColumns = {
  ...briefColumns,
  questions: reportCategories.questions,
  organisation: organisations.name,
  by: people.name,
  saidFixed: reportCounts.saidFixed,
  saidNotFixed: reportCounts.saidNotFixed,
  photos: photosOf,
  timeline: timelineOf,
  /** the newest event: where the live page starts from, of the same moment as all the rest */
  seq: sql<number>`coalesce((select max(e.id) from ${events} e where e.topic = 'report:' || reports.id), 0)::float8`,
};

/** Everything the page of a report shows; null where there is none. Whether one may see it is asked before. */
export async function readFull(db: Queryable, report: Report, now: Date): Promise<Full> {
  const [found] = await db
    .select(fullColumns)
    .from(reports)
    .innerJoin(reportCategories, eq(reportCategories.id, reports.categoryId))
    .innerJoin(organisations, eq(organisations.id, reports.organisationId))
    .leftJoin(areas, eq(areas.id, reports.wardId))
    .leftJoin(reportCounts, eq(reportCounts.reportId, reports.id))
    .leftJoin(people, eq(people.id, reports.personId))
    .where(eq(reports.id, report.id));
  const { questions, organisation, by, saidFixed, saidNotFixed, photos, timeline, seq, ...brief } = found!;
  return {
    ...toBrief(brief as BriefRow, now),
    seq,
    detail: report.detail,
    answers: answersInWords(questions, report.answers),
    organisation: { id: report.organisationId, name: organisation as Words },
    by: report.showName ? by : null,
    photos: photos.filter((photo) => photo.updateId === null),
    timeline: timeline.map(({ at, showName, name, organisation: body, ...entry }) => ({
      ...entry,
      at: new Date(at).toISOString(),
      by: { name: showName ? name : null, organisation: body },
      photos: photos.filter((photo) => photo.updateId === entry.id),
    })),
    expectedOn: report.expectedOn,
    duplicateOf: report.duplicateOf,
    saidFixed: saidFixed ?? 0,
    saidNotFixed: saidNotFixed ?? 0,
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
