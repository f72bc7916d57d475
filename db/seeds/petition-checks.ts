/** What staff did about signatures in the demo town: a paper sheet from the market, and a night's robots taken away, a school in doubt. */
import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Db } from '../client.ts';
import { petitionCounts, type petitions } from '../schema/petitions.ts';
import {
  petitionBursts,
  petitionDays,
  petitionInvalidations,
  petitionRemovals,
  petitionSheets,
  signatures,
} from '../schema/signatures.ts';
import type { Neighbour } from './people.ts';

const DAY = 86_400_000;
type Row = typeof petitions.$inferInsert;
type Seen = { people: Neighbour[]; now: Date };
type Signature = typeof signatures.$inferInsert;

/** Signed beside the stall of the Tuesday market; two had signed online before. */
const ON_PAPER = { petition: 'Keep the 14 night bus running after ten', counted: 22, doubles: 2, daysAgo: 5 };
/** Came in forty minutes of one night from one machine. */
const ROBOTS = { petition: 'A place to skate that is not the church steps', came: 17, daysAgo: 9 };

/** Came within minutes of each other an hour and a half ago: a whole school, or a machine. Nobody has looked. */
const SCHOOL = {
  petition: 'Let the swimming pool open before work',
  minutesAgo: 95,
  network: '198.51.100.24',
};
const FIRST = [
  'Alys',
  'Ben',
  'Carys',
  'Dan',
  'Ela',
  'Finn',
  'Gwenno',
  'Harri',
  'Isla',
  'Joe',
  'Kofi',
  'Lowri',
];
const LAST = ['Morgan', 'Okoro', 'Lewis', 'Hughes', 'Price', 'Baker', 'Parry', 'Evans', 'Grant', 'Rees'];
const PUPILS = FIRST.flatMap((first) => LAST.map((last) => `${first} ${last}`)).slice(0, 112);

/** Its fingerprint, as the application works it out. */
export const leafOf = (petition: number, receipt: Buffer): string => {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(petition));
  return createHash('sha256').update(number).update(receipt).digest('hex');
};

function signature(row: Row, n: string, at: Date, more: Partial<Signature>): Signature {
  const receipt = createHash('sha256').update(`receipt ${row.id} ${n}`).digest();
  return {
    petitionId: row.id!,
    state: 'confirmed',
    basis: 'live',
    lang: 'en',
    signedAt: at,
    confirmedAt: at,
    receipt: receipt.toString('hex'),
    leaf: leafOf(row.id!, receipt),
    ...more,
  };
}

const noteDay = (
  db: Db,
  petitionId: number,
  at: Date,
  change: { confirmed?: number; invalidated?: number },
) => {
  const { confirmed = 0, invalidated = 0 } = change;
  return db
    .insert(petitionDays)
    .values({ petitionId, day: at.toISOString().slice(0, 10), confirmed, invalidated })
    .onConflictDoUpdate({
      target: [petitionDays.petitionId, petitionDays.day],
      set: {
        confirmed: sql`${petitionDays.confirmed} + ${confirmed}`,
        invalidated: sql`${petitionDays.invalidated} + ${invalidated}`,
      },
    });
};

async function seedPaper(db: Db, { people, now }: Seen, row: Row): Promise<void> {
  const officer = people.find((one) => one.name === 'Sunita Rao') ?? people[0]!;
  const at = new Date(now.getTime() - ON_PAPER.daysAgo * DAY);
  const { counted, doubles } = ON_PAPER;
  const sheet = { petitionId: row.id!, enteredBy: officer.id, enteredAt: at, rows: counted + doubles };
  const [entered] = await db
    .insert(petitionSheets)
    .values({ ...sheet, counted, doubles })
    .returning();
  await db.insert(signatures).values(
    Array.from({ length: counted }, (_, n) =>
      // names stay on the sheet in the officer's drawer
      signature(row, `paper ${n}`, at, { channel: 'paper', enteredBy: officer.id, sheetId: entered!.id }),
    ),
  );
  await db.update(petitionCounts).set({ paper: counted }).where(eq(petitionCounts.petitionId, row.id!));
  await noteDay(db, row.id!, at, { confirmed: counted });
}

async function seedRobots(db: Db, { people, now }: Seen, row: Row): Promise<void> {
  const owen = people.find((one) => one.name === 'Owen Vaughan') ?? people[0]!;
  const came = new Date(now.getTime() - ROBOTS.daysAgo * DAY);
  const gone = new Date(came.getTime() + DAY);
  const n = ROBOTS.came;
  const [away] = await db
    .insert(petitionInvalidations)
    .values({
      petitionId: row.id!,
      // the search itself named a machine, and went when it had done its work
      query: {},
      reasonCode: 'automated',
      madeBy: owen.id,
      createdAt: gone,
      startedAt: gone,
      endedAt: gone,
      found: n,
      done: n,
    })
    .returning();
  const untrue = { state: 'invalidated', invalidationId: away!.id } as const;
  const rows = Array.from({ length: n }, (_, i) =>
    signature(row, `robot ${i}`, new Date(came.getTime() + i * 140_000), untrue),
  );
  await db.insert(signatures).values(rows);
  await db.insert(petitionRemovals).values(
    rows.map(({ leaf }) => ({
      petitionId: row.id!,
      leaf: leaf!,
      kind: 'removed' as const,
      reasonCode: 'automated',
      at: gone,
    })),
  );
  await db.update(petitionCounts).set({ invalidated: n }).where(eq(petitionCounts.petitionId, row.id!));
  await noteDay(db, row.id!, came, { confirmed: n });
  await noteDay(db, row.id!, gone, { invalidated: n });
}

/** Doubtful and not counted; the demo's moderators find the banner and decide. */
async function seedSchool(db: Db, { now }: Seen, row: Row): Promise<void> {
  const came = new Date(now.getTime() - SCHOOL.minutesAgo * 60_000);
  await db.insert(signatures).values(
    PUPILS.map((name, i) =>
      signature(row, name, new Date(came.getTime() + i * 20_000), {
        state: 'suspect',
        suspectBecause: 'burst',
        name,
        email: `${name.toLowerCase().replace(' ', '.')}@school.example`,
        canonical: `${name.toLowerCase().replace(' ', '.')}@school.example`,
        network: SCHOOL.network,
      }),
    ),
  );
  await db.insert(petitionBursts).values({
    petitionId: row.id!,
    kind: 'network',
    source: SCHOOL.network,
    day: came.toISOString().slice(0, 10),
    most: PUPILS.length,
    at: came,
  });
}

/** Adds all of it to what was signed, as the application would have counted them. */
export async function seedChecks(db: Db, seen: Seen, rows: Row[]): Promise<void> {
  const called = (title: string) => rows.find((row) => row.title === title)!;
  await seedPaper(db, seen, called(ON_PAPER.petition));
  await seedRobots(db, seen, called(ROBOTS.petition));
  await seedSchool(db, seen, called(SCHOOL.petition));
}
