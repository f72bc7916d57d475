/**
 * Speaking up on a report: a word more, is it really fixed, and the maker's own second thoughts. Each of these is
 * written in one transaction on the locked report.
 */
import type { Lang } from '@folkmoot/core/kit/plain';
import { groupOf, LOOK_OF, type ReportState } from '@folkmoot/core/reports/plain';
import { mayEdit, sayWhetherFixed, type StateChange, withdraw } from '@folkmoot/core/reports/rules';
import type { Tx } from '@folkmoot/db/client';
import {
  reportCounts,
  reports,
  reportUpdates,
  reportVerdicts,
  reportVersions,
} from '@folkmoot/db/schema/reports';
import { and, eq, gte, ne, sql } from 'drizzle-orm';
import { Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { recordReport } from './making.ts';
import { numbersFor } from './numbers.ts';
import type { Report } from './store.ts';

export type Comment = {
  text: string;
  lang: Lang;
  showName: boolean;
  idempotencyKey?: string | undefined;
};
export type Verdict = {
  fixed: boolean;
  served?: boolean | undefined;
  text?: string | undefined;
  lang: Lang;
  idempotencyKey?: string | undefined;
};
export type VerdictAnswer = { state: ReportState; saidFixed: number; saidNotFixed: number };

const factsOf = (report: Report) => ({ ...report, hidden: report.hiddenAt !== null });

const touch = (tx: Tx, report: Report, at: Date) =>
  tx.update(reports).set({ updatedAt: at }).where(eq(reports.id, report.id));

/** Writes a comment; the same key of the same person writes one. @returns its number */
export async function addComment(
  tx: Tx,
  house: House,
  report: Report,
  person: string,
  it: Comment,
): Promise<number> {
  const now = house.clock();
  const [made] = await tx
    .insert(reportUpdates)
    .values({
      reportId: report.id,
      personId: person,
      idempotencyKey: it.idempotencyKey ?? null,
      kind: 'comment',
      text: it.text,
      lang: it.lang,
      showName: it.showName,
      at: now,
    })
    .onConflictDoNothing()
    .returning({ id: reportUpdates.id });
  if (!made) {
    const [before] = await tx
      .select({ id: reportUpdates.id })
      .from(reportUpdates)
      .where(and(eq(reportUpdates.personId, person), eq(reportUpdates.idempotencyKey, it.idempotencyKey!)));
    return before!.id;
  }
  await touch(tx, report, now);
  await recordReport(tx, house, report, 'report.commented', { update: made.id });
  return made.id;
}

/** Moves the row itself. The caller writes the timeline and the event. */
async function setState(tx: Tx, report: Report, next: StateChange, now: Date): Promise<void> {
  await tx
    .update(reports)
    .set({
      state: next.state,
      duplicateOf: next.duplicateOf,
      stateAt: now,
      updatedAt: now,
      fixedAt: LOOK_OF[next.state] === 'done' ? now : null,
    })
    .where(eq(reports.id, report.id));
}

/** The latest answer of a person counts. @returns whether this one says something new */
async function keepVerdict(tx: Tx, report: Report, person: string, it: Verdict, now: Date): Promise<boolean> {
  const mine = and(eq(reportVerdicts.reportId, report.id), eq(reportVerdicts.personId, person));
  const [before] = await tx.select().from(reportVerdicts).where(mine);
  // "still not fixed" after another round of work is news; the same answer twice in a row is not
  const same = before && before.fixed === it.fixed && before.at >= report.stateAt;
  const values = {
    fixed: it.fixed,
    served: it.served ?? before?.served ?? null,
    text: it.text ?? null,
    lang: it.lang,
    idempotencyKey: it.idempotencyKey ?? null,
    at: now,
  };
  if (before) await tx.update(reportVerdicts).set(values).where(mine);
  else await tx.insert(reportVerdicts).values({ ...values, reportId: report.id, personId: person });
  return !same || Boolean(it.text);
}

async function countVerdicts(tx: Tx, report: Report) {
  const others = and(
    ne(reportVerdicts.fixed, true),
    gte(reportVerdicts.at, report.stateAt),
    sql`${reportVerdicts.personId} is distinct from ${report.personId}`,
  );
  const [told] = await tx
    .select({
      saidFixed: sql<number>`count(*) filter (where ${reportVerdicts.fixed})::int`,
      saidNotFixed: sql<number>`count(*) filter (where not ${reportVerdicts.fixed})::int`,
      othersNotFixed: sql<number>`count(*) filter (where ${others})::int`,
    })
    .from(reportVerdicts)
    .where(eq(reportVerdicts.reportId, report.id));
  const { saidFixed, saidNotFixed, othersNotFixed } = told!;
  await tx.update(reportCounts).set({ saidFixed, saidNotFixed }).where(eq(reportCounts.reportId, report.id));
  return { saidFixed, saidNotFixed, othersNotFixed };
}

/**
 * "It is fixed", "it is not": keeps the answer, counts, and moves the report where the rules say so.
 * @throws Refused not_confirmed
 */
export async function addVerdict(
  tx: Tx,
  house: House,
  report: Report,
  person: string,
  it: Verdict,
): Promise<VerdictAnswer> {
  const now = house.clock();
  if (report.state === 'unconfirmed') throw new Refused('not_confirmed');
  const news = await keepVerdict(tx, report, person, it, now);
  const { saidFixed, saidNotFixed, othersNotFixed } = await countVerdicts(tx, report);
  const byReporter = report.personId === person;
  const verdict = { fixed: it.fixed, byReporter, othersNotFixed };
  const decided = sayWhetherFixed(factsOf(report), verdict, now, numbersFor(house, report.organisationId));
  if (!decided.ok) throw new Refused(decided.refused);
  const moved = decided.next;
  if (moved) await setState(tx, report, moved, now);
  else await touch(tx, report, now);
  if (moved || news)
    await tx.insert(reportUpdates).values({
      reportId: report.id,
      personId: person,
      kind: 'verdict',
      fixed: it.fixed,
      stateFrom: moved ? report.state : null,
      stateTo: moved?.state ?? null,
      text: it.text ?? null,
      lang: it.lang,
      at: now,
    });
  await recordReport(tx, house, report, 'report.verdict', { saidFixed, saidNotFixed });
  if (moved)
    await recordReport(tx, house, report, 'report.state_changed', { from: report.state, to: moved.state });
  return { state: moved?.state ?? report.state, saidFixed, saidNotFixed };
}

/** Changes the maker's words and keeps the old ones. @throws Refused too_late */
export async function changeWords(
  tx: Tx,
  house: House,
  report: Report,
  it: { title: string; detail: string; showName: boolean },
): Promise<Report> {
  const now = house.clock();
  if (!mayEdit(factsOf(report), now, numbersFor(house, report.organisationId))) throw new Refused('too_late');
  const { title, detail, categoryId } = report;
  if (title !== it.title || detail !== it.detail)
    await tx
      .insert(reportVersions)
      .values({ reportId: report.id, title, detail, categoryId, changedBy: report.personId, at: now });
  const [changed] = await tx
    .update(reports)
    .set({ ...it, updatedAt: now })
    .where(eq(reports.id, report.id))
    .returning();
  // the name on the timeline's first line follows the maker's choice
  await tx
    .update(reportUpdates)
    .set({ showName: it.showName })
    .where(
      and(
        eq(reportUpdates.reportId, report.id),
        eq(reportUpdates.stateTo, 'new'),
        eq(reportUpdates.kind, 'state'),
      ),
    );
  await recordReport(tx, house, report, 'report.edited', {});
  return changed!;
}

/** Takes the report back. @throws Refused too_late, not_from_this_state */
export async function takeBack(tx: Tx, house: House, report: Report, person: string): Promise<void> {
  const now = house.clock();
  const decided = withdraw(factsOf(report), now, numbersFor(house, report.organisationId));
  if (!decided.ok) throw new Refused(decided.refused);
  await setState(tx, report, decided.next, now);
  await tx.insert(reportUpdates).values({
    reportId: report.id,
    personId: person,
    kind: 'state',
    stateFrom: report.state,
    stateTo: decided.next.state,
    lang: report.lang,
    at: now,
  });
  await recordReport(tx, house, report, 'report.state_changed', {
    from: report.state,
    to: decided.next.state,
  });
}

/** Whether its maker may still change or take back what they said. */
export const isFresh = (house: Pick<House, 'place' | 'clock'>, report: Report): boolean =>
  groupOf(report.state) === 'open' &&
  mayEdit(factsOf(report), house.clock(), numbersFor(house, report.organisationId));
