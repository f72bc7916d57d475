/**
 * Who decides about what others wrote: staff of the organisation whose thing it is, and staff of the place's own
 * council. What is private is decided by officers, moderators and administrators of its own organisation alone.
 */
import { anyone, type Actor, either, roles, signedIn, type Subject } from '../kit/policy.ts';

/** `place`: the organisation whose site this is */
export type ModerationSubject = Subject & { place: string | null; private: boolean };

const own = either<ModerationSubject>(
  roles('officer', 'moderator', 'admin'),
  (actor, it) => !it.private && roles<ModerationSubject>('councillor')(actor, it),
);
const ofPlace = (actor: Actor, it: ModerationSubject): boolean =>
  !it.private &&
  it.place !== null &&
  roles<Subject>(
    'officer',
    'moderator',
    'councillor',
    'admin',
  )(actor, {
    ...it,
    organisation: it.place,
    // a role for one kind of report says nothing of what may be said
    category: null,
  });

export const moderationPolicy = {
  flagSomething: anyone,
  seeFlagged: either<ModerationSubject>(own, ofPlace),
  decideFlagged: either<ModerationSubject>(own, ofPlace),
  appealDecision: signedIn,
  /** the desk as a whole: somebody who may decide about anything at all */
  watchFlagged: (actor: Actor, { organisation }: Subject): boolean =>
    actor.strong &&
    actor.grants.some((grant) => grant.role !== 'organiser' && grant.organisation === organisation),
} as const;
