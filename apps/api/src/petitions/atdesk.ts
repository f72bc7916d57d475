/** One petition at the moderators' desk, with all that is needed to decide. */
import { takeBack } from '@folkmoot/core/petitions/desk';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import type { Actor } from '@folkmoot/core/kit/policy';
import { pausedUntil } from '@folkmoot/core/places/pauses';
import type { PauseKind } from '@folkmoot/core/places/plain';
import type { Queryable } from '@folkmoot/db/client';
import { flags } from '@folkmoot/db/schema/moderation';
import { people } from '@folkmoot/db/schema/people';
import { petitionDecisions, petitions, petitionVersions } from '@folkmoot/db/schema/petitions';
import { and, asc, desc, eq, isNull, ne } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { readPauses } from '../places/index.ts';
import { countsOf, type Petition, schemeOf, subjectOf } from './facts.ts';
import { shownDecision } from './log.ts';
import { openingsOf } from './openings.ts';
import { similarPetitions } from './similar.ts';
import { readBriefs, readFull } from './store.ts';

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The last day of a pause of the organisation's work that lasts now; null where there is none. */
export async function pausedTo(
  { db, clock }: Pick<House, 'db' | 'clock'>,
  organisation: string,
  what: PauseKind,
): Promise<string | null> {
  return pausedUntil(await readPauses(db), organisation, what, dayOf(clock()));
}

type Row = { it: typeof petitionDecisions.$inferSelect; by: string | null };

/** The newest that was not taken back. */
const newestOf = (rows: Row[]): Row['it'] | undefined => rows.findLast(({ it }) => it.undoneAt === null)?.it;

/** What a moderator may still take back of this petition. */
export function undoable(petition: Petition, rows: Row[], me: string, now: Date): string | null {
  const it = newestOf(rows);
  if (!it) return null;
  const decided = { ...it, appealed: it.appealedAt !== null, newest: true };
  return takeBack(decided, petition, me, now).ok ? it.id : null;
}

async function decisionsOf(db: Queryable, petition: number): Promise<Row[]> {
  const rows = await db
    .select({ it: petitionDecisions, by: people.name })
    .from(petitionDecisions)
    .innerJoin(people, eq(people.id, petitionDecisions.decidedBy))
    .where(eq(petitionDecisions.petitionId, petition))
    .orderBy(desc(petitionDecisions.at), desc(petitionDecisions.id))
    .limit(20);
  return rows.reverse();
}

async function versionsOf(db: Queryable, petition: number) {
  const rows = await db
    .select()
    .from(petitionVersions)
    .where(eq(petitionVersions.petitionId, petition))
    .orderBy(desc(petitionVersions.version))
    .limit(20);
  return rows.map(({ version, title, why, details, at }) => ({
    version,
    title,
    why,
    details,
    at: at.toISOString(),
  }));
}

/** What the same organiser asked before: published, rejected or taken back, but no drafts of theirs. */
async function earlierOf(db: Queryable, { id, personId }: Petition) {
  if (!personId) return [];
  const rows = await db
    .select({ id: petitions.id })
    .from(petitions)
    .where(and(eq(petitions.personId, personId), ne(petitions.id, id), ne(petitions.state, 'draft')))
    .orderBy(desc(petitions.createdAt))
    .limit(5);
  return readBriefs(
    db,
    rows.map((row) => row.id),
    true,
  );
}

async function flagsOf(db: Queryable, petition: number) {
  const rows = await db
    .select({ reason: flags.reason, detail: flags.detail, at: flags.at })
    .from(flags)
    .where(and(eq(flags.topic, `petition:${petition}`), isNull(flags.decisionId)))
    .orderBy(asc(flags.at))
    .limit(20);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

export async function readAtDesk(house: House, petition: Petition, actor: Actor, me: string) {
  const { db } = house;
  const now = house.clock();
  const rows = await decisionsOf(db, petition.id);
  const scheme = await schemeOf(db, petition);
  const found = await flagsOf(db, petition.id);
  const appealed = rows.find(({ it }) => it.appealedAt !== null && it.appealDecidedAt === null)?.it;
  const waits =
    petition.state === 'in_moderation' ? (petition.moderationReachedAt ?? petition.stateAt) : null;
  const subject = subjectOf(petition);
  return {
    ...(await readFull(db, petition, true)),
    moderateBy: petition.moderateBy,
    overdue: petition.moderateBy !== null && petition.moderateBy < dayOf(now),
    since: (waits ?? appealed?.appealedAt)?.toISOString() ?? found[0]?.at ?? null,
    returned: petition.returned,
    hiddenParts: petition.hiddenParts as Array<'title' | 'why' | 'details' | 'name'>,
    similar: await similarPetitions(db, petition.title, petition.id),
    versions: await versionsOf(db, petition.id),
    supported: (await countsOf(db, petition.id)).supporters,
    earlier: await earlierOf(db, petition),
    flags: found,
    excluded: scheme.excluded as { en: string; cy?: string },
    pausedUntil: await pausedTo(house, petition.organisationId, 'publishing'),
    decisions: rows.map(({ it, by }) => ({
      ...shownDecision(it),
      passages: it.passages,
      by: by ?? '',
      mine: it.decidedBy === me,
      undone: it.undoneAt !== null,
      note: it.privateNote,
      appeal: it.appeal,
      appealOpen: it.appealedAt !== null && it.appealDecidedAt === null,
    })),
    may: {
      decide: petitionPolicy.moderatePetition(actor, subject),
      hide: petitionPolicy.hidePetition(actor, subject),
      answer: petitionPolicy.respondToPetition(actor, subject),
    },
    undo: undoable(petition, rows, me, now),
    topic: `petition-desk:${petition.organisationId}`,
    ...(await openingsOf(db, [petition.id], me, now))(petition.id),
  };
}
