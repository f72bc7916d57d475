import type { Tallies } from './tallies.ts';
import { total } from './tallies.ts';
import type { Representative } from './types.ts';

/** One-sided 90 % point of the normal distribution, as the method states it. */
export const Z90 = 1.2816;
const MOST = 5;

interface Side {
  readonly success: number;
  readonly share: number;
  readonly shareTest: number;
  readonly ratio: number;
  readonly ratioTest: number;
}

interface Comparison {
  readonly column: number;
  readonly seen: number;
  readonly agree: Side;
  readonly disagree: Side;
}

/** Share with one imagined vote each way: (n + 1) / (seen + 2). */
export const shareOf = (votes: number, seen: number): number => (votes + 1) / (seen + 2);

/** Test of a share against one half: 2·√(seen + 1)·((n + 1)/(seen + 1) − ½). */
export const shareTestOf = (votes: number, seen: number): number =>
  2 * Math.sqrt(seen + 1) * ((votes + 1) / (seen + 1) - 0.5);

/** Two-proportion z with pooled variance and 1 added to all four counts; 0 where the pooled share is 1. */
export function twoProportions(votes: number, seen: number, otherVotes: number, otherSeen: number): number {
  const [a, n, b, m] = [votes + 1, seen + 1, otherVotes + 1, otherSeen + 1];
  const pooled = (a + b) / (n + m);
  if (pooled === 1) return 0;
  return (a / n - b / m) / Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
}

/**
 * The statements that say best what a group thinks and the others do not: at most five, agreements first.
 * `listed` is false for columns moderated out. O(columns).
 */
export function represent(
  tallies: Tallies,
  group: number,
  statements: readonly string[],
  listed: (column: number) => boolean,
): Representative[] {
  const passing: Comparison[] = [];
  let bestAgreed: Comparison | null = null;
  let best: Comparison | null = null;
  for (let column = 0; column < tallies.columns; column++) {
    if (!listed(column)) continue;
    const compared = compare(tallies, group, column);
    if (passes(compared)) passing.push(compared);
    if (!best || strength(compared) > strength(best)) best = compared;
    if (agreesBetter(compared, bestAgreed)) bestAgreed = compared;
  }
  passing.sort((a, b) => metric(b) - metric(a) || a.column - b.column);
  const only = bestAgreed ?? best;
  const list = passing.length > 0 ? inOrder(passing, bestAgreed) : only ? [only] : [];
  return list.map((compared) => present(compared, compared === bestAgreed, statements));
}

function inOrder(passing: readonly Comparison[], bestAgreed: Comparison | null): Comparison[] {
  const rest = passing.filter((compared) => compared !== bestAgreed);
  const list = (bestAgreed ? [bestAgreed, ...rest] : rest).slice(0, MOST);
  return [...list.filter((one) => !disagrees(one)), ...list.filter(disagrees)];
}

function compare(tallies: Tallies, group: number, column: number): Comparison {
  const cell = group * tallies.columns + column;
  const [agrees, disagreements, seen] = total(tallies, column);
  const own = {
    agrees: tallies.agrees[cell]!,
    disagrees: tallies.disagrees[cell]!,
    seen: tallies.seen[cell]!,
  };
  const others = seen - own.seen;
  return {
    column,
    seen: own.seen,
    agree: side(own.agrees, own.seen, agrees - own.agrees, others),
    disagree: side(own.disagrees, own.seen, disagreements - own.disagrees, others),
  };
}

function side(votes: number, seen: number, otherVotes: number, otherSeen: number): Side {
  return {
    success: votes,
    share: shareOf(votes, seen),
    shareTest: shareTestOf(votes, seen),
    ratio: shareOf(votes, seen) / shareOf(otherVotes, otherSeen),
    ratioTest: twoProportions(votes, seen, otherVotes, otherSeen),
  };
}

const significant = (one: Side): boolean => one.ratioTest > Z90 && one.shareTest > Z90;
const passes = ({ agree, disagree }: Comparison): boolean => significant(agree) || significant(disagree);
const strength = ({ agree, disagree }: Comparison): number => Math.max(agree.ratioTest, disagree.ratioTest);
/** The direction is that of the larger test; where they are equal, that of more votes, agreement first. */
const disagrees = ({ agree, disagree }: Comparison): boolean =>
  agree.ratioTest === disagree.ratioTest
    ? disagree.success > agree.success
    : disagree.ratioTest > agree.ratioTest;
const towards = (compared: Comparison): Side => (disagrees(compared) ? compared.disagree : compared.agree);

function metric(compared: Comparison): number {
  const { ratio, ratioTest, share, shareTest } = towards(compared);
  return ratio * ratioTest * share * shareTest;
}

function agreesBetter(one: Comparison, current: Comparison | null): boolean {
  if (one.agree.success === 0 && one.disagree.success === 0) return false;
  const mine = one.agree;
  if (!current) return mine.shareTest > Z90 || (mine.ratio > 1 && mine.share > 0.5);
  const best = current.agree;
  if (best.ratio > 1) {
    const product = (s: Side) => s.ratio * s.ratioTest * s.share * s.shareTest;
    return product(mine) > product(best);
  }
  return mine.share * mine.shareTest > best.share * best.shareTest;
}

function present(compared: Comparison, bestAgreed: boolean, statements: readonly string[]): Representative {
  return {
    statement: statements[compared.column]!,
    direction: disagrees(compared) ? 'disagree' : 'agree',
    trials: compared.seen,
    ...towards(compared),
    bestAgreed,
  };
}
