/** An administrator sets the place up. What is said to promise a day (free days) holds for reports made from then on. */
import { contentPolicy } from '@folkmoot/core/content/policy';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import type { Tx } from '@folkmoot/db/client';
import { bankHolidays, settings } from '@folkmoot/db/schema/places';
import { and, asc, eq, gte, isNull } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { notFound, Refused } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import type { House } from '../kit/house.ts';
import { personOf, serve } from '../kit/serve.ts';
import { placeOwner } from '../people/index.ts';
import { placeSetting } from './facts.ts';
import type { Places } from './index.ts';

export const ofPlace = and(eq(settings.key, 'place'), isNull(settings.organisationId));
/** An empty Welsh text is none, so that the page can say so. */
const wordsOf = ({ en, cy }: { en: string; cy: string }) => (cy ? { en, cy } : { en });
const bothOf = ({ en, cy }: { en: string; cy?: string | undefined }) => ({ en, cy: cy ?? '' });

export async function mayEdit(house: House, actor: Actor): Promise<void> {
  if (!contentPolicy.editPlace(actor, { place: await placeOwner(house.db) }))
    throw new Refused('not_allowed', 403);
}

/** Every process reads its atlas, facts and calendar again; pages that were kept are stale. */
export const changed = (house: House, tx: Tx) =>
  record(tx, { topic: 'place', type: 'places.changed', audience: 'public', data: {} }, house.clock());

function mountSettings(app: FastifyInstance, places: Places): void {
  const { house } = app;
  serve(app, contracts.readPlaceSettings, async ({ actor }) => {
    await mayEdit(house, actor);
    const [row] = await house.db.select().from(settings).where(ofPlace);
    const place = placeSetting.parse(row?.value ?? {});
    return {
      ...place,
      name: bothOf(place.name),
      council: bothOf(place.council),
      hours: bothOf(place.hours),
      address: bothOf(place.address),
      map: { ...place.map, attribution: bothOf(place.map.attribution ?? { en: '' }) },
    };
  });

  serve(app, contracts.savePlaceSettings, async ({ body, actor }) => {
    await house.db.transaction(async (tx) => {
      const [row] = await tx.select().from(settings).where(ofPlace).for('no key update');
      await mayEdit(house, actor);
      const before = placeSetting.parse(row?.value ?? {});
      const { attribution } = body.map;
      const value = {
        ...body,
        crest: before.crest,
        name: wordsOf(body.name),
        council: wordsOf(body.council),
        hours: wordsOf(body.hours),
        address: wordsOf(body.address),
        map: {
          ...body.map,
          // the small drawing of the whole place belongs to the drawn map it was made from
          overview: body.map.url === before.map.url ? before.map.overview : null,
          attribution: attribution.en ? wordsOf(attribution) : null,
        },
      };
      const written = { value, updatedAt: house.clock(), updatedBy: personOf(actor) };
      await tx
        .insert(settings)
        .values({ key: 'place', ...written })
        .onConflictDoUpdate({ target: [settings.key, settings.organisationId], set: written });
      await changed(house, tx);
    });
    house.saved();
    // whoever saved it sees it on their next page, also before the hub has come round
    await places.refresh();
    return { ok: true as const };
  });
}

function mountHolidays(app: FastifyInstance, places: Places): void {
  const { house } = app;
  const yearAgo = () => new Date(house.clock().getTime() - 365 * 86_400_000).toISOString().slice(0, 10);

  serve(app, contracts.listHolidays, async ({ actor }) => {
    await mayEdit(house, actor);
    const items = await house.db
      .select({ day: bankHolidays.day, name: bankHolidays.name })
      .from(bankHolidays)
      .where(gte(bankHolidays.day, yearAgo()))
      .orderBy(asc(bankHolidays.day))
      .limit(400);
    return { items };
  });

  serve(app, contracts.addHoliday, async ({ body, actor }) => {
    await house.db.transaction(async (tx) => {
      await mayEdit(house, actor);
      const name = wordsOf(body.name);
      await tx
        .insert(bankHolidays)
        .values({ day: body.day, name })
        .onConflictDoUpdate({ target: bankHolidays.day, set: { name } });
      await changed(house, tx);
    });
    house.saved();
    await places.refresh();
    return { ok: true as const };
  });

  serve(app, contracts.removeHoliday, async ({ params, actor }) => {
    await house.db.transaction(async (tx) => {
      await mayEdit(house, actor);
      const gone = await tx.delete(bankHolidays).where(eq(bankHolidays.day, params.day)).returning();
      if (gone.length === 0) throw notFound();
      await changed(house, tx);
    });
    house.saved();
    await places.refresh();
    return { ok: true as const };
  });
}

export function mountPlaceAdmin(app: FastifyInstance, places: Places): void {
  mountSettings(app, places);
  mountHolidays(app, places);
}
