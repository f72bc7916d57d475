/**
 * Petitions by ward. Who signed is counted once a night and protected before it is kept; which petitions name a ward
 * is public one by one, so their number is live.
 */
import { disclose } from '@folkmoot/core/kit/disclose';
import { contracts } from '@folkmoot/core/contracts';
import type { Queryable } from '@folkmoot/db/client';
import { settings } from '@folkmoot/db/schema/places';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { shareable } from '../kit/caching.ts';
import type { House } from '../kit/house.ts';
import { serve } from '../kit/serve.ts';
import { sharedFor } from '../kit/shared.ts';
import type { Places } from '../places/index.ts';

const KEY = 'petitions.wards';
const DAYS = 30;
const COUNTED_MS = 15_000;
const snapshot = z.object({
  asOf: z.string(),
  wards: z.array(z.object({ ward: z.string(), signed: z.union([z.number(), z.literal('c')]) })),
});
type Snapshot = z.infer<typeof snapshot>;
const ofKey = and(eq(settings.key, KEY), isNull(settings.organisationId));

async function readSnapshot({ db }: Pick<House, 'db'>): Promise<Snapshot | null> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(ofKey);
  const read = snapshot.safeParse(row?.value);
  return read.success ? read.data : null;
}

/** Counts people, each once however much they signed; protects and keeps. Safe to repeat. */
export async function snapshotSigners(house: House, wards: readonly string[]): Promise<void> {
  const now = house.clock();
  const since = new Date(now.getTime() - DAYS * 86_400_000).toISOString();
  const { rows } = await house.db.execute<{ ward: string; people: number }>(sql`
    select ward, count(*)::int as people from (
      select distinct ward_id as ward, coalesce(person_id::text, canonical, id::text) as who from signatures
      where state = 'confirmed' and confirmed_at >= ${since}::timestamptz and ward_id is not null
    ) signers group by 1`);
  const people = new Map(rows.map((row) => [row.ward, row.people]));
  const { cells } = disclose(wards.map((area) => ({ area, count: people.get(area) ?? 0 })));
  const value: Snapshot = {
    asOf: now.toISOString(),
    wards: cells.map(({ area, count }) => ({ ward: area, signed: count })),
  };
  await house.db
    .insert(settings)
    .values({ key: KEY, value, updatedAt: now })
    .onConflictDoUpdate({ target: [settings.key, settings.organisationId], set: { value, updatedAt: now } });
}

/** Open petitions by the ward they name; those that name none stand under ''. */
async function countAbout(db: Queryable): Promise<Map<string, number>> {
  const { rows } = await db.execute<{ ward: string | null; n: number }>(sql`
    select w.ward, count(*)::int as n from petitions p
    left join lateral unnest(p.ward_ids) as w(ward) on true
    where p.state = 'open' and p.hidden_at is null and p.removed_at is null group by 1`);
  return new Map(rows.map(({ ward, n }) => [ward ?? '', n]));
}

export function mountPetitionWards(app: FastifyInstance, places: Places): void {
  const { house } = app;
  const wards = () => places.atlas().wards();
  const about = sharedFor<Map<string, number>>(COUNTED_MS);
  const morning = sharedFor<Snapshot | null>(COUNTED_MS);
  const take = () =>
    snapshotSigners(
      house,
      wards().map(({ id }) => id),
    );
  house.jobs.add({ name: 'snapshot_signers', every: '15 4 * * *', work: take });

  serve(app, contracts.listPetitionWards, async ({ request, reply }) => {
    shareable(request, reply);
    const [counted, shown] = await Promise.all([
      about('', () => countAbout(house.db)),
      morning('', () => readSnapshot(house)),
    ]);
    const signed = new Map((shown?.wards ?? []).map((one) => [one.ward, one.signed]));
    return {
      asOf: shown?.asOf ?? null,
      whole: counted.get('') ?? 0,
      wards: wards().map(({ id, code, slug, name, population }) => ({
        id,
        code,
        slug,
        name,
        population,
        about: counted.get(id) ?? 0,
        signed: signed.get(id) ?? null,
      })),
    };
  });

  app.addHook('onReady', async () => {
    if ((await readSnapshot(house)) === null) await take();
  });
}
