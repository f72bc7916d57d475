/** The people of Anybridge: a cast that everybody meets in the demo, the tests and the pictures, and their neighbours. */
import { canonicalEmail } from '@folkmoot/core/people/plain';
import type { Role } from '@folkmoot/core/people/roles';
import type { Db } from '../client.ts';
import { contacts, grants, memberships, people } from '../schema/people.ts';
import { settings } from '../schema/places.ts';
import type { Bodies, SeededBodies } from './organisations.ts';
import type { SeededAreas } from './places.ts';
import { councillors, groups, officers, residents } from './town/names.ts';

type Member = {
  name: string;
  email: string;
  ward: string;
  lang?: 'en' | 'cy';
  role?: Role;
  body?: keyof Bodies;
  group?: string;
  title?: { en: string; cy: string };
  /** one may be them in the demo */
  cast?: boolean;
};

export const cast: Member[] = [
  { name: 'Mair Pritchard', email: 'mair@anybridge.example', ward: 'AB02', lang: 'cy' },
  { name: 'Grace Okafor', email: 'grace@anybridge.example', ward: 'AB02' },
  {
    name: 'Huw Bevan',
    email: 'huw@anybridge.example',
    ward: 'AB02',
    role: 'organiser',
    group: 'friends-of-weir-fields',
  },
  {
    name: 'Rhian Pugh',
    email: 'rhian.pugh@anybridge.example',
    ward: 'AB02',
    role: 'councillor',
    body: 'council',
    title: { en: 'Councillor for Weirside', cy: 'Cynghorydd dros Ochr-y-gored' },
  },
  {
    name: 'Dylan Rees',
    email: 'dylan.rees@anyshire.example',
    ward: 'AB02',
    role: 'officer',
    body: 'county',
    title: { en: 'Highways inspector', cy: 'Arolygydd priffyrdd' },
  },
  {
    name: 'Sunita Rao',
    email: 'sunita.rao@anybridge.example',
    ward: 'AB03',
    role: 'officer',
    body: 'council',
    title: { en: 'Street care officer', cy: 'Swyddog gofal strydoedd' },
  },
  {
    name: 'Owen Vaughan',
    email: 'owen.vaughan@anybridge.example',
    ward: 'AB04',
    role: 'moderator',
    body: 'council',
    title: { en: 'Moderator', cy: 'Cymedrolwr' },
  },
  {
    name: 'Tomasz Nowak',
    email: 'tomasz.nowak@anybridge.example',
    ward: 'AB02',
    role: 'admin',
    body: 'council',
    title: { en: 'Web team', cy: 'Tîm y we' },
  },
];

const teamBody = (team: string): keyof Bodies =>
  ['highways', 'lighting', 'paths'].includes(team) ? 'county' : 'council';

function everyone(count: number): Member[] {
  const taken = new Set(cast.map((one) => one.name));
  const fresh = <T extends { name: string }>(list: T[]): T[] =>
    list.filter((one) => !taken.has(one.name) && taken.add(one.name));
  return [
    ...cast.map((one) => ({ ...one, cast: true })),
    ...fresh(councillors()).map(({ name, email, ward }): Member => ({
      name,
      email,
      ward,
      role: 'councillor',
      body: 'council',
    })),
    ...fresh(officers()).map(({ name, email, team, role }): Member => ({
      name,
      email,
      ward: 'AB01',
      role: 'officer',
      body: teamBody(team),
      title: role,
    })),
    ...fresh(residents(count)).map(({ name, email, ward, language }): Member => ({
      name,
      email,
      ward,
      lang: language,
    })),
  ];
}

export type Neighbour = {
  id: string;
  name: string;
  lang: 'en' | 'cy';
  ward: string;
  role: Role | null;
  body: keyof Bodies | null;
};

type Held = {
  personId: string;
  organisationId: string;
  role: Role;
  title: Member['title'] | null;
  areaId: string | null;
};

/** Who holds which role where; every group has somebody who keeps its keys. */
function rolesOf(all: Member[], ids: string[], bodies: SeededBodies, areas: SeededAreas): Held[] {
  const held = all.flatMap((one, i): Held[] => {
    const organisationId = one.body ? bodies[one.body] : one.group ? bodies.groups.get(one.group) : undefined;
    if (!one.role || !organisationId) return [];
    const areaId = one.role === 'councillor' ? (areas.wards.get(one.ward) ?? null) : null;
    return [{ personId: ids[i]!, organisationId, role: one.role, title: one.title ?? null, areaId }];
  });
  const keepers = groups().map((group, i): Held => ({
    personId: ids[all.length - 1 - i * 3]!,
    organisationId: bodies.groups.get(group.slug)!,
    role: 'organiser',
    title: null,
    areaId: null,
  }));
  return [...held, ...keepers];
}

/** @returns everyone, the cast first */
export async function seedPeople(
  db: Db,
  bodies: SeededBodies,
  areas: SeededAreas,
  { count, now }: { count: number; now: Date },
): Promise<Neighbour[]> {
  const all = everyone(count);
  const createdAt = new Date(now.getTime() - 700 * 86_400_000);
  const rows = await db
    .insert(people)
    .values(
      all.map(({ name, ward, lang = 'en' }) => ({
        name,
        lang,
        wardId: areas.wards.get(ward) ?? null,
        createdAt,
      })),
    )
    .returning({ id: people.id });
  const ids = rows.map((row) => row.id);
  await db.insert(contacts).values(
    all.map(({ email }, i) => ({
      personId: ids[i]!,
      kind: 'email' as const,
      value: email,
      canonical: canonicalEmail(email),
      verifiedAt: now,
    })),
  );
  const held = rolesOf(all, ids, bodies, areas);
  await db
    .insert(memberships)
    .values(
      held.map(({ personId, organisationId, title }) => ({ personId, organisationId, title, joinedAt: now })),
    )
    .onConflictDoNothing();
  await db.insert(grants).values(held.map(({ title: _, ...grant }) => ({ ...grant, grantedAt: now })));
  await db.insert(settings).values({ key: 'demo.people', value: ids.slice(0, cast.length) });
  return all.map(({ name, lang = 'en', ward, role = null, body = null }, i) => ({
    id: ids[i]!,
    name,
    lang,
    ward,
    role,
    body,
  }));
}
