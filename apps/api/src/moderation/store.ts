/** The queries of moderation. */
import type { Lang } from '@folkmoot/core/kit/plain';
import { type FlagReason, partKind } from '@folkmoot/core/moderation/plain';
import type { Made } from '@folkmoot/core/moderation/rules';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { decisions, flags } from '@folkmoot/db/schema/moderation';
import { contacts, grants, organisations, people } from '@folkmoot/db/schema/people';
import { and, asc, count, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Words } from '@folkmoot/core/kit/shapes';
import { provenMailboxes } from '../people/index.ts';
import type { Thing } from './things.ts';

export type DecisionRow = typeof decisions.$inferSelect;
const MOST = 200;

const of = (topic: string, part: string) => and(eq(decisions.topic, topic), eq(decisions.part, part));

/** Two moderators who decide about one part at the same moment take turns. */
export const lockPart = (tx: Tx, topic: string, part: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`moderation ${topic} ${part}`}))`);

export type Waiting = {
  topic: string;
  part: string;
  since: Date;
  reasons: FlagReason[];
  organisation: string | null;
  area: string | null;
  appeal: string | null;
};

/** What was flagged and is not decided, and what waits for another look; oldest first. */
export async function listWaiting(db: Queryable): Promise<Waiting[]> {
  const flagged = await db
    .select({
      topic: flags.topic,
      part: flags.part,
      since: sql<string>`min(${flags.at})`,
      reasons: sql<FlagReason[]>`array_agg(${flags.reason} order by ${flags.at})`,
      organisation: flags.organisationId,
      area: flags.areaId,
    })
    .from(flags)
    .where(isNull(flags.decisionId))
    .groupBy(flags.topic, flags.part, flags.organisationId, flags.areaId)
    .orderBy(sql`min(${flags.at})`)
    .limit(MOST);
  const appeals = await db
    .select()
    .from(decisions)
    .where(and(isNotNull(decisions.appealedAt), isNull(decisions.appealDecidedAt)))
    .orderBy(asc(decisions.appealedAt))
    .limit(MOST);
  return [
    ...flagged.map((row) => ({ ...row, since: new Date(row.since), appeal: null })),
    ...appeals.map(({ id, topic, part, appealedAt, organisationId }) => ({
      topic,
      part,
      since: appealedAt!,
      reasons: [],
      organisation: organisationId,
      area: null,
      appeal: id,
    })),
  ].sort((a, b) => a.since.getTime() - b.since.getTime());
}

export const openFlags = (db: Queryable, topic: string, part: string) =>
  db
    .select()
    .from(flags)
    .where(and(eq(flags.topic, topic), eq(flags.part, part), isNull(flags.decisionId)))
    .orderBy(asc(flags.at))
    .limit(50);

export async function earlierDecisions(db: Queryable, topic: string, part: string): Promise<DecisionRow[]> {
  return db
    .select()
    .from(decisions)
    .where(of(topic, part))
    .orderBy(desc(decisions.at), desc(decisions.id))
    .limit(20);
}

export async function findDecision(db: Queryable, id: string): Promise<DecisionRow | null> {
  const [row] = await db.select().from(decisions).where(eq(decisions.id, id));
  return row ?? null;
}

/** What the rules need to know of a decision. */
export async function factsOf(db: Queryable, row: DecisionRow): Promise<Made> {
  const [later] = await db
    .select({ n: count() })
    .from(decisions)
    .where(and(of(row.topic, row.part), gt(decisions.at, row.at), isNull(decisions.undoneAt)));
  return { ...row, newest: (later?.n ?? 0) === 0 };
}

export type Author = { name: string | null; since: number | null; takenDown: number; lang: Lang };

/** Who wrote it, as far as a moderator must know: never a name that its owner does not show. */
export async function authorOf(db: Queryable, thing: Thing): Promise<Author> {
  if (!thing.author) return { name: null, since: null, takenDown: 0, lang: thing.lang };
  const [[person], [hidden]] = await Promise.all([
    db
      .select({ createdAt: people.createdAt, lang: people.lang })
      .from(people)
      .where(eq(people.id, thing.author)),
    db
      .select({ n: count() })
      .from(decisions)
      .where(
        and(
          eq(decisions.author, thing.author),
          eq(decisions.decision, 'hide'),
          isNull(decisions.undoneAt),
          sql`${decisions.appealUpheld} is not true`,
        ),
      ),
  ]);
  return {
    name: thing.authorName,
    since: person?.createdAt.getUTCFullYear() ?? null,
    takenDown: hidden?.n ?? 0,
    lang: person?.lang ?? thing.lang,
  };
}

/** Where the author reads mail; null where nowhere. */
export async function mailboxOf(db: Queryable, person: string) {
  const [row] = await db
    .select({ id: contacts.id, value: contacts.value, lang: people.lang })
    .from(contacts)
    .innerJoin(people, eq(people.id, contacts.personId))
    .where(provenMailboxes(person))
    .orderBy(asc(contacts.verifiedAt))
    .limit(1);
  return row ?? null;
}

/** Decisions as everybody may read them. Only who was elected is named; officers speak for their organisation. */
export async function inPublic(
  db: Queryable,
  rows: DecisionRow[],
  seen: (row: DecisionRow) => Promise<string | null>,
) {
  const names = new Map<string, Words>();
  const elected = new Map<string, string | null>();
  for (const { organisationId, decidedBy } of rows) {
    if (organisationId && !names.has(organisationId)) {
      const [row] = await db
        .select({ name: organisations.name })
        .from(organisations)
        .where(eq(organisations.id, organisationId));
      if (row) names.set(organisationId, row.name as Words);
    }
    if (!elected.has(decidedBy)) {
      const [row] = await db
        .select({ name: people.name })
        .from(grants)
        .innerJoin(people, eq(people.id, grants.personId))
        .where(and(eq(grants.personId, decidedBy), eq(grants.role, 'councillor')))
        .limit(1);
      elected.set(decidedBy, row?.name ?? null);
    }
  }
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      decision: row.decision,
      kind: partKind(row.topic, row.part),
      rule: row.rule,
      reason: row.reason,
      lang: row.lang,
      at: row.at.toISOString(),
      undone: row.undoneAt !== null,
      organisation: (row.organisationId && names.get(row.organisationId)) || null,
      by: elected.get(row.decidedBy) ?? null,
      to: await seen(row),
      appeal: row.appealedAt
        ? { decided: row.appealDecidedAt !== null, upheld: row.appealUpheld, reason: row.appealReason }
        : null,
    })),
  );
}
