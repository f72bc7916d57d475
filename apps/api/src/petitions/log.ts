/** The public log of what moderators decided on petitions, and how a decision is shown. */
import type { Queryable } from '@folkmoot/db/client';
import { petitionDecisions, petitions } from '@folkmoot/db/schema/petitions';
import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm';
import { HIDDEN, hidingCodes, isHidden } from './store.ts';

const LOG_PAGE = 25;

export const shownDecision = (it: typeof petitionDecisions.$inferSelect) => ({
  id: it.id,
  command: it.command,
  code: it.code,
  reason: it.reason,
  lang: it.lang,
  otherReason: it.otherReason,
  at: it.at.toISOString(),
  appealed: it.appealedAt !== null,
  appealUpheld: it.appealUpheld,
  appealReason: it.appealReason,
});

/**
 * What moderators decided, without their notes. What was only sent back is not yet anybody's but the organiser's;
 * what was taken back before anybody was told has not happened.
 */
export async function publicLog(db: Queryable, page: number) {
  const where = and(
    ne(petitionDecisions.command, 'return'),
    isNull(petitionDecisions.undoneAt),
    sql`(${petitions.openedAt} is not null or ${petitions.state} = 'rejected')`,
  );
  const [counted] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(petitionDecisions)
    .innerJoin(petitions, eq(petitions.id, petitionDecisions.petitionId))
    .where(where);
  const rows = await db
    .select({ it: petitionDecisions, petition: petitions })
    .from(petitionDecisions)
    .innerJoin(petitions, eq(petitions.id, petitionDecisions.petitionId))
    .where(where)
    .orderBy(desc(petitionDecisions.at), desc(petitionDecisions.id))
    .limit(LOG_PAGE)
    .offset((page - 1) * LOG_PAGE);
  const codes = await hidingCodes(db);
  const total = counted?.n ?? 0;
  return {
    items: rows.map(({ it, petition }) => ({
      ...shownDecision(it),
      petition: petition.id,
      title: isHidden(petition, 'title', codes) ? HIDDEN : petition.title,
      titleLang: petition.lang,
    })),
    page,
    pages: Math.min(1_000, Math.max(1, Math.ceil(total / LOG_PAGE))),
    total,
  };
}
