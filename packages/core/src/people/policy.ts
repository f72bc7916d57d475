/**
 * Who may do what with accounts and roles. An administrator looks after their own organisation; one of the place's
 * own council looks after every organisation of the place. Roles count only once the second factor was given.
 */
import { type Actor, either, looking, roles, type Subject } from '../kit/policy.ts';

/** `place`: the organisation whose site this is */
export type OrganisationSubject = Subject & { place: string | null };

const wholePlace = (actor: Actor, { place }: Pick<OrganisationSubject, 'place'>): boolean =>
  actor.strong && actor.grants.some((grant) => grant.role === 'admin' && grant.organisation === place);
const administers = either<OrganisationSubject>(roles('admin'), wholePlace);

/** An organiser of a group of neighbours, in any session: they speak for no body that answers to the public. */
const organises = (actor: Actor, { organisation }: Subject): boolean =>
  actor.grants.some((grant) => grant.role === 'organiser' && grant.organisation === organisation);

export const peoplePolicy = {
  createOrganisation: wholePlace,
  editOrganisation: administers,
  seeMembers: looking(administers),
  giveRole: administers,
  endRole: administers,
  resetSecondFactor: administers,
  seeRoleHolders: looking(administers),
  runGroup: either<OrganisationSubject>(organises, administers),
  seePrivacy: administers,
  actForSomeone: looking(roles<Subject>('officer', 'admin')),
} as const;
