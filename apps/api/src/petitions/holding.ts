/** Who holds a role in an organisation, whatever their ward: those who are told what waits for them. */
import type { Role } from '@folkmoot/core/people/roles';
import type { Tx } from '@folkmoot/db/client';
import { grants } from '@folkmoot/db/schema/people';
import { and, eq, inArray, isNull } from 'drizzle-orm';

export async function holdersOf(tx: Tx, organisation: string, roles: Role[]): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ person: grants.personId })
    .from(grants)
    .where(and(eq(grants.organisationId, organisation), inArray(grants.role, roles), isNull(grants.endedAt)));
  return rows.map((row) => row.person);
}
