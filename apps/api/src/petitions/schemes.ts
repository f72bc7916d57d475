/** Schemes: what each organisation that takes petitions has promised. A change is a new version. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Words } from '@folkmoot/core/kit/shapes';
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import { asksTooMuch, scheme as schemeShape } from '@folkmoot/core/petitions/scheme';
import type { Queryable } from '@folkmoot/db/client';
import { organisationAreas, organisations } from '@folkmoot/db/schema/people';
import { areas } from '@folkmoot/db/schema/places';
import { petitionSchemes } from '@folkmoot/db/schema/petitions';
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
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
async function peopleOf(db: Queryable, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .select({ id: organisationAreas.organisationId, people: sql<number>`sum(${areas.population})::int` })
    .from(organisationAreas)
    .innerJoin(areas, eq(areas.id, organisationAreas.areaId))
    .where(inArray(organisationAreas.organisationId, [...ids]))
    .groupBy(organisationAreas.organisationId);
  return new Map(found.map((row) => [row.id, row.people ?? 0]));
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
      asksTooMuch: asksTooMuch(scheme, population.get(row.organisationId) ?? 0),
      at: row.createdAt.toISOString(),
    };
  });
}

export function mountSchemes(app: FastifyInstance): void {
  const { house } = app;

  serve(app, contracts.listPetitionSchemes, async () => present(house.db, await currentSchemes(house.db)));

  serve(app, contracts.createPetitionScheme, async ({ body, actor }) => {
    const { organisation, scheme } = body;
    if (!petitionPolicy.editScheme(actor, { organisation })) throw new Refused('not_allowed', 403);
    return house.db.transaction(async (tx) => {
      // two administrators who save at once make two versions, one after the other
      await tx
        .select({ id: organisations.id })
        .from(organisations)
        .where(eq(organisations.id, organisation))
        .for('no key update');
      const [before] = await currentSchemes(tx, organisation);
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
