/** The numbers on a petition's line: which one is next, and which posts stand there. Imports words only. */
import type { PetitionState, Threshold } from './plain.ts';

export type Goal = { threshold: Threshold; at: number; reachedAt: string | null };
type Standing = { state: PetitionState; signatures: number; thresholds: readonly Goal[] };

/** The next number that does something; null when all are reached or nobody can sign any more. */
export const nextGoal = ({ state, signatures, thresholds }: Standing): Goal | null =>
  state === 'open' ? (thresholds.find((one) => !one.reachedAt && one.at > signatures) ?? null) : null;

/** The posts of the line: the numbers reached and the next one; the first where neither is there. */
export function goalPosts(petition: Standing): number[] {
  const next = nextGoal(petition);
  const reached = petition.thresholds.filter((one) => one.reachedAt).map((one) => one.at);
  const posts = next ? [...reached, next.at] : reached;
  return [...new Set(posts.length ? posts : petition.thresholds.slice(0, 1).map((one) => one.at))];
}
