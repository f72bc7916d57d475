/** Who belongs to a group, who may run it, and the link that lets somebody in. */
import type { Actor } from '@folkmoot/core/kit/policy';
import { peoplePolicy } from '@folkmoot/core/people/policy';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { grants, invitations, memberships, organisations, people } from '@folkmoot/db/schema/people';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { notFound } from '../../kit/errors.ts';
import type { House } from '../../kit/house.ts';
import { findOrganisation, invitedTo, type Organisation, placeOwner } from '../organisations.ts';

/** A group by the address of its page. @throws not_found, also for a body that is no group */
export async function groupAt(db: Queryable, slug: string): Promise<Organisation> {
  const it = await findOrganisation(db, slug);
  if (it?.kind !== 'group') throw notFound();
  return it;
}

export const mayRun = async (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  organisation: string,
): Promise<boolean> => peoplePolicy.runGroup(actor, { organisation, place: await placeOwner(db) });

/** A group that somebody runs. @throws not_found, also where they do not */
export async function runGroup(house: Pick<House, 'db'>, actor: Actor, slug: string): Promise<Organisation> {
  const it = await groupAt(house.db, slug);
  if (!(await mayRun(house, actor, it.id))) throw notFound();
  return it;
}

/** Changes of who belongs happen one at a time: two organisers who leave at once would leave none. */
export async function lockGroup(tx: Tx, id: string): Promise<void> {
  await tx
    .select({ id: organisations.id })
    .from(organisations)
    .where(eq(organisations.id, id))
    .for('no key update');
}

const organisersOf = (id: string) =>
  and(eq(grants.organisationId, id), eq(grants.role, 'organiser'), isNull(grants.endedAt));
const membersOf = (id: string) => and(eq(memberships.organisationId, id), isNull(memberships.leftAt));

export const organises = async (db: Queryable, id: string, person: string): Promise<boolean> =>
  (await db.$count(grants, and(organisersOf(id), eq(grants.personId, person)))) > 0;
export const belongs = async (db: Queryable, id: string, person: string): Promise<boolean> =>
  (await db.$count(memberships, and(membersOf(id), eq(memberships.personId, person)))) > 0;
export const organiserCount = (db: Queryable, id: string) => db.$count(grants, organisersOf(id));
export const memberCount = (db: Queryable, id: string) => db.$count(memberships, membersOf(id));

/** Everybody who belongs: organisers first, then by name. */
export async function listPeople(db: Queryable, id: string, me: string | null) {
  const rows = await db
    .select({ person: memberships.personId, name: people.name, grant: grants.id })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .leftJoin(grants, and(organisersOf(id), eq(grants.personId, memberships.personId)))
    .where(membersOf(id))
    .orderBy(asc(people.name))
    .limit(500);
  const known = new Map(rows.map((row) => [row.person, row]));
  return [...known.values()]
    .map(({ person, name, grant }) => ({
      person,
      name,
      part: grant ? ('organiser' as const) : ('member' as const),
      me: person === me,
    }))
    .sort((a, b) => (a.part === b.part ? 0 : a.part === 'organiser' ? -1 : 1));
}

export async function listInvited(db: Queryable, id: string, now: Date) {
  const rows = await db
    .select({ id: invitations.id, email: invitations.email, expiresAt: invitations.expiresAt })
    .from(invitations)
    .where(invitedTo(id, now))
    .orderBy(asc(invitations.createdAt))
    .limit(50);
  return rows.map((row) => ({ ...row, expiresAt: row.expiresAt.toISOString() }));
}

/** Ends what somebody is in a group. @returns whether they were anything */
export async function endBelonging(tx: Tx, id: string, person: string, now: Date): Promise<boolean> {
  const roles = await tx
    .update(grants)
    .set({ endedAt: now })
    .where(and(organisersOf(id), eq(grants.personId, person)))
    .returning({ id: grants.id });
  const left = await tx
    .update(memberships)
    .set({ leftAt: now })
    .where(and(membersOf(id), eq(memberships.personId, person)))
    .returning({ id: memberships.id });
  return roles.length + left.length > 0;
}

/** The word of the link: made from our secret, so there is nothing to keep; `door` counts on and makes old ones useless. */
const doorWords = ({ id, door }: Organisation): string => `group door ${id} ${door}`;
export const doorOf = ({ signer }: Pick<House, 'signer'>, it: Organisation): string =>
  `/organisations/${it.slug}/join?key=${signer.sign(doorWords(it))}`;
export const opens = ({ signer }: Pick<House, 'signer'>, it: Organisation, key: string): boolean =>
  signer.verify(doorWords(it), key);
