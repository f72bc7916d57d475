/** The smaller acts of the desk: whose it is, how pressing, a note, an answer, a question, another category. */
import type { Lang } from '@folkmoot/core/kit/plain';
import { sawTheSame } from '@folkmoot/core/reports/desk';
import { groupOf, type ReportState } from '@folkmoot/core/reports/plain';
import { changeState } from '@folkmoot/core/reports/rules';
import type { Tx } from '@folkmoot/db/client';
import { people } from '@folkmoot/db/schema/people';
import { reportNotes } from '@folkmoot/db/schema/report-desk';
import { reports, reportVersions } from '@folkmoot/db/schema/reports';
import { eq } from 'drizzle-orm';
import { Invalid, Refused } from '../../kit/errors.ts';
import type { House } from '../../kit/house.ts';
import type { Places } from '../../places/index.ts';
import { recordReport } from '../making.ts';
import { findCategory, type Report } from '../store.ts';
import { keepChange, recordForStaff, speak } from './changing.ts';
import { askMail } from './mails.ts';
import { colleaguesOf, reporterContacts } from './reading.ts';

type Said = { text: string; lang: Lang; idempotencyKey?: string | undefined };

const touch = (tx: Tx, report: Report, at: Date) =>
  tx.update(reports).set({ updatedAt: at }).where(eq(reports.id, report.id));

/** Gives it to a colleague of the same organisation, to a team, or to nobody. @throws Invalid person */
export async function assignIn(
  tx: Tx,
  house: House,
  report: Report,
  by: string,
  to: { person?: string | undefined; team?: string | undefined },
): Promise<void> {
  if (to.person) {
    const colleagues = await colleaguesOf(tx, report.organisationId);
    if (!colleagues.some((one) => one.person === to.person)) throw new Invalid({ person: 'not_an_option' });
  }
  const now = house.clock();
  const after = { assignedTo: to.person ?? null, assignedTeam: to.team ?? null };
  if (after.assignedTo === report.assignedTo && after.assignedTeam === report.assignedTeam) return;
  await tx.update(reports).set(after).where(eq(reports.id, report.id));
  await keepChange(tx, report, { what: 'assigned', person: by, after, at: now });
  await recordForStaff(tx, house, report, 'report.assigned', { to: after.assignedTo });
}

export async function prioritise(
  tx: Tx,
  house: House,
  report: Report,
  by: string,
  priority: number,
): Promise<void> {
  if (report.priority === priority) return;
  await tx.update(reports).set({ priority }).where(eq(reports.id, report.id));
  await keepChange(tx, report, { what: 'priority', person: by, after: { priority }, at: house.clock() });
  await recordForStaff(tx, house, report, 'report.assigned');
}

export async function noteIn(
  tx: Tx,
  house: House,
  report: Report,
  by: string,
  it: { text?: string | undefined; minutes?: number | undefined },
): Promise<void> {
  await tx.insert(reportNotes).values({
    reportId: report.id,
    byPerson: by,
    text: it.text ?? '',
    minutes: it.minutes ?? null,
    at: house.clock(),
  });
  await recordForStaff(tx, house, report, 'report.noted');
}

/** Something said as the council, without a change of state. @returns the line's number */
export async function answerIn(tx: Tx, house: House, report: Report, by: string, it: Said): Promise<number> {
  const now = house.clock();
  const update = await speak(tx, report, by, { kind: 'answer', ...it, at: now });
  await touch(tx, report, now);
  await recordReport(tx, house, report, 'report.commented', { update, council: true });
  return update;
}

/** Asks whoever made it, on the page and by mail where there is an address. */
export async function askIn(
  tx: Tx,
  house: House,
  report: Report,
  by: string,
  it: Said,
): Promise<{ update: number; mailed: boolean }> {
  const now = house.clock();
  const update = await speak(tx, report, by, { kind: 'question', ...it, at: now });
  await touch(tx, report, now);
  await recordReport(tx, house, report, 'report.commented', { update, council: true, question: true });
  const to = (await reporterContacts(tx, report)).find(
    (one) => one.kind === 'email' && one.verifiedAt && !one.stoppedAt,
  );
  if (!to) return { update, mailed: false };
  const [person] = report.personId
    ? await tx.select({ lang: people.lang }).from(people).where(eq(people.id, report.personId))
    : [];
  await askMail(tx, house, {
    to: to.value,
    contactId: to.id,
    personId: report.personId,
    lang: person?.lang ?? report.lang,
    report: report.id,
    title: report.title,
    question: it.text,
  });
  return { update, mailed: true };
}

export type Move = { category: string; saw: ReportState; text?: string | undefined; lang: Lang };

/**
 * Another category. Where it belongs to another organisation the report goes there, to be looked at anew with a new
 * promise. What was private stays private: no move may show it to everyone.
 * @throws Refused changed_meanwhile, ended, already_there; Invalid category
 */
export async function moveIn(
  tx: Tx,
  house: House,
  places: Places,
  report: Report,
  by: string,
  it: Move,
): Promise<{ organisation: string; away: boolean }> {
  if (!sawTheSame(report, it.saw)) throw new Refused('changed_meanwhile');
  if (groupOf(report.state) !== 'open') throw new Refused('ended');
  if (report.categoryId === it.category) throw new Refused('already_there');
  const category = await findCategory(tx, it.category);
  const covers = places.at(report.lon, report.lat).bodies;
  if (!category || !covers.some((body) => body.id === category.organisationId))
    throw new Invalid({ category: 'not_an_option' });
  const now = house.clock();
  const away = category.organisationId !== report.organisationId;
  const triage = away && changeState({ ...report, hidden: false }, 'triage', null);
  const after = {
    categoryId: category.id,
    organisationId: category.organisationId,
    private: report.private || category.private,
    expectedOn: category.expectedDays
      ? places.workingDayAfter(away ? now : (report.confirmedAt ?? now), category.expectedDays)
      : null,
    updatedAt: now,
    ...(away && { assignedTo: null, assignedTeam: null }),
    ...(triage && triage.ok && report.state !== 'new' && { state: triage.next.state, stateAt: now }),
  };
  const { title, detail, categoryId } = report;
  await tx
    .insert(reportVersions)
    .values({ reportId: report.id, title, detail, categoryId, changedBy: by, at: now });
  await tx.update(reports).set(after).where(eq(reports.id, report.id));
  const update = it.text
    ? await speak(tx, report, by, { kind: 'answer', text: it.text, lang: it.lang, at: now })
    : null;
  await keepChange(tx, report, { what: 'moved', person: by, after, updateId: update, at: now });
  await recordReport(tx, house, { ...report, ...after }, 'report.moved', {
    ...(away && { fromOrganisation: report.organisationId }),
    category: category.id,
  });
  return { organisation: category.organisationId, away };
}
