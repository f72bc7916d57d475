/**
 * A report that repeats another: its supports count there, whoever followed it follows the original, and its maker
 * is one more who says "me too".
 */
import type { Tx } from '@folkmoot/db/client';
import { sql } from 'drizzle-orm';
import type { House } from '../../kit/house.ts';
import { recordReport } from '../making.ts';
import { findReport, type Report } from '../store.ts';

/** Counts what was added to the original, or taken from it, and tells. */
async function count(tx: Tx, house: House, id: number, by: number): Promise<void> {
  const original = await findReport(tx, id);
  if (!original || by === 0) return;
  const { rows } = await tx.execute<{ supports: number }>(sql`
    insert into report_counts (report_id, supports) values (${id}, greatest(${by}::int, 0))
    on conflict (report_id) do update set supports = greatest(report_counts.supports + ${by}::int, 0)
    returning supports`);
  await recordReport(tx, house, original, 'report.supported', { supports: rows[0]?.supports ?? 0 });
}

/** @returns the rows that were added to the original, so that they can be taken back */
export async function carryOver(tx: Tx, house: House, report: Report, original: number): Promise<string[]> {
  const at = house.clock().toISOString();
  const { rows } = await tx.execute<{ id: string }>(sql`
    insert into report_supports (report_id, person_id, visitor, channel, at)
    select ${original}, s.person_id, s.visitor, s.channel, ${at}::timestamptz from (
      select person_id, visitor, channel from report_supports where report_id = ${report.id}
      union
      select person_id, null, channel from reports where id = ${report.id} and person_id is not null
    ) as s
    where s.person_id is distinct from (select person_id from reports where id = ${original})
      or s.person_id is null
    on conflict do nothing
    returning id`);
  await tx.execute(sql`
    insert into follows (person_id, topic, by_mail, created_at)
    select f.person_id, ${`report:${original}`}, f.by_mail, ${at}::timestamptz from (
      select person_id, by_mail from follows where topic = ${`report:${report.id}`}
      union
      select person_id, true from reports where id = ${report.id} and person_id is not null
        and not exists (select 1 from follows own where own.topic = ${`report:${report.id}`} and own.person_id = reports.person_id)
    ) as f
    on conflict do nothing`);
  await count(tx, house, original, rows.length);
  return rows.map((row) => row.id);
}

/** The other way round, when the change is taken back. Who follows both now may go on doing so. */
export async function takeBack(
  tx: Tx,
  house: House,
  original: number,
  carried: readonly string[],
): Promise<void> {
  if (carried.length === 0) return;
  const { rows } = await tx.execute(sql`
    delete from report_supports
    where report_id = ${original} and id in (${sql.join(
      carried.map((id) => sql`${id}::uuid`),
      sql`, `,
    )})
    returning id`);
  await count(tx, house, original, -rows.length);
}
