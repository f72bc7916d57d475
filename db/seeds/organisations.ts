/** The bodies of Anybridge: a borough council, a county for the roads, a housing association, a police team. */
import type { Db } from '../client.ts';
import { organisationAreas, organisations } from '../schema/people.ts';
import type { SeededAreas } from './places.ts';

export type Bodies = { council: string; county: string; housing: string; police: string };

export async function seedOrganisations(db: Db, areas: SeededAreas): Promise<Bodies> {
  const rows = await db
    .insert(organisations)
    .values([
      {
        slug: 'council',
        kind: 'council',
        name: { en: 'Anybridge Town Council', cy: 'Cyngor Tref Pontany' },
        email: 'reports@anybridge.example',
        phone: '01555 550 100',
      },
      {
        slug: 'county',
        kind: 'county',
        name: { en: 'Anyshire County Highways', cy: 'Priffyrdd Sir Any' },
        email: 'highways@anyshire.example',
        phone: '01555 550 200',
      },
      {
        slug: 'homes',
        kind: 'housing',
        name: { en: 'Riverside Homes', cy: 'Cartrefi Glan-yr-afon' },
        email: 'repairs@riversidehomes.example',
        phone: '01555 550 300',
      },
      {
        slug: 'police',
        kind: 'police',
        name: { en: 'Anybridge neighbourhood police', cy: 'Heddlu cymdogaeth Pontany' },
        email: 'anybridge@police.example',
        phone: '101',
      },
    ])
    .returning({ id: organisations.id, slug: organisations.slug });
  await db
    .insert(organisationAreas)
    .values(rows.map((row) => ({ organisationId: row.id, areaId: areas.place })));
  const of = (slug: string) => rows.find((row) => row.slug === slug)!.id;
  return { council: of('council'), county: of('county'), housing: of('homes'), police: of('police') };
}
