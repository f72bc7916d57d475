/**
 * A councillor asks the officers about a report of their ward. The officers find it in the queue, under the bell and in
 * a mail; what was asked openly stands on the report's page once it is answered, question and answer together.
 */
import { aliasedTable, and, desc, eq } from 'drizzle-orm';
import type { Lang } from '@folkmoot/core/kit/plain';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { people } from '@folkmoot/db/schema/people';
import { reportQuestions } from '@folkmoot/db/schema/report-desk';
import { reports } from '@folkmoot/db/schema/reports';
import { m } from '@folkmoot/words';
import { notFound, Refused } from '../../kit/errors.ts';
import type { House } from '../../kit/house.ts';
import { recordReport } from '../making.ts';
import type { Report } from '../store.ts';
import { recordForStaff, speak } from './changing.ts';

/** What councillors asked about a report, the newest first. @param me who reads */
export async function questionsOf(db: Queryable, report: number, me: string | null) {
  const officer = aliasedTable(people, 'officer');
  const rows = await db
    .select({ question: reportQuestions, by: people.name, officer: officer.name })
    .from(reportQuestions)
    .leftJoin(people, eq(people.id, reportQuestions.byPerson))
    .leftJoin(officer, eq(officer.id, reportQuestions.answeredBy))
    .where(eq(reportQuestions.reportId, report))
    .orderBy(desc(reportQuestions.at), desc(reportQuestions.id))
    .limit(50);
  return rows.map(({ question: it, by, officer: who }) => ({
    id: it.id,
    by,
    text: it.text,
    lang: it.lang,
    open: it.open,
    mine: it.byPerson === me,
    at: it.at.toISOString(),
    answer:
      it.answer !== null && it.answeredAt !== null
        ? { text: it.answer, lang: it.answerLang ?? it.lang, by: who, at: it.answeredAt.toISOString() }
        : null,
  }));
}

/** @returns the question's id. @throws Refused asked_already while the last one waits */
export async function askOfficerIn(
  tx: Tx,
  house: House,
  report: Report,
  by: string,
  it: { text: string; lang: Lang; open: boolean },
): Promise<string> {
  const now = house.clock();
  const [made] = await tx
    .insert(reportQuestions)
    .values({ reportId: report.id, byPerson: by, ...it, at: now })
    .onConflictDoNothing()
    .returning({ id: reportQuestions.id });
  if (!made) throw new Refused('asked_already');
  await tx.update(reports).set({ updatedAt: now }).where(eq(reports.id, report.id));
  await recordForStaff(tx, house, report, 'report.councillor_asked', { question: made.id });
  return made.id;
}

type Question = typeof reportQuestions.$inferSelect;

/** Question and answer as one line of the council on the report's page. @returns its number */
async function publish(
  tx: Tx,
  house: House,
  report: Report,
  by: string,
  it: Question & { said: string; in: Lang },
) {
  const [councillor] = await tx.select({ name: people.name }).from(people).where(eq(people.id, it.byPerson));
  const text = m.desk_councillor_public(
    { name: councillor?.name ?? '', question: it.text, answer: it.said },
    { locale: it.in },
  );
  const update = await speak(tx, report, by, { kind: 'answer', text, lang: it.in, at: house.clock() });
  await recordReport(tx, house, report, 'report.commented', { update, council: true });
  return update;
}

/** @throws Refused answered_already; not_found where the question is of another report */
export async function answerCouncillorIn(
  tx: Tx,
  house: House,
  report: Report,
  by: string,
  it: { question: string; text: string; lang: Lang },
): Promise<void> {
  const now = house.clock();
  const [asked] = await tx
    .select()
    .from(reportQuestions)
    .where(and(eq(reportQuestions.id, it.question), eq(reportQuestions.reportId, report.id)))
    .for('no key update');
  if (!asked) throw notFound();
  if (asked.answeredAt) throw new Refused('answered_already');
  // what became private or hidden since is answered to the councillor alone
  const open = asked.open && !report.private && report.hiddenAt === null;
  const updateId = open
    ? await publish(tx, house, report, by, { ...asked, said: it.text, in: it.lang })
    : null;
  await tx
    .update(reportQuestions)
    .set({ answer: it.text, answerLang: it.lang, answeredBy: by, answeredAt: now, updateId })
    .where(eq(reportQuestions.id, asked.id));
  await tx.update(reports).set({ updatedAt: now }).where(eq(reports.id, report.id));
  await recordForStaff(tx, house, report, 'report.councillor_answered', { question: asked.id });
}
