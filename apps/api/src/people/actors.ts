/** From a session to somebody who may do things: their roles, and whether these count yet. */
import { and, eq, isNull } from 'drizzle-orm';
import { type Actor, type Grant, visitor } from '@folkmoot/core/kit/policy';
import { STAFF_ROLES } from '@folkmoot/core/people/roles';
import type { Queryable } from '@folkmoot/db/client';
import { grants } from '@folkmoot/db/schema/people';
import type { OpenSession } from './sessions.ts';

/** The roles somebody holds now. */
export async function grantsOf(db: Queryable, person: string): Promise<Grant[]> {
  return db
    .select({
      role: grants.role,
      organisation: grants.organisationId,
      area: grants.areaId,
      category: grants.categoryId,
    })
    .from(grants)
    .where(and(eq(grants.personId, person), isNull(grants.endedAt)));
}

export const isStaff = (held: readonly Pick<Grant, 'role'>[]): boolean =>
  held.some((grant) => STAFF_ROLES.includes(grant.role));

/** The second factor counts in staff sessions only: a session opened before the role was given gains nothing. */
export async function actorIn(db: Queryable, session: OpenSession | null): Promise<Actor> {
  if (!session) return visitor;
  const held = await grantsOf(db, session.personId);
  return {
    person: session.personId,
    grants: held,
    strong: isStaff(held) ? session.staff && session.strongAt !== null : true,
  };
}
