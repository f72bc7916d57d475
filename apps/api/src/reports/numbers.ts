/**
 * How long and how many: what the council sets for reports. The whole place has one row of settings, an organisation
 * that does otherwise a row of its own; where there is none, what Folkmoot brings along holds.
 */
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import type { Words } from '@folkmoot/core/kit/shapes';
import { contentPolicy } from '@folkmoot/core/content/policy';
import { reportPolicy } from '@folkmoot/core/reports/policy';
import { reportDefaults, type ReportSettings } from '@folkmoot/core/reports/rules';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { organisations } from '@folkmoot/db/schema/people';
import { settings } from '@folkmoot/db/schema/places';
import { and, asc, eq, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { Refused } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import type { House } from '../kit/house.ts';
import { personOf, serve } from '../kit/serve.ts';
import { placeOwner } from '../people/index.ts';
import { type Places, settingAs } from '../places/index.ts';

const KEY = 'reports';
type Where = Pick<House, 'place'>;

const rowOf = ({ place }: Where, organisation: string | null) =>
  place().settings.get(settingAs(KEY, organisation)) as Partial<ReportSettings> | undefined;

/** What holds for reports of an organisation; null: for the whole place. */
export const numbersFor = (house: Where, organisation: string | null): ReportSettings => ({
  ...reportDefaults,
  ...rowOf(house, null),
  ...(organisation !== null && rowOf(house, organisation)),
});

/** The same number in a query over reports of every organisation, as an integer. */
export function numberIn(house: Where, name: keyof ReportSettings, organisation: SQL): SQL {
  const own = [...house.place().settings.keys()]
    .filter((key) => key.startsWith(`${KEY} `) && key !== settingAs(KEY, null))
    .map((key) => key.slice(KEY.length + 1));
  const cases = own.map((id) => sql`when ${id}::uuid then ${numbersFor(house, id)[name]}::int`);
  const all = sql`${numbersFor(house, null)[name]}::int`;
  return cases.length ? sql`case ${organisation} ${sql.join(cases, sql` `)} else ${all} end` : all;
}

const bodies = async (db: Queryable) =>
  (
    await db
      .select({ id: organisations.id, name: organisations.name })
      .from(organisations)
      .where(and(ne(organisations.kind, 'group'), isNull(organisations.endedAt)))
      .orderBy(asc(organisations.createdAt), asc(organisations.id))
  ).map(({ id, name }) => ({ id, name: name as Words }));

/** @throws Refused not_allowed */
async function maySet(db: Queryable, actor: Actor, organisation: string | null): Promise<void> {
  const place = await placeOwner(db);
  const may =
    organisation === null
      ? contentPolicy.editPlace(actor, { place })
      : reportPolicy.editCategories(actor, { organisation, place }) &&
        (await bodies(db)).some(({ id }) => id === organisation);
  if (!may) throw new Refused('not_allowed', 403);
}

/** Every process reads its settings again; kept pages are stale. */
const changed = (house: House, tx: Tx) =>
  record(tx, { topic: 'place', type: 'places.changed', audience: 'public', data: {} }, house.clock());

function reading(app: FastifyInstance): void {
  const { house } = app;
  const withNumbers = ({ id, name }: { id: string; name: Words }) => ({
    id,
    name,
    own: rowOf(house, id) !== undefined,
    numbers: numbersFor(house, id),
  });

  serve(app, contracts.readReportNumbers, async () => ({
    place: numbersFor(house, null),
    own: (await bodies(house.db)).map(withNumbers).filter((one) => one.own),
  }));

  serve(app, contracts.listReportNumbers, async ({ actor }) => {
    const place = await placeOwner(house.db);
    const mine = (await bodies(house.db)).filter(({ id }) =>
      reportPolicy.editCategories(actor, { organisation: id, place }),
    );
    if (mine.length === 0) throw new Refused('not_allowed', 403);
    return {
      place: numbersFor(house, null),
      wholePlace: contentPolicy.editPlace(actor, { place }),
      organisations: mine.map(withNumbers),
    };
  });
}

export function mountNumbers(app: FastifyInstance, places: Places): void {
  const { house } = app;
  reading(app);
  const said = async () => {
    house.saved();
    await places.refresh();
    return { ok: true as const };
  };

  serve(app, contracts.saveReportNumbers, async ({ body, actor }) => {
    const { organisation = null, ...value } = body;
    const written = { value, updatedAt: house.clock(), updatedBy: personOf(actor) };
    await house.db.transaction(async (tx) => {
      await maySet(tx, actor, organisation);
      await tx
        .insert(settings)
        .values({ key: KEY, organisationId: organisation, ...written })
        .onConflictDoUpdate({ target: [settings.key, settings.organisationId], set: written });
      await changed(house, tx);
    });
    return said();
  });

  serve(app, contracts.dropReportNumbers, async ({ params, actor }) => {
    await house.db.transaction(async (tx) => {
      await maySet(tx, actor, params.organisation);
      await tx
        .delete(settings)
        .where(and(eq(settings.key, KEY), eq(settings.organisationId, params.organisation)));
      await changed(house, tx);
    });
    return said();
  });
}
