/** The bodies of Anybridge: a borough council, a county for the roads, a housing association, police, and its groups. */
import type { Db } from '../client.ts';
import { organisationAreas, organisations } from '../schema/people.ts';
import type { SeededAreas } from './places.ts';
import { groups } from './town/names.ts';

export type Bodies = { council: string; county: string; homes: string; police: string };
export type SeededBodies = Bodies & { groups: Map<string, string> };

const BODIES: Array<typeof organisations.$inferInsert> = [
  {
    slug: 'council',
    kind: 'council',
    name: { en: 'Anybridge Town Council', cy: 'Cyngor Tref Pontany' },
    about: {
      en: 'Bins, parks, playgrounds, clean streets.',
      cy: 'Biniau, parciau, meysydd chwarae, strydoedd glân.',
    },
    email: 'reports@anybridge.example',
    phone: '01555 550 100',
  },
  {
    slug: 'county',
    kind: 'county',
    name: { en: 'Anyshire County Highways', cy: 'Priffyrdd Sir Any' },
    about: {
      en: 'Roads, pavements, street lights, drains.',
      cy: 'Ffyrdd, palmentydd, goleuadau stryd, draeniau.',
    },
    email: 'highways@anyshire.example',
    phone: '01555 550 200',
  },
  {
    slug: 'homes',
    kind: 'housing',
    name: { en: 'Riverside Homes', cy: 'Cartrefi Glan-yr-afon' },
    about: {
      en: '2,400 homes in Anybridge and the places they share.',
      cy: '2,400 o gartrefi ym Mhontany a’r lleoedd y maent yn eu rhannu.',
    },
    email: 'repairs@riversidehomes.example',
    phone: '01555 550 300',
  },
  {
    slug: 'police',
    kind: 'police',
    name: { en: 'Anybridge neighbourhood police', cy: 'Heddlu cymdogaeth Pontany' },
    about: {
      en: 'Cars left behind, and parking that blocks the way.',
      cy: 'Ceir wedi’u gadael, a pharcio sy’n cau’r ffordd.',
    },
    email: 'anybridge@police.example',
    phone: '101',
  },
];

export async function seedOrganisations(db: Db, areas: SeededAreas): Promise<SeededBodies> {
  const rows = await db
    .insert(organisations)
    .values(BODIES)
    .returning({ id: organisations.id, slug: organisations.slug });
  await db
    .insert(organisationAreas)
    .values(rows.map((row) => ({ organisationId: row.id, areaId: areas.place })));
  const community = await db
    .insert(organisations)
    .values(groups().map(({ slug, name, about }) => ({ slug, kind: 'group' as const, name, about })))
    .returning({ id: organisations.id, slug: organisations.slug });
  const of = (slug: string) => rows.find((row) => row.slug === slug)!.id;
  return {
    council: of('council'),
    county: of('county'),
    homes: of('homes'),
    police: of('police'),
    groups: new Map(community.map((row) => [row.slug, row.id])),
  };
}
