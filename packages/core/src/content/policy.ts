/** Who may write what the council says of itself: an administrator of the place's own council. */
import type { Actor } from '../kit/policy.ts';

/** `place`: the organisation whose site this is */
export type PlaceSubject = { place: string | null };

const placeAdmin = (actor: Actor, { place }: PlaceSubject): boolean =>
  actor.strong &&
  place !== null &&
  actor.grants.some((grant) => grant.role === 'admin' && grant.organisation === place);

export const contentPolicy = {
  editPages: placeAdmin,
  editPlace: placeAdmin,
} as const;
