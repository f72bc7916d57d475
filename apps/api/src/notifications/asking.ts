/**
 * What nobody would say by themselves: "was it fixed?" to whoever told us, and a word to the officers when a promise
 * was not kept. Each is an event, once a report; the consumer tells.
 */
import { sql } from 'drizzle-orm';
import { reports } from '@folkmoot/db/schema/reports';
import { inArray } from 'drizzle-orm';
import { record } from '../kit/events.ts';
import type { House } from '../kit/house.ts';
import { numberIn } from '../reports/index.ts';

const OPEN = sql`state in ('new', 'for_triage', 'investigating', 'planned', 'action_scheduled', 'in_progress')`;
/** so far back the jobs look: a town that starts with ten years of reports does not write to everybody */
const LOOK_BACK_DAYS = 14;
const BATCH = 500;

const today = (house: House): string => house.clock().toISOString().slice(0, 10);

/** Four weeks after it was told, or a week after the expected date, unless the council set it otherwise; while it is open. */
export async function askWhetherFixed(house: House): Promise<void> {
  const day = sql`${today(house)}::date`;
  const due = sql`coalesce(
    expected_on + ${numberIn(house, 'askAfterExpectedDays', sql`organisation_id`)},
    confirmed_at::date + ${numberIn(house, 'askAfterDays', sql`organisation_id`)})`;
  await house.db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ id: number; organisation: string; person: string }>(sql`
      select id, organisation_id as organisation, person_id as person from reports
      where ${OPEN} and person_id is not null and asked_at is null and hidden_at is null
        and ${due} <= ${day} and ${due} > ${day} - ${LOOK_BACK_DAYS}::int
      order by id limit ${BATCH} for no key update skip locked`);
    if (rows.length === 0) return;
    const ids = rows.map((row) => Number(row.id));
    await tx.update(reports).set({ askedAt: house.clock() }).where(inArray(reports.id, ids));
    for (const { id, organisation } of rows)
      await record(
        tx,
        {
          topic: `report:${id}`,
          type: 'report.asked',
          audience: 'none',
          organisation,
          data: { report: Number(id) },
        },
        house.clock(),
      );
  });
  house.saved();
}

/** Once, on the day after the expected date: whoever deals with it sees it in the inbox. */
export async function noteOverdue(house: House): Promise<void> {
  const day = sql`${today(house)}::date`;
  await house.db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ id: number; organisation: string; ward: string | null }>(sql`
      select id, organisation_id as organisation, ward_id as ward from reports r
      where ${OPEN} and expected_on < ${day} and expected_on >= ${day} - ${LOOK_BACK_DAYS}::int
        and not exists (select 1 from events e where e.topic = 'report:' || r.id and e.type = 'report.overdue')
      order by id limit ${BATCH} for no key update skip locked`);
    for (const { id, organisation, ward } of rows)
      await record(
        tx,
        {
          topic: `report:${id}`,
          type: 'report.overdue',
          audience: 'staff',
          organisation,
          data: { report: Number(id), ward },
        },
        house.clock(),
      );
  });
  house.saved();
}
