/** The settings row of the place, read and written in one way by whoever changes a part of it. */
import type { Tx } from '@folkmoot/db/client';
import { settings } from '@folkmoot/db/schema/places';
import { and, eq, isNull } from 'drizzle-orm';
import { record } from '../kit/events.ts';
import { type PlaceSetting, placeSetting } from './facts.ts';

export const ofPlace = and(eq(settings.key, 'place'), isNull(settings.organisationId));

/** Every process reads its atlas, facts and calendar again; pages that were kept are stale. */
export const changed = (tx: Tx, now: Date) =>
  record(tx, { topic: 'place', type: 'places.changed', audience: 'public', data: {} }, now);

/**
 * Changes the row, with a lock on it, and tells every process.
 * @param by the person; null from the terminal
 * @param change what it shall be, from what it was; throws when it may not be
 * @returns what it was
 */
export async function changePlace(
  tx: Tx,
  { now, by }: { now: Date; by: string | null },
  change: (before: PlaceSetting) => PlaceSetting | Promise<PlaceSetting>,
): Promise<PlaceSetting> {
  const [row] = await tx.select().from(settings).where(ofPlace).for('no key update');
  const before = placeSetting.parse(row?.value ?? {});
  const written = { value: await change(before), updatedAt: now, updatedBy: by };
  await tx
    .insert(settings)
    .values({ key: 'place', ...written })
    .onConflictDoUpdate({ target: [settings.key, settings.organisationId], set: written });
  await changed(tx, now);
  return before;
}
