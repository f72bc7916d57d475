/**
 * Who has a petition open at the desk, and who of them works on it. Rows and not memory: behind a load balancer two
 * colleagues sit at two processes.
 */
import { handsOn, OPEN_SECONDS, type Opening } from '@folkmoot/core/petitions/desk';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { people } from '@folkmoot/db/schema/people';
import { petitionOpenings } from '@folkmoot/db/schema/petitions';
import { and, asc, eq, gt, inArray, lt } from 'drizzle-orm';
import type { House } from '../kit/house.ts';
import { type Petition, recordPetition } from './facts.ts';

const DAY = 86_400_000;
export type Openings = { open: string[]; holder: string | null };

/** The rows of these petitions that are still renewed. */
async function rowsOf(db: Queryable, petitions: readonly number[], now: Date) {
  if (petitions.length === 0) return [];
  const rows = await db
    .select({ it: petitionOpenings, name: people.name })
    .from(petitionOpenings)
    .innerJoin(people, eq(people.id, petitionOpenings.personId))
    .where(
      and(
        inArray(petitionOpenings.petitionId, [...petitions]),
        gt(petitionOpenings.seenAt, new Date(now.getTime() - OPEN_SECONDS * 1_000)),
      ),
    )
    .orderBy(asc(people.name))
    .limit(500);
  return rows.map(({ it, name }) => ({
    petition: it.petitionId,
    person: it.personId,
    name: name ?? '',
    seenAt: it.seenAt,
    takenAt: it.takenAt,
  }));
}

function toOthers(openings: Opening[], me: string, now: Date): Openings {
  const { here, holder } = handsOn(openings, now);
  const others = here.filter((one) => one.person !== me).map((one) => one.name);
  return { open: others.slice(0, 10), holder: holder && holder.person !== me ? holder.name : null };
}

/** Who else has each of these open, and which colleague works on it. */
export async function openingsOf(
  db: Queryable,
  petitions: readonly number[],
  me: string,
  now: Date,
): Promise<(petition: number) => Openings> {
  const rows = await rowsOf(db, petitions, now);
  const by = Map.groupBy(rows, (row) => row.petition);
  return (petition) => toOthers(by.get(petition) ?? [], me, now);
}

/** I have it open, take it over, or no longer. Colleagues are told when it changes hands, not of each renewal. */
export async function setOpening(
  tx: Tx,
  house: House,
  petition: Petition,
  me: string,
  says: 'yes' | 'take' | 'no',
): Promise<void> {
  const now = house.clock();
  const { here, holder } = handsOn(await rowsOf(tx, [petition.id], now), now);
  const before = here.find((one) => one.person === me);
  const mine = and(eq(petitionOpenings.petitionId, petition.id), eq(petitionOpenings.personId, me));
  const takes = says === 'take' ? holder?.person !== me : says === 'yes' && holder === null;
  if (says === 'no') await tx.delete(petitionOpenings).where(mine);
  else {
    // later than the other's, also when both press in the same millisecond
    const takenAt = new Date(Math.max(now.getTime(), (holder?.takenAt?.getTime() ?? 0) + 1));
    const set = { seenAt: now, ...(takes ? { takenAt } : before ? {} : { takenAt: null }) };
    await tx
      .insert(petitionOpenings)
      .values({ petitionId: petition.id, personId: me, ...set })
      .onConflictDoUpdate({ target: [petitionOpenings.petitionId, petitionOpenings.personId], set });
  }
  if (!takes && (before !== undefined) === (says !== 'no')) return;
  await tx.delete(petitionOpenings).where(lt(petitionOpenings.seenAt, new Date(now.getTime() - DAY)));
  await recordPetition(tx, house, petition, 'petition.opened_at_desk', {}, 'staff');
}
