/** The people of Anybridge that everybody meets: in the demo, in the tests, in the pictures. */
import type { Db } from '../client.ts';
import { contacts, grants, memberships, people } from '../schema/people.ts';
import { settings } from '../schema/places.ts';
import { canonicalEmail } from '@folkmoot/core/people/plain';
import type { Role } from '@folkmoot/core/people/roles';
import type { Bodies } from './organisations.ts';
import type { SeededAreas } from './places.ts';

type Cast = {
  name: string;
  email: string;
  ward: string;
  lang?: 'en' | 'cy';
  role?: Role;
  body?: keyof Bodies;
};

export const cast: Cast[] = [
  { name: 'Mair Pritchard', email: 'mair@anybridge.example', ward: 'AB01', lang: 'cy' },
  { name: 'Grace Okafor', email: 'grace@anybridge.example', ward: 'AB01' },
  {
    name: 'Rhian Pugh',
    email: 'rhian.pugh@anybridge.example',
    ward: 'AB01',
    role: 'councillor',
    body: 'council',
  },
  { name: 'Dylan Rees', email: 'dylan.rees@anyshire.example', ward: 'AB02', role: 'officer', body: 'county' },
  {
    name: 'Sunita Rao',
    email: 'sunita.rao@anybridge.example',
    ward: 'AB03',
    role: 'officer',
    body: 'council',
  },
  {
    name: 'Tomasz Nowak',
    email: 'tomasz.nowak@anybridge.example',
    ward: 'AB02',
    role: 'admin',
    body: 'council',
  },
];

export async function seedPeople(db: Db, bodies: Bodies, areas: SeededAreas): Promise<void> {
  const rows = await db
    .insert(people)
    .values(
      cast.map(({ name, ward, lang = 'en' }) => ({ name, lang, wardId: areas.wards.get(ward) ?? null })),
    )
    .returning({ id: people.id });
  const now = new Date();
  await db.insert(contacts).values(
    cast.map((it, i) => ({
      personId: rows[i]!.id,
      kind: 'email' as const,
      value: it.email,
      canonical: canonicalEmail(it.email),
      verifiedAt: now,
    })),
  );
  const staff = cast.flatMap((it, i) =>
    it.role && it.body ? [{ personId: rows[i]!.id, organisationId: bodies[it.body], role: it.role }] : [],
  );
  await db
    .insert(memberships)
    .values(staff.map(({ personId, organisationId }) => ({ personId, organisationId })));
  await db.insert(grants).values(staff);
  await db.insert(settings).values({ key: 'demo.people', value: rows.map((row) => row.id) });
}
