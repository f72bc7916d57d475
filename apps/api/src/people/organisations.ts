/** The queries of organisations: who belongs to them, in public and for their administrators. */
import type { Words } from '@folkmoot/core/kit/shapes';
import type { Queryable } from '@folkmoot/db/client';
import {
  contacts,
  grants,
  invitations,
  memberships,
  organisations,
  people,
  secondFactors,
} from '@folkmoot/db/schema/people';
import { areas } from '@folkmoot/db/schema/places';
import { and, asc, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';

export type Organisation = typeof organisations.$inferSelect;
export const nameOf = (row: { name: Words | null }): Words => row.name ?? { en: '' };

export const brief = (row: Organisation) => ({
  id: row.id,
  slug: row.slug,
  kind: row.kind,
  name: nameOf(row),
});

export async function findOrganisation(db: Queryable, slug: string): Promise<Organisation | null> {
  const [row] = await db
    .select()
    .from(organisations)
    .where(and(eq(organisations.slug, slug), isNull(organisations.endedAt)));
  return row ?? null;
}

export const listOrganisations = (db: Queryable) =>
  db
    .select()
    .from(organisations)
    .where(isNull(organisations.endedAt))
    .orderBy(asc(organisations.createdAt), asc(organisations.id))
    .limit(100);

/** The organisation whose site this is: the place's own council. Its administrators look after all of the place. */
export async function placeOwner(db: Queryable): Promise<string | null> {
  const [row] = await db
    .select({ id: organisations.id })
    .from(organisations)
    .where(and(eq(organisations.kind, 'council'), isNull(organisations.endedAt)))
    .orderBy(asc(organisations.createdAt), asc(organisations.id))
    .limit(1);
  return row?.id ?? null;
}

/** Elected people are named with their ward; everyone else is a number of people by what they do. */
export async function publicFaces(db: Queryable, organisation: string) {
  const rows = await db
    .select({ role: grants.role, name: people.name, ward: areas.name, title: memberships.title })
    .from(grants)
    .innerJoin(people, eq(people.id, grants.personId))
    .leftJoin(areas, sql`${areas.id} = coalesce(${grants.areaId}, ${people.wardId})`)
    .leftJoin(
      memberships,
      and(
        eq(memberships.personId, grants.personId),
        eq(memberships.organisationId, grants.organisationId),
        isNull(memberships.leftAt),
      ),
    )
    .where(and(eq(grants.organisationId, organisation), isNull(grants.endedAt)))
    .orderBy(asc(people.name));
  const councillors = rows
    .filter((row) => row.role === 'councillor')
    .map(({ name, ward }) => ({ name: name ?? '', ward }));
  const teams = new Map<string, { title: Words; people: number }>();
  for (const { role, title } of rows) {
    if (role === 'councillor' || !title) continue;
    const known = teams.get(title.en) ?? { title, people: 0 };
    teams.set(title.en, { title, people: known.people + 1 });
  }
  return { councillors, teams: [...teams.values()] };
}

/** The address we write to: proven, and the oldest. */
export const emailOf = (person: typeof grants.personId | typeof people.id) => sql<string | null>`(
  select value from contacts c where c.person_id = ${person} and c.kind = 'email' and c.verified_at is not null
  order by c.created_at limit 1)`;

export async function listGrants(db: Queryable, organisation: string) {
  const rows = await db
    .select({
      id: grants.id,
      person: grants.personId,
      name: people.name,
      email: emailOf(grants.personId),
      role: grants.role,
      area: areas.name,
      since: grants.grantedAt,
      confirmed: secondFactors.confirmedAt,
    })
    .from(grants)
    .innerJoin(people, eq(people.id, grants.personId))
    .leftJoin(areas, eq(areas.id, grants.areaId))
    .leftJoin(secondFactors, eq(secondFactors.personId, grants.personId))
    .where(and(eq(grants.organisationId, organisation), isNull(grants.endedAt)))
    .orderBy(asc(people.name))
    .limit(500);
  return rows.map(({ since, confirmed, ...row }) => ({
    ...row,
    since: since.toISOString(),
    secondFactor: confirmed !== null,
  }));
}

/** Invitations that were neither taken up nor ended. */
export const unanswered = () => and(isNull(invitations.acceptedAt), isNull(invitations.endedAt));

/** Those of an organisation that still work. */
export const invitedTo = (organisation: string, now: Date) =>
  and(eq(invitations.organisationId, organisation), unanswered(), gt(invitations.expiresAt, now));

export async function listInvitations(db: Queryable, organisation: string, now: Date) {
  const rows = await db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      area: areas.name,
      sentAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .leftJoin(areas, eq(areas.id, invitations.areaId))
    .where(invitedTo(organisation, now))
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(200);
  return rows.map((row) => ({
    ...row,
    sentAt: row.sentAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

/** Whether somebody with this proven address holds the role there already. */
export async function alreadyHolds(db: Queryable, canonical: string, organisation: string, role: string) {
  const [row] = await db
    .select({ id: grants.id })
    .from(grants)
    .innerJoin(contacts, eq(contacts.personId, grants.personId))
    .where(
      and(
        eq(contacts.canonical, canonical),
        isNotNull(contacts.verifiedAt),
        eq(grants.organisationId, organisation),
        sql`${grants.role} = ${role}`,
        isNull(grants.endedAt),
      ),
    );
  return row !== undefined;
}
