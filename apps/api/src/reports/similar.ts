/** "Already reported?": open reports of the same group near a point. Private and hidden ones are near nobody. */
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { reportBrief } from '@folkmoot/core/reports/contract';
import type { Queryable } from '@folkmoot/db/client';
import { readBriefs } from './store.ts';

const MOST = 5;
/** metres in a degree of latitude */
const DEGREE = 111_195;

export type Near = { lon: number; lat: number; group: string; metres: number };
export type Similar = z.input<typeof reportBrief> & { metres: number };

/**
 * The box is read from the index `reports_near` (its condition is written here word for word, or the planner
 * could not use it); the circle and the group are checked on what is left.
 * @returns at most five, nearest first, with their distance in metres
 */
export async function similarReports(db: Queryable, near: Near, now: Date): Promise<Similar[]> {
  const { lon, lat, group, metres } = near;
  const shrink = Math.cos((lat * Math.PI) / 180);
  const dLat = metres / DEGREE;
  const dLon = dLat / shrink;
  const { rows } = await db.execute<{ id: string; metres: number }>(sql`
    select r.id, round(${DEGREE}::float8 * sqrt((r.lat - ${lat}) ^ 2 + ((r.lon - ${lon}) * ${shrink}::float8) ^ 2)) as metres
    from reports r
    join report_categories c on c.id = r.category_id
    where r.lat between ${lat - dLat} and ${lat + dLat}
      and r.lon between ${lon - dLon} and ${lon + dLon}
      and r.state in ('new', 'for_triage', 'investigating', 'planned', 'action_scheduled', 'in_progress')
      and not r.private and r.hidden_at is null
      and c."group" = ${group}
      and (r.lat - ${lat}) ^ 2 + ((r.lon - ${lon}) * ${shrink}::float8) ^ 2 <= ${dLat * dLat}::float8
    order by 2, 1 desc
    limit ${MOST}`);
  const metresOf = new Map(rows.map((row) => [Number(row.id), Number(row.metres)]));
  const briefs = await readBriefs(db, [...metresOf.keys()], now);
  return briefs.map((brief) => ({ ...brief, metres: metresOf.get(brief.id) ?? 0 }));
}
