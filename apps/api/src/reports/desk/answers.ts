/** Ready-made answers, filled for one report. */
import { inLang, type Lang } from '@folkmoot/core/kit/plain';
import { type Blank, fillTemplate, type ReadyAnswer } from '@folkmoot/core/reports/desk';
import type { StaffCommand } from '@folkmoot/core/reports/rules';
import type { Queryable } from '@folkmoot/db/client';
import { organisations } from '@folkmoot/db/schema/people';
import { reportCategories, reportTemplates } from '@folkmoot/db/schema/reports';
import { m, sayDate } from '@folkmoot/words';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Report } from '../store.ts';

type Facts = (lang: Lang) => Partial<Record<Blank, string | null>>;

async function factsOf(db: Queryable, report: Report, now: Date): Promise<{ group: string; facts: Facts }> {
  const [row] = await db
    .select({ name: reportCategories.name, group: reportCategories.group, organisation: organisations.name })
    .from(reportCategories)
    .innerJoin(organisations, eq(organisations.id, report.organisationId))
    .where(eq(reportCategories.id, report.categoryId));
  const { name, group, organisation } = row!;
  const day = report.expectedOn;
  // no answer names a day that is over: the officer sees the gap instead
  const ahead = day !== null && day >= now.toISOString().slice(0, 10);
  const facts: Facts = (lang) => ({
    report: String(report.id),
    title: report.title,
    place: report.place,
    category: inLang(name, lang).text,
    organisation: inLang(organisation, lang).text,
    expected: ahead ? sayDate(`${day}T12:00:00Z`, 'day', { locale: lang }) : null,
    // officers speak for their organisation, never by name
    officer: m.desk_officer({}, { locale: lang }),
  });
  return { group, facts };
}

const own = (report: Report) =>
  and(eq(reportTemplates.organisationId, report.organisationId), isNull(reportTemplates.endedAt));

/** Those of the report's kind first, then those for every kind. */
export async function templatesFor(db: Queryable, report: Report, now: Date) {
  const { group, facts } = await factsOf(db, report, now);
  const rows = await db
    .select()
    .from(reportTemplates)
    .where(and(own(report), sql`(${reportTemplates.group} is null or ${reportTemplates.group} = ${group})`))
    .orderBy(sql`${reportTemplates.group} nulls last`, asc(reportTemplates.sort))
    .limit(100);
  return rows.map(({ id, group: of, command, name, text }) => ({
    id,
    group: of,
    command: command as StaffCommand,
    name,
    text: {
      en: fillTemplate(text.en, facts('en')),
      ...(text.cy && { cy: fillTemplate(text.cy, facts('cy')) }),
    },
  }));
}

/** The same in one language, as the rule about them reads them. */
export async function readyAnswers(
  db: Queryable,
  report: Report,
  lang: Lang,
  now: Date,
): Promise<ReadyAnswer[]> {
  const all = await templatesFor(db, report, now);
  return all.map(({ id, command, text }) => ({ id, command, text: inLang(text, lang).text }));
}
