/**
 * Who may do what. A person holds grants: a role in an organisation, perhaps for one area or one category only.
 * Each domain's `policy.ts` has one line an ability; `looks: true` marks those that show somebody's private
 * details, and the API writes who looked whenever they are used.
 */
import type { Role } from '../people/roles.ts';

export type Grant = { role: Role; organisation: string; area: string | null; category: string | null };
export type Actor = {
  /** null for a visitor who has not signed in */
  person: string | null;
  grants: readonly Grant[];
  /** true once the second factor was given in this session; without it grants count for nothing */
  strong: boolean;
};
export const visitor: Actor = { person: null, grants: [], strong: false };

/** What a thing is to a policy: whose it is, where it is, what kind it is, who made it. */
export type Subject = {
  organisation?: string | null;
  area?: string | null;
  category?: string | null;
  person?: string | null;
};

type Line<S> = { (actor: Actor, subject: S): boolean; looks?: boolean };

/** The roles named may, in the subject's organisation, within their area and category. */
export const roles =
  <S extends Subject>(...names: Role[]) =>
  (actor: Actor, subject: S): boolean =>
    actor.strong &&
    actor.grants.some(
      (grant) =>
        names.includes(grant.role) &&
        (subject.organisation == null || grant.organisation === subject.organisation) &&
        (grant.area === null || grant.area === subject.area) &&
        (grant.category === null || grant.category === subject.category),
    );

export const anyone = (): boolean => true;
export const signedIn = (actor: Actor): boolean => actor.person !== null;
export const theirOwn = (actor: Actor, subject: Subject): boolean =>
  actor.person !== null && actor.person === subject.person;
export const either =
  <S>(...lines: Array<(actor: Actor, subject: S) => boolean>) =>
  (actor: Actor, subject: S): boolean =>
    lines.some((line) => line(actor, subject));

/** Marks an ability that shows private details: the kit logs who looked. */
export const looking = <S>(line: (actor: Actor, subject: S) => boolean): Line<S> =>
  Object.assign((a: Actor, s: S) => line(a, s), { looks: true });
