/** Who may administer which organisation, and the audit of what they did. */
import type { Actor } from '@folkmoot/core/kit/policy';
import { peoplePolicy } from '@folkmoot/core/people/policy';
import { notFound } from '../kit/errors.ts';
import { record } from '../kit/events.ts';
import type { House } from '../kit/house.ts';
import { findOrganisation, type Organisation, placeOwner } from './organisations.ts';

type Ability = 'seeMembers' | 'giveRole' | 'endRole' | 'editOrganisation' | 'resetSecondFactor';

/** Whether somebody may do something with an organisation. */
export async function mayWith(house: House, actor: Actor, ability: Ability, organisation: string) {
  return peoplePolicy[ability](actor, { organisation, place: await placeOwner(house.db) });
}

/** The organisation of a page an administrator opened. @throws not_found, also where it is not theirs */
export async function administered(
  house: House,
  actor: Actor,
  ability: Ability,
  slug: string,
): Promise<Organisation> {
  const it = await findOrganisation(house.db, slug);
  if (!it || !(await mayWith(house, actor, ability, it.id))) throw notFound();
  return it;
}

export type RoleChange = {
  type: string;
  organisation: string;
  by: string;
  person?: string | null;
  role?: string;
};
/** The audit: ids only; the page puts the names to them. */
export const recordRole = (
  tx: Parameters<typeof record>[0],
  { type, organisation, by, person = null, role }: RoleChange,
  at: Date,
) =>
  record(
    tx,
    {
      topic: `organisation:${organisation}`,
      type,
      audience: 'staff',
      person,
      organisation,
      data: { by, ...(role && { role }) },
    },
    at,
  );
