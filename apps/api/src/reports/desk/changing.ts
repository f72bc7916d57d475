/** Moving a report on: the state, the line that everyone reads, what it was before; and taking that back. */
import type { Lang } from '@folkmoot/core/kit/plain';
import { answerFor, fillTemplate, NEED_WORDS, openBlanks, sawTheSame } from '@folkmoot/core/reports/desk';
import { LOOK_OF, type ReportState } from '@folkmoot/core/reports/plain';
import { changeState, type StaffCommand } from '@folkmoot/core/reports/rules';
import type { Tx } from '@folkmoot/db/client';
import { reportChanges } from '@folkmoot/db/schema/report-desk';
import { reports, reportUpdates } from '@folkmoot/db/schema/reports';
import { sayDate } from '@folkmoot/words';
import { eq } from 'drizzle-orm';
import { Invalid, Refused } from '../../kit/errors.ts';
import type { House } from '../../kit/house.ts';
import { recordReport } from '../making.ts';
import { findReport, type Report } from '../store.ts';
import { readyAnswers } from './answers.ts';
import { carryOver, takeBack } from './duplicates.ts';
import { lastChangeOf, undoing } from './last-change.ts';

export type Change = {
  command: StaffCommand;
  saw: ReportState;
  text?: string | undefined;
  lang: Lang;
  /** whose words go out where none are written */
  template?: string | undefined;
  original?: number | undefined;
  on?: string | undefined;
};
type Columns = Partial<typeof reports.$inferInsert>;

/** What only the desk hears: nobody outside learns that a report was assigned or noted on. */
export const recordForStaff = (
  tx: Tx,
  house: House,
  report: Report,
  type: string,
  data: Record<string, unknown> = {},
) => recordReport(tx, house, { ...report, private: true }, type, data);

/** A line on the timeline that speaks for the council. @returns its number */
export async function speak(
  tx: Tx,
  report: Report,
  person: string,
  line: Partial<typeof reportUpdates.$inferInsert> &
    Pick<typeof reportUpdates.$inferInsert, 'kind' | 'lang' | 'at'>,
): Promise<number> {
  const [made] = await tx
    .insert(reportUpdates)
    .values({
      ...line,
      reportId: report.id,
      personId: person,
      enteredBy: person,
      organisationId: report.organisationId,
    })
    .onConflictDoNothing()
    .returning({ id: reportUpdates.id });
  if (made) return made.id;
  const [before] = await tx
    .select({ id: reportUpdates.id })
    .from(reportUpdates)
    .where(eq(reportUpdates.idempotencyKey, line.idempotencyKey!));
  return before!.id;
}

/** Keeps what the columns were. Days and moments go as text. */
export async function keepChange(
  tx: Tx,
  report: Report,
  it: {
    what: (typeof reportChanges.$inferInsert)['what'];
    person: string;
    after: Columns;
    extra?: Record<string, unknown>;
    updateId?: number | null;
    at: Date;
  },
): Promise<void> {
  const names = Object.keys(it.after) as Array<keyof typeof report & keyof Columns>;
  const before = Object.fromEntries(names.map((name) => [name, report[name]]));
  await tx.insert(reportChanges).values({
    reportId: report.id,
    byPerson: it.person,
    what: it.what,
    before,
    after: { ...it.after, ...it.extra },
    updateId: it.updateId ?? null,
    at: it.at,
  });
}

/** The day that is being set is known only now. */
const filled = (text: string | null, it: Change): string | null =>
  text && it.on
    ? fillTemplate(text, { date: sayDate(`${it.on}T12:00:00Z`, 'day', { locale: it.lang }) })
    : text;

/** What must be said with it. @throws Invalid text, on */
function checkWords(it: Change, text: string | null): void {
  const fields: Record<string, string> = {};
  if (NEED_WORDS.includes(it.command) && !text) fields['text'] = 'required';
  // a resident never reads `{date}`
  if (text && openBlanks(text).length) fields['text'] = 'open_blank';
  if (it.command === 'schedule' && !it.on) fields['on'] = 'required';
  if (Object.keys(fields).length) throw new Invalid(fields);
}

async function originalOf(tx: Tx, report: Report, it: Change): Promise<Report | null> {
  if (it.command !== 'mark_duplicate' || it.original === undefined) return null;
  const found = await findReport(tx, it.original);
  // what is private or hidden can be nobody's original: its number would tell of it
  if (!found || found.confirmedAt === null || (found.private && !report.private) || found.hiddenAt)
    throw new Invalid({ original: 'not_an_option' });
  return found;
}

/**
 * Moves a locked report.
 * @throws Refused changed_meanwhile, not_from_this_state, original_needed, duplicate_of_itself; Invalid
 */
export async function changeIn(
  tx: Tx,
  house: House,
  report: Report,
  person: string,
  it: Change,
): Promise<{ state: ReportState; update: number | null }> {
  if (!sawTheSame(report, it.saw)) throw new Refused('changed_meanwhile');
  const ready = it.template ? await readyAnswers(tx, report, it.lang, house.clock()) : [];
  const text = filled(answerFor(it.command, it.text ?? null, it.template ?? null, ready), it);
  checkWords(it, text);
  const original = await originalOf(tx, report, it);
  const decided = changeState({ ...report, hidden: report.hiddenAt !== null }, it.command, original);
  if (!decided.ok) throw new Refused(decided.refused);
  const now = house.clock();
  const { state, duplicateOf } = decided.next;
  const after: Columns = {
    state,
    duplicateOf,
    stateAt: now,
    updatedAt: now,
    fixedAt: LOOK_OF[state] === 'done' ? now : null,
    ...(it.command === 'schedule' && { expectedOn: it.on! }),
  };
  await tx.update(reports).set(after).where(eq(reports.id, report.id));
  const update = await speak(tx, report, person, {
    kind: 'state',
    stateFrom: report.state,
    stateTo: state,
    text,
    lang: it.lang,
    at: now,
  });
  const carried = duplicateOf ? await carryOver(tx, house, report, duplicateOf) : null;
  await keepChange(tx, report, {
    what: 'state',
    person,
    after,
    ...(carried && { extra: { carried } }),
    updateId: update,
    at: now,
  });
  await recordReport(tx, house, report, 'report.state_changed', {
    from: report.state,
    to: state,
    update,
    ...(duplicateOf && { duplicateOf }),
  });
  return { state, update };
}

const DATES = new Set(['stateAt', 'updatedAt', 'fixedAt']);

/**
 * Takes back the last change of a locked report. The line it wrote goes from the timeline, and what was carried to
 * another report comes back.
 * @throws Refused nothing_to_undo, too_late, changed_meanwhile
 */
export async function undoIn(tx: Tx, house: House, report: Report, person: string): Promise<ReportState> {
  const now = house.clock();
  const last = await lastChangeOf(tx, report.id);
  const decided = undoing(report, last, person, now);
  if (!decided.ok) throw new Refused(decided.refused);
  const change = last!;
  const columns = Object.fromEntries(
    Object.entries(change.before).map(([name, value]) => [
      name,
      DATES.has(name) && typeof value === 'string' ? new Date(value) : value,
    ]),
  ) as Columns;
  await tx
    .update(reports)
    .set({ ...columns, updatedAt: now })
    .where(eq(reports.id, report.id));
  await tx.update(reportChanges).set({ undoneAt: now }).where(eq(reportChanges.id, change.id));
  if (change.updateId)
    await tx.update(reportUpdates).set({ hiddenAt: now }).where(eq(reportUpdates.id, change.updateId));
  if (change.after['carried'] && report.duplicateOf)
    await takeBack(tx, house, report.duplicateOf, change.after['carried'] as string[]);
  const state = columns.state ?? report.state;
  if (change.what === 'state')
    await recordReport(tx, house, report, 'report.state_changed', {
      from: report.state,
      to: state,
      undone: true,
    });
  else if (change.what === 'moved')
    await recordReport(
      tx,
      house,
      { ...report, organisationId: columns.organisationId ?? report.organisationId },
      'report.moved',
      { fromOrganisation: report.organisationId, undone: true },
    );
  else await recordForStaff(tx, house, report, 'report.assigned', { undone: true });
  return state;
}
