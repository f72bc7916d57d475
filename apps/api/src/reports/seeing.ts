/** What other rooms may ask of reports. */
import type { Queryable } from '@folkmoot/db/client';
import { visitor } from '@folkmoot/core/kit/policy';
import { reportPolicy } from '@folkmoot/core/reports/policy';
import { findReport, subjectOf } from './store.ts';

/** A report that everybody may see, by its number; null where there is none. */
export async function publicReport(db: Queryable, id: number) {
  const report = await findReport(db, id);
  if (!report || !reportPolicy.seeReport(visitor, subjectOf(report))) return null;
  const { title, lon, lat } = report;
  return { id, title, lon, lat };
}
