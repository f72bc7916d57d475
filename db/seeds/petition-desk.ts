/** What lies on the petitions' desk of the demo town: new ones, one nearly late, one late, one that came back, an appeal, a flag. */
import { addWorkingDays } from '@folkmoot/core/places/days';
import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { flags } from '../schema/moderation.ts';
import { petitionDecisions, petitions, petitionVersions } from '../schema/petitions.ts';
import { bankHolidays } from '../schema/places.ts';
import type { Neighbour } from './people.ts';

const DAY = 86_400_000;
/** working days that the scheme gives the moderators */
const PROMISED = 5;
type Seen = { people: Neighbour[]; now: Date };

/** Days since each of those that wait arrived, in the order of their numbers: late, here again, new, nearly late. */
const WAITS = [9, 6, 1, 5];
const BEFORE = {
  why: 'Please do something about it.',
  reason: 'Say what should happen, and why it matters.',
};

async function arrive(db: Db, { now }: Seen): Promise<number[]> {
  const days = await db.select({ day: bankHolidays.day }).from(bankHolidays);
  const holidays = new Set(days.map((one) => one.day));
  const rows = await db
    .select({ id: petitions.id })
    .from(petitions)
    .where(eq(petitions.state, 'in_moderation'))
    .orderBy(asc(petitions.id));
  for (const [n, { id }] of rows.entries()) {
    const at = new Date(now.getTime() - WAITS[n % WAITS.length]! * DAY);
    const moderateBy = addWorkingDays(at.toISOString().slice(0, 10), PROMISED, holidays);
    await db
      .update(petitions)
      .set({ moderationReachedAt: at, stateAt: at, updatedAt: at, moderateBy })
      .where(eq(petitions.id, id));
  }
  return rows.map((row) => row.id);
}

/** It was sent back once for a why that said nothing, and came again with a better one. */
async function cameBack(db: Db, { people, now }: Seen, id: number): Promise<void> {
  const moderator = people.find((one) => one.name === 'Owen Vaughan') ?? people[0]!;
  const [petition] = await db.select().from(petitions).where(eq(petitions.id, id));
  if (!petition) return;
  const back = new Date(now.getTime() - 9 * DAY);
  await db.update(petitions).set({ returned: 1 }).where(eq(petitions.id, id));
  await db.insert(petitionDecisions).values({
    petitionId: id,
    command: 'return',
    reason: BEFORE.reason,
    otherReason: 'Dywedwch beth ddylai ddigwydd, a pham mae’n bwysig.',
    lang: 'en',
    passages: [{ field: 'why', from: 0, to: BEFORE.why.length }],
    decidedBy: moderator.id,
    at: back,
  });
  await db.insert(petitionVersions).values({
    petitionId: id,
    version: 1,
    title: petition.title,
    why: BEFORE.why,
    details: null,
    changedBy: petition.personId,
    at: new Date(now.getTime() - 7 * DAY),
  });
}

async function appealed(db: Db, { now }: Seen): Promise<void> {
  const [row] = await db
    .select({ id: petitionDecisions.id })
    .from(petitionDecisions)
    .innerJoin(petitions, eq(petitions.id, petitionDecisions.petitionId))
    .where(and(eq(petitionDecisions.command, 'reject'), eq(petitions.state, 'rejected')))
    .orderBy(asc(petitions.id))
    .limit(1);
  if (!row) return;
  await db
    .update(petitionDecisions)
    .set({
      appealedAt: new Date(now.getTime() - DAY),
      appeal: 'I asked the others first. They say that it is the town council who decides.',
    })
    .where(eq(petitionDecisions.id, row.id));
}

async function flagged(db: Db, { people, now }: Seen): Promise<void> {
  const [row] = await db
    .select({ id: petitions.id, organisation: petitions.organisationId })
    .from(petitions)
    .where(eq(petitions.state, 'open'))
    .orderBy(asc(petitions.openedAt))
    .limit(1);
  if (!row) return;
  await db.insert(flags).values({
    personId: people.find((one) => one.role === null)?.id ?? null,
    topic: `petition:${row.id}`,
    part: 'text',
    organisationId: row.organisation,
    reason: 'false',
    detail: 'It was mended in spring.',
    at: new Date(now.getTime() - 0.2 * DAY),
  });
}

export async function seedPetitionDesk(db: Db, seen: Seen): Promise<void> {
  const waiting = await arrive(db, seen);
  if (waiting[1] !== undefined) await cameBack(db, seen, waiting[1]);
  await appealed(db, seen);
  await flagged(db, seen);
}
