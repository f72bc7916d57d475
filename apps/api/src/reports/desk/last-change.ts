/** What was last done to a report at the desk, and whether it can still be taken back. */
import { undoChange } from '@folkmoot/core/reports/desk';
import type { Queryable } from '@folkmoot/db/client';
import { reportChanges } from '@folkmoot/db/schema/report-desk';
import { desc, eq } from 'drizzle-orm';
import type { Report } from '../store.ts';

type Change = typeof reportChanges.$inferSelect;

export async function lastChangeOf(db: Queryable, report: number): Promise<Change | null> {
  const [last] = await db
    .select()
    .from(reportChanges)
    .where(eq(reportChanges.reportId, report))
    .orderBy(desc(reportChanges.at), desc(reportChanges.id))
    .limit(1);
  return last ?? null;
}

/** A change of state is the newest only while the report is in the state that it led to. */
export function undoing(report: Report, last: Change | null, person: string, now: Date) {
  const newest = last?.what !== 'state' || last.after['state'] === report.state;
  return undoChange(last && { ...last, newest }, person, now);
}
