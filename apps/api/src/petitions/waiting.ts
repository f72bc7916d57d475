/**
 * How long the mail that asks "is this from you?" waits just now. The same for everybody who asks, so it tells nothing
 * of anybody.
 */
import { PRIORITY } from '@folkmoot/core/notifications/plain';
import { mailMinutes } from '@folkmoot/core/petitions/rules';
import { sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { sharedFor } from '../kit/shared.ts';

const SHARED_MS = 5_000;

/** Whole minutes, 0 while messages go out at once. */
export function mailWaits({
  db,
  clock,
  settings,
}: Pick<House, 'db' | 'clock' | 'settings'>): () => Promise<number> {
  const shared = sharedFor<number>(SHARED_MS);
  const rate = settings.smtpUrl ? settings.mailRate : null;
  const read = async (): Promise<number> => {
    const now = clock();
    const { rows } = await db.execute<{ since: Date | string | null; waiting: number }>(sql`
      select least(q.since, s.since) as since, (q.waiting + s.waiting)::int as waiting
      from (
        select min(next_at) filter (where attempts = 0) as since, count(*) as waiting from mails
        where state = 'queued' and priority = ${PRIORITY.confirm} and next_at <= ${now}
      ) q, (
        select min(mail_due_at) as since, count(*) as waiting from signatures where mail_due_at is not null
      ) s`);
    const { since, waiting } = rows[0]!;
    return mailMinutes(waiting, rate, since ? now.getTime() - new Date(since).getTime() : 0);
  };
  return () => shared('minutes', read);
}
