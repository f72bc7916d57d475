/** How a council keeps its word: petitions to it, and how long its answers took. */
import { contracts } from '@folkmoot/core/contracts';
import { workingDaysBetween } from '@folkmoot/core/places/days';
import type { Queryable } from '@folkmoot/db/client';
import { bankHolidays } from '@folkmoot/db/schema/places';
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { shareable } from '../kit/caching.ts';
import { serve } from '../kit/serve.ts';
import { sharedFor } from '../kit/shared.ts';
import { currentSchemes } from './schemes.ts';

const COUNTED_MS = 15_000;
const YEARS = 2;
const MOST = 2_000;
/** fewer answers than this have no average */
const LEAST = 3;

type Took = { from: string; to: string; promised: number };

/** When enough had signed, when the answer came, and the days its scheme had promised. */
async function answersOf(db: Queryable, organisation: string, now: Date): Promise<Took[]> {
  const { rows } = await db.execute<Took>(sql`
    select p.response_reached_at::date::text as from, min(s.at)::date::text as to,
      coalesce((k.data->>'answerDays')::int, 20) as promised
    from petitions p join petition_steps s on s.petition_id = p.id and s.kind = 'response'
    join petition_schemes k on k.id = p.scheme_id
    where p.organisation_id = ${organisation}::uuid and p.response_reached_at is not null
      and s.at > ${now.toISOString()}::timestamptz - make_interval(years => ${YEARS})
    group by p.id, k.id having min(s.at) >= p.response_reached_at limit ${MOST}`);
  return rows;
}

async function countsOf(db: Queryable, organisation: string) {
  const { rows } = await db.execute<Record<'open' | 'waiting' | 'answered' | 'debated', number>>(sql`
    select count(*) filter (where p.state = 'open')::int as open,
      count(*) filter (where p.response = 'awaiting' and p.state in ('open', 'closed', 'stopped'))::int as waiting,
      count(*) filter (where p.response = 'responded')::int as answered,
      count(*) filter (where p.debate = 'debated')::int as debated
    from petitions p where p.organisation_id = ${organisation}::uuid and p.opened_at is not null
      and p.removed_at is null`);
  return rows[0]!;
}

async function readRecord(db: Queryable, organisation: string, now: Date) {
  const counts = await countsOf(db, organisation);
  const answers = await answersOf(db, organisation, now);
  const holidays = new Set(
    (await db.select({ day: bankHolidays.day }).from(bankHolidays)).map((one) => one.day),
  );
  const took = answers.map(({ from, to, promised }) => {
    const days = workingDaysBetween(from, to, holidays);
    return { days, kept: days <= promised };
  });
  const enough = took.length >= LEAST;
  return {
    takes: (await currentSchemes(db, organisation)).length > 0,
    ...counts,
    averageDays: enough ? Math.round(took.reduce((sum, one) => sum + one.days, 0) / took.length) : null,
    inTime: enough ? { kept: took.filter((one) => one.kept).length, of: took.length } : null,
  };
}

export function mountRecord(app: FastifyInstance): void {
  const { house } = app;
  const shared = sharedFor<Awaited<ReturnType<typeof readRecord>>>(COUNTED_MS);
  serve(app, contracts.readPetitionRecord, async ({ query, request, reply }) => {
    shareable(request, reply);
    return shared(query.organisation, () => readRecord(house.db, query.organisation, house.clock()));
  });
}
