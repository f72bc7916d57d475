/** An administrator sets the place up. What is said to promise a day (free days) holds for reports made from then on. */
import { contentPolicy } from '@folkmoot/core/content/policy';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import { bankHolidays, settings } from '@folkmoot/db/schema/places';
import { asc, eq, gte } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { notFound, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { personOf, serve } from '../kit/serve.ts';
import { placeOwner } from '../people/index.ts';
import { placeSetting } from './facts.ts';
import type { Places } from './index.ts';
import { changed, changePlace, ofPlace } from './keeping.ts';

/** An empty Welsh text is none, so that the page can say so. */
const wordsOf = ({ en, cy }: { en: string; cy: string }) => (cy ? { en, cy } : { en });
const bothOf = ({ en, cy }: { en: string; cy?: string | undefined }) => ({ en, cy: cy ?? '' });

export async function mayEdit(house: House, actor: Actor): Promise<void> {
  if (!contentPolicy.editPlace(actor, { place: await placeOwner(house.db) }))
    throw new Refused('not_allowed', 403);
}

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
    const act = { now: house.clock(), by: personOf(actor) };
    await house.db.transaction((tx) =>
      changePlace(tx, act, async (before) => {
        await mayEdit(house, actor);
        const { attribution } = body.map;
        return {
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
      }),
    );
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
      await changed(tx, house.clock());
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
      await changed(tx, house.clock());
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
