/** My account as I can change it: what it shows, and which addresses may go. */
import type { z } from 'zod';
import type { contracts } from '@folkmoot/core/contracts';
import type { Queryable } from '@folkmoot/db/client';
import { contacts, grants, organisations, passwords, people } from '@folkmoot/db/schema/people';
import { areas } from '@folkmoot/db/schema/places';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { postcodeForPeople } from '@folkmoot/core/places/plain';
import { isStaff } from './actors.ts';
import { hasSecondFactor } from './doors.ts';
import { recoveryCodesLeft } from './second-factor.ts';

export type Details = Omit<z.input<(typeof contracts)['readMyDetails']['answer']>, 'fresh'>;

const rolesOf = (db: Queryable, person: string) =>
  db
    .select({
      role: grants.role,
      organisation: organisations.name,
      slug: organisations.slug,
      area: areas.name,
      since: grants.grantedAt,
    })
    .from(grants)
    .innerJoin(organisations, eq(organisations.id, grants.organisationId))
    .leftJoin(areas, eq(areas.id, grants.areaId))
    .where(and(eq(grants.personId, person), isNull(grants.endedAt)));

export async function addressesOf(db: Queryable, person: string) {
  const rows = await db
    .select()
    .from(contacts)
    .where(eq(contacts.personId, person))
    .orderBy(asc(contacts.createdAt));
  const proven = rows.filter((row) => row.kind === 'email' && row.verifiedAt).length;
  return rows.map(({ id, kind, value, verifiedAt, stoppedAt }) => ({
    id,
    kind,
    value,
    verified: verifiedAt !== null,
    stopped: stoppedAt !== null,
    mayGo: proven > 1 || kind !== 'email' || verifiedAt === null,
  }));
}

export async function detailsOf(db: Queryable, person: string): Promise<Details> {
  const [row] = await db
    .select({ me: people, slug: areas.slug, ward: areas.name, password: passwords.changedAt })
    .from(people)
    .leftJoin(areas, eq(areas.id, people.wardId))
    .leftJoin(passwords, eq(passwords.personId, people.id))
    .where(eq(people.id, person));
  const { me, slug, ward, password } = row!;
  const roles = await rolesOf(db, person);
  return {
    name: me.name,
    publicName: me.publicName,
    under18: me.under18,
    lang: me.lang,
    postcode: me.postcode ? postcodeForPeople(me.postcode) : null,
    ward: slug && ward ? { slug, name: ward } : null,
    digest: me.digest,
    contacts: await addressesOf(db, person),
    password: password !== null,
    staff: isStaff(roles),
    secondFactor: await hasSecondFactor(db, person),
    recoveryCodesLeft: await recoveryCodesLeft(db, person),
    roles: roles.map(({ since, organisation, ...role }) => ({
      ...role,
      organisation: organisation ?? { en: '' },
      since: since.toISOString(),
    })),
  };
}
