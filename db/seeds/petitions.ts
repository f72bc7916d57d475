/** Petitions of Anybridge: the council has a scheme, so people may petition it. */
import { schemeDefaults } from '@folkmoot/core/petitions/scheme';
import type { Db } from '../client.ts';
import { petitionSchemes } from '../schema/petitions.ts';
import type { Bodies } from './organisations.ts';

/** The town council takes petitions. @returns the scheme's id */
export async function seedScheme(db: Db, bodies: Bodies, now: Date): Promise<string> {
  const [row] = await db
    .insert(petitionSchemes)
    .values({
      organisationId: bodies.council,
      version: 1,
      data: { ...schemeDefaults, response: 50, evidence: 500, debate: 1500 },
      createdAt: new Date(now.getTime() - 800 * 86_400_000),
    })
    .returning({ id: petitionSchemes.id });
  return row!.id;
}
