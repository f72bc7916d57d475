/**
 * Who may do what with petitions. Anyone reads what is published and signs it. Before it is published its organiser
 * and who holds the supporters' link see it, and those who moderate; to everybody else it is not there.
 */
import { type Actor, anyone, either, looking, type Subject, theirOwn } from '../kit/policy.ts';
import type { Role } from '../people/roles.ts';

export type PetitionSubject = Subject & {
  published: boolean;
  withKey: boolean;
  draft: boolean;
  /** begun without an account, by the very visitor who asks */
  byVisitor: boolean;
  /** let in by the link to write with others */
  drafter?: boolean;
};

/** A role in the organisation, in whichever ward: a petition is for the whole council. */
const holds =
  (...names: Role[]) =>
  (actor: Actor, { organisation }: Subject): boolean =>
    actor.strong &&
    actor.grants.some((grant) => names.includes(grant.role) && grant.organisation === organisation);
const moderators = holds('moderator', 'councillor', 'admin');

export const petitionPolicy = {
  startPetition: anyone,
  seePetition: either<PetitionSubject>(
    (_, petition) => petition.published || petition.withKey,
    theirOwn,
    (actor, petition) => !petition.draft && moderators(actor, petition),
  ),
  changePetition: either<PetitionSubject>(theirOwn, (_, petition) => petition.draft && petition.byVisitor),
  writeTogether: (_: Actor, petition: PetitionSubject): boolean =>
    petition.draft && petition.drafter === true,
  signPetition: anyone,
  signForSomeone: holds('officer', 'moderator', 'admin'),
  editScheme: holds('admin'),
  seePetitionQueue: moderators,
  moderatePetition: moderators,
  hidePetition: holds('moderator', 'admin'),
  respondToPetition: holds('officer', 'councillor', 'admin'),
  stopPetition: holds('admin'),
  enterSheets: holds('officer', 'moderator', 'admin'),
  invalidateSignatures: holds('moderator', 'admin'),
  removePetition: holds('moderator', 'admin'),
  /** the place's own rules: reject codes, mail domains, rates */
  editPetitionRules: holds('admin'),
  seeSigners: looking(holds('moderator', 'admin')),
} as const;
