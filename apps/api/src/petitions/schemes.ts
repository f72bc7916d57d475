/** Schemes: what each organisation that takes petitions has promised. A change is a new version. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import type { Words } from '@folkmoot/core/kit/shapes';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import {
  asksTooMuch,
  changesBetween,
  debateNeeds,
  type Scheme,
  scheme as schemeShape,
  schemeDefaults,
} from '@folkmoot/core/petitions/scheme';
import type { Queryable } from '@folkmoot/db/client';
import { organisationAreas, organisations, people } from '@folkmoot/db/schema/people';
import { areas } from '@folkmoot/db/schema/places';
import { petitionSchemes } from '@folkmoot/db/schema/petitions';
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { Refused } from '../kit/errors.ts';
import { personOf, serve } from '../kit/serve.ts';

type SchemeRow = typeof petitionSchemes.$inferSelect & { name: unknown };

/** The newest version of each organisation, or of one. */
export async function currentSchemes(db: Queryable, organisation?: string): Promise<SchemeRow[]> {
  const found = await db
    .selectDistinctOn([petitionSchemes.organisationId], { scheme: petitionSchemes, name: organisations.name })
    .from(petitionSchemes)
    .innerJoin(organisations, eq(organisations.id, petitionSchemes.organisationId))
    .where(
      and(
        isNull(organisations.endedAt),
        organisation ? eq(petitionSchemes.organisationId, organisation) : sql`true`,
      ),
    )
    .orderBy(petitionSchemes.organisationId, desc(petitionSchemes.version));
  return found.map(({ scheme, name }) => ({ ...scheme, name }));
}

/** How many people live where an organisation acts; 0 where nobody has counted. */
export async function peopleOf(db: Queryable, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  // boundaries change: an area goes on in the one that has its kind and code now
  const now = alias(areas, 'now');
  const acts = db
    .selectDistinct({ id: organisationAreas.organisationId, area: now.id, people: now.population })
    .from(organisationAreas)
    .innerJoin(areas, eq(areas.id, organisationAreas.areaId))
    .innerJoin(now, and(eq(now.kind, areas.kind), eq(now.code, areas.code), isNull(now.validTo)))
    .where(inArray(organisationAreas.organisationId, [...ids]))
    .as('acts');
  const found = await db
    .select({ id: acts.id, people: sql<number>`coalesce(sum(${acts.people}), 0)::int` })
    .from(acts)
    .groupBy(acts.id);
  const counted = new Map(found.map((row) => [row.id, row.people]));
  // who acts in no area of its own acts everywhere here
  const [all] = await db
    .select({
      people: sql<number>`coalesce(sum(population) filter (where kind = 'place'), sum(population) filter (where kind = 'ward'), 0)::int`,
    })
    .from(areas)
    .where(isNull(areas.validTo));
  return new Map(ids.map((id) => [id, counted.get(id) ?? all?.people ?? 0]));
}

async function present(db: Queryable, found: SchemeRow[]) {
  const population = await peopleOf(
    db,
    found.map((row) => row.organisationId),
  );
  return found.map((row) => {
    const scheme = schemeShape.parse(row.data);
    return {
      id: row.id,
      organisation: { id: row.organisationId, name: row.name as Words },
      version: row.version,
      scheme,
      debateNeeds: debateNeeds(scheme, population.get(row.organisationId) ?? 0),
      asksTooMuch: asksTooMuch(scheme, population.get(row.organisationId) ?? 0),
      at: row.createdAt.toISOString(),
    };
  });
}

/** Signatures that a petition started now needs for a debate; null where the scheme says a number of its own. */
export async function debateNeedsNow(db: Queryable, found: SchemeRow): Promise<number | null> {
  const scheme = schemeShape.parse(found.data);
  if (scheme.debateShare === null) return null;
  const people = await peopleOf(db, [found.organisationId]);
  return debateNeeds(scheme, people.get(found.organisationId) ?? 0);
}

const RUNNING = sql`('draft', 'gathering_supporters', 'in_moderation', 'returned', 'open')`;
type Held = { scheme: string; petitions: number; running: number };

/** How many petitions are held to each version. A draft is nobody's business yet, but it runs. */
async function heldTo(db: Queryable, organisation: string): Promise<Map<string, Held>> {
  const { rows } = await db.execute<Held>(sql`
    select scheme_id as scheme, count(*) filter (where state <> 'draft')::int as petitions,
      count(*) filter (where state in ${RUNNING} and removed_at is null)::int as running
    from petitions where organisation_id = ${organisation} group by 1`);
  return new Map(rows.map((row) => [row.scheme, row]));
}

async function versionsOf(db: Queryable, organisation: string) {
  const rows = await db
    .select({ it: petitionSchemes, by: people.name })
    .from(petitionSchemes)
    .leftJoin(people, eq(people.id, petitionSchemes.createdBy))
    .where(eq(petitionSchemes.organisationId, organisation))
    .orderBy(desc(petitionSchemes.version))
    .limit(200);
  const held = await heldTo(db, organisation);
  const parsed = rows.map(({ it, by }) => ({ it, by, scheme: schemeShape.parse(it.data) }));
  return parsed.map(({ it, by, scheme }, index) => ({
    id: it.id,
    version: it.version,
    at: it.createdAt.toISOString(),
    by,
    changes: parsed[index + 1] ? changesBetween(parsed[index + 1]!.scheme, scheme) : [],
    petitions: held.get(it.id)?.petitions ?? 0,
    running: held.get(it.id)?.running ?? 0,
    scheme,
  }));
}

/** The organisations whose scheme somebody may edit, those that take petitions already first. */
async function editable(db: Queryable, actor: Actor) {
  const ids = [...new Set(actor.grants.map((grant) => grant.organisation))].filter((organisation) =>
    petitionPolicy.editScheme(actor, { organisation }),
  );
  if (ids.length === 0) throw new Refused('not_allowed', 403);
  const rows = await db
    .select({ id: organisations.id, name: organisations.name })
    .from(organisations)
    .where(and(inArray(organisations.id, ids), isNull(organisations.endedAt)));
  const taking = new Set((await currentSchemes(db)).map((row) => row.organisationId));
  return rows
    .map(({ id, name }) => ({ id, name: name as Words }))
    .sort((a, b) => Number(taking.has(b.id)) - Number(taking.has(a.id)));
}

async function tryScheme(db: Queryable, organisation: string, scheme: Scheme) {
  const versions = await versionsOf(db, organisation);
  const population = (await peopleOf(db, [organisation])).get(organisation) ?? 0;
  const base = versions[0];
  return {
    version: (base?.version ?? 0) + 1,
    base: base?.version ?? 0,
    changes: changesBetween(base?.scheme ?? schemeDefaults, scheme),
    keep: versions.filter((one) => one.running > 0).map(({ version, running }) => ({ version, running })),
    debateNeeds: debateNeeds(scheme, population),
    population,
    asksTooMuch: asksTooMuch(scheme, population),
  };
}

function mountVersions(app: FastifyInstance): void {
  const { house } = app;
  serve(app, contracts.readPetitionScheme, async ({ query, actor }) => {
    const mine = await editable(house.db, actor);
    const organisation = query.organisation ? mine.find((one) => one.id === query.organisation) : mine[0];
    if (!organisation) throw new Refused('not_allowed', 403);
    const versions = await versionsOf(house.db, organisation.id);
    const scheme = versions[0]?.scheme ?? schemeDefaults;
    const {
      population,
      debateNeeds: needs,
      asksTooMuch: tooMuch,
    } = await tryScheme(house.db, organisation.id, scheme);
    return {
      organisation,
      organisations: mine,
      population,
      scheme,
      debateNeeds: needs,
      asksTooMuch: tooMuch,
      version: versions[0]?.version ?? null,
      versions,
    };
  });

  serve(app, contracts.tryPetitionScheme, async ({ body, actor }) => {
    const { organisation, scheme } = body;
    if (!petitionPolicy.editScheme(actor, { organisation })) throw new Refused('not_allowed', 403);
    return tryScheme(house.db, organisation, scheme);
  });
}

export function mountSchemes(app: FastifyInstance): void {
  const { house } = app;
  mountVersions(app);

  serve(app, contracts.listPetitionSchemes, async () => present(house.db, await currentSchemes(house.db)));

  serve(app, contracts.createPetitionScheme, async ({ body, actor }) => {
    const { organisation, scheme, base: seen } = body;
    if (!petitionPolicy.editScheme(actor, { organisation })) throw new Refused('not_allowed', 403);
    return house.db.transaction(async (tx) => {
      // two administrators who save at once make two versions, one after the other
      await tx
        .select({ id: organisations.id })
        .from(organisations)
        .where(eq(organisations.id, organisation))
        .for('no key update');
      const [before] = await currentSchemes(tx, organisation);
      // what was compared on the page is no longer what it would replace
      if (seen !== undefined && seen !== (before?.version ?? 0)) throw new Refused('changed_meanwhile');
      await tx.insert(petitionSchemes).values({
        organisationId: organisation,
        version: (before?.version ?? 0) + 1,
        data: scheme,
        createdBy: personOf(actor),
        createdAt: house.clock(),
      });
      const [made] = await present(tx, await currentSchemes(tx, organisation));
      return made!;
    });
  });
}
