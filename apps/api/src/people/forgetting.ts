/** The nightly forgetting: sessions that ran out, rows whose time is over, accounts that nobody has used for years. */
import type { Db } from '@folkmoot/db/client';
import { grants, people } from '@folkmoot/db/schema/people';
import { and, eq, isNull, lt, notExists, sql } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { erasePerson, fade } from './held.ts';

/** An account that nobody has opened for so long is erased; its acts stay, without a name. */
const UNUSED_DAYS = 3 * 365;
const AT_ONCE = 200;

const unused = (db: Db, before: Date) =>
  db
    .select({ id: people.id })
    .from(people)
    .where(
      and(
        lt(people.lastSeenAt, before),
        isNull(people.erasedAt),
        notExists(
          db
            .select({ one: sql`1` })
            .from(grants)
            .where(and(eq(grants.personId, people.id), isNull(grants.endedAt))),
        ),
      ),
    )
    .limit(AT_ONCE);

/** Forgets what has had its time, table by table. Safe to run twice. @returns rows changed, by column */
export async function forget({ db, clock }: Pick<House, 'db' | 'clock'>): Promise<Record<string, number>> {
  const now = clock();
  const changed = await fade(db, now);
  const before = new Date(now.getTime() - UNUSED_DAYS * 86_400_000);
  let erased = 0;
  // a transaction a person: none lasts long, and what was done stays done
  for (const { id } of await unused(db, before)) {
    await db.transaction((tx) => erasePerson(tx, id, now));
    erased += 1;
  }
  return erased ? { ...changed, people: erased } : changed;
}
