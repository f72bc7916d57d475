/**
 * The morning's snapshot: how many took part in each ward, protected before it is kept. Who
 * took part is never counted by area while people watch: between two glances one neighbour would show.
 */
import { disclose } from '@folkmoot/core/kit/disclose';
import { settings } from '@folkmoot/db/schema/places';
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { House } from '../kit/house.ts';
import { countPeopleByWard, daysBefore } from './store.ts';

const KEY = 'home.wards';
const shown = z.union([z.number(), z.literal('c')]);
const snapshot = z.object({
  asOf: z.string(),
  wards: z.array(z.object({ ward: z.string(), tookPart: shown })),
});
export type Snapshot = z.infer<typeof snapshot>;

const ofKey = and(eq(settings.key, KEY), isNull(settings.organisationId));

/** The latest morning's figures; null before the first. */
export async function readSnapshot({ db }: Pick<House, 'db'>): Promise<Snapshot | null> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(ofKey);
  const read = snapshot.safeParse(row?.value);
  return read.success ? read.data : null;
}

/** Counts, protects and keeps. Safe to repeat. */
export async function takeSnapshot(house: House, wards: readonly string[]): Promise<void> {
  const now = house.clock();
  const took = await countPeopleByWard(house.db, daysBefore(now, 30));
  const { cells } = disclose(wards.map((area) => ({ area, count: took.get(area) ?? 0 })));
  const value: Snapshot = {
    asOf: now.toISOString(),
    wards: cells.map(({ area, count }) => ({ ward: area, tookPart: count })),
  };
  await house.db
    .insert(settings)
    .values({ key: KEY, value, updatedAt: now })
    .onConflictDoUpdate({ target: [settings.key, settings.organisationId], set: { value, updatedAt: now } });
}
