/**
 * When all is said, signers are asked whether the answer answers them: once, a week after the last thing that
 * happened, and never while the council must keep quiet before an election.
 */
import type { Lang } from '@folkmoot/core/kit/plain';
import { petitionPath } from '@folkmoot/core/petitions/plain';
import { isPaused } from '@folkmoot/core/places/pauses';
import { m } from '@folkmoot/words';
import { sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { readPauses } from '../places/index.ts';
import type { Sentences } from './mails.ts';
import { announce } from './milestones.ts';

/** days to read the answer before anybody asks, and after which nobody remembers it */
const AFTER_DAYS = 7;
const UNTIL_DAYS = 60;
const AT_ONCE = 200;
const QUIET = ['promoting', 'responding'] as const;

/** Where the mail leads: to the question itself. */
export const ratingPath = (petition: number): string => `${petitionPath(petition)}#rate`;
export const ratingWords = (title: string, locale: Lang): Sentences => ({
  subject: m.petitionrules_mail_rate_subject({ title }, { locale }),
  title: m.petitionrules_mail_rate_title({}, { locale }),
  lines: [m.petitionrules_mail_rate_line({ title }, { locale })],
  button: m.petitionrules_mail_rate_button({}, { locale }),
});

type Due = { id: number; organisation: string };

/** Over, answered, with no debate to come, and quiet for a week. */
async function due({ db, clock }: House): Promise<Due[]> {
  const now = sql`${clock().toISOString()}::timestamptz`;
  const { rows } = await db.execute<Due>(sql`
    select id, organisation from (
      select p.id, p.organisation_id as organisation, greatest(p.closed_at, max(t.at)) as last
      from petitions p join petition_steps t on t.petition_id = p.id
      where p.state in ('closed', 'stopped') and p.response = 'responded' and p.removed_at is null
        and p.hidden_at is null and p.debate not in ('awaiting', 'scheduled')
        and not exists (select 1 from petition_mailings g where g.petition_id = p.id and g.milestone = 'rating')
      group by p.id) over
    where last between ${now} - ${UNTIL_DAYS} * interval '1 day' and ${now} - ${AFTER_DAYS} * interval '1 day'
    order by last limit ${AT_ONCE}`);
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}

/** Plans the question for whatever has come to its end; what is paused is asked about when the pause is over. */
export async function askRatings(house: House): Promise<void> {
  const pauses = await readPauses(house.db);
  const today = house.clock().toISOString().slice(0, 10);
  for (const { id, organisation } of await due(house)) {
    if (QUIET.some((what) => isPaused(pauses, organisation, what, today))) continue;
    await house.db.transaction((tx) => announce(tx, house, id, 'rating'));
  }
}
