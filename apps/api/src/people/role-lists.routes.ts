/** Everybody with a role, and the audit of who gave and ended which. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { ROLE_CHANGES } from '@folkmoot/core/people/admin.contract';
import type { Actor } from '@folkmoot/core/kit/policy';
import { peoplePolicy } from '@folkmoot/core/people/policy';
import { ROLES } from '@folkmoot/core/people/roles';
import { events } from '@folkmoot/db/schema/live';
import { grants, people, secondFactors } from '@folkmoot/db/schema/people';
import { and, asc, count, desc, eq, ilike, inArray, isNull } from 'drizzle-orm';
import { Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { reveal } from '../kit/reveal.ts';
import { serve } from '../kit/serve.ts';
import { listOrganisations, nameOf, placeOwner } from './organisations.ts';

const PER_PAGE = 25;

/** The organisations whose roles somebody administers, by id. @throws not_allowed where there is none */
async function administeredBy({ db }: House, actor: Actor) {
  const place = await placeOwner(db);
  const mine = (await listOrganisations(db)).filter((it) =>
    peoplePolicy.seeRoleHolders(actor, { organisation: it.id, place }),
  );
  if (!mine.length) throw new Refused('not_allowed', 403);
  return new Map(mine.map((it) => [it.id, it]));
}

const pagesOf = (total: number) => Math.min(1000, Math.max(1, Math.ceil(total / PER_PAGE)));

function mountHolders(app: FastifyInstance): void {
  const { house } = app;
  serve(app, contracts.listRoleHolders, async ({ actor, query, request }) => {
    const mine = await administeredBy(house, actor);
    const where = and(
      inArray(grants.organisationId, [...mine.keys()]),
      isNull(grants.endedAt),
      query.q ? ilike(people.name, `%${query.q.replace(/[%_\\]/g, '\\$&')}%`) : undefined,
    );
    const shown = {
      person: people.id,
      name: people.name,
      lastSeen: people.lastSeenAt,
      confirmed: secondFactors.confirmedAt,
    };
    const all = house.db
      .selectDistinct(shown)
      .from(people)
      .innerJoin(grants, eq(grants.personId, people.id))
      .leftJoin(secondFactors, eq(secondFactors.personId, people.id))
      .where(where);
    const [[n], rows] = await Promise.all([
      house.db.select({ n: count() }).from(all.as('held')),
      all
        .orderBy(asc(people.name), asc(people.id))
        .limit(PER_PAGE)
        .offset((query.page - 1) * PER_PAGE),
    ]);
    const held = rows.length
      ? await house.db
          .select({ person: grants.personId, role: grants.role, organisation: grants.organisationId })
          .from(grants)
          .where(
            and(
              inArray(
                grants.personId,
                rows.map((row) => row.person),
              ),
              inArray(grants.organisationId, [...mine.keys()]),
              isNull(grants.endedAt),
            ),
          )
      : [];
    await reveal(request, { what: 'list', why: 'giving_roles', person: null, topic: 'roles' });
    const items = rows.map(({ person, name, lastSeen, confirmed }) => ({
      person,
      name,
      roles: held
        .filter((one) => one.person === person)
        .map(({ role, organisation }) => {
          const it = mine.get(organisation)!;
          return { role, organisation: nameOf(it), slug: it.slug };
        }),
      secondFactor: confirmed !== null,
      lastSeen: lastSeen?.toISOString() ?? null,
    }));
    const total = n?.n ?? 0;
    return { items, page: query.page, pages: pagesOf(total), total };
  });
}

function mountAudit(app: FastifyInstance): void {
  const { house } = app;
  serve(app, contracts.listRoleChanges, async ({ actor, query, request }) => {
    const mine = await administeredBy(house, actor);
    const ids = [...mine.values()]
      .filter((it) => !query.organisation || it.slug === query.organisation)
      .map((it) => it.id);
    const where = and(
      inArray(events.organisationId, ids.length ? ids : ['00000000-0000-0000-0000-000000000000']),
      inArray(events.type, [...ROLE_CHANGES]),
    );
    const [total, rows] = await Promise.all([
      house.db.$count(events, where),
      house.db
        .select()
        .from(events)
        .where(where)
        .orderBy(desc(events.id))
        .limit(PER_PAGE)
        .offset((query.page - 1) * PER_PAGE),
    ]);
    const named = rows.flatMap((row) => [row.personId, String(row.data['by'])]).filter((id) => id !== null);
    const names = named.length
      ? await house.db
          .select({ id: people.id, name: people.name })
          .from(people)
          .where(inArray(people.id, [...new Set(named)]))
      : [];
    await reveal(request, { what: 'list', why: 'giving_roles', person: null, topic: 'role-changes' });
    const nameBy = (id: string | null) => names.find((one) => one.id === id)?.name ?? null;
    const items = rows.map((row) => ({
      at: row.at.toISOString(),
      what: row.type as (typeof ROLE_CHANGES)[number],
      by: nameBy(String(row.data['by'])),
      to: nameBy(row.personId),
      role: ROLES.find((role) => role === row.data['role']) ?? null,
      organisation: row.organisationId ? nameOf(mine.get(row.organisationId) ?? { name: null }) : null,
    }));
    return { items, page: query.page, pages: pagesOf(total), total };
  });
}

export function mountRoleLists(app: FastifyInstance): void {
  mountHolders(app);
  mountAudit(app);
}
