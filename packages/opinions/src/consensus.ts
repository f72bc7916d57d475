import type { Columns } from './columns.ts';
import { Z90, shareOf, shareTestOf } from './representative.ts';
import type { Tallies } from './tallies.ts';
import type { ConsensusRow } from './types.ts';

const MOST = 5;

/**
 * What everybody agrees with, and what everybody rejects: share over one half, its test over z90, the five
 * with the largest share · test. All people count, placed or not; zeroed columns never appear.
 */
export function consensusOfAll(columns: Columns, statements: readonly string[]) {
  const pick = (counts: Int32Array): ConsensusRow[] => {
    const rows: ConsensusRow[] = [];
    statements.forEach((statement, column) => {
      if (columns.zeroed[column]) return;
      const [success, trials] = [counts[column]!, columns.seen[column]!];
      const row = {
        statement,
        success,
        trials,
        share: shareOf(success, trials),
        shareTest: shareTestOf(success, trials),
      };
      if (row.share > 0.5 && row.shareTest > Z90) rows.push(row);
    });
    // The sort is stable: equal ones stay in id order.
    return rows.sort((a, b) => b.share * b.shareTest - a.share * a.shareTest).slice(0, MOST);
  };
  return { agree: pick(columns.agrees), disagree: pick(columns.disagrees) };
}

/** Group-informed consensus: Π over groups of (agrees + 1) / (seen + 2). High only where every group agrees. */
export function groupInformed(tallies: Tallies, column: number): number {
  let product = 1;
  for (let cell = column; cell < tallies.seen.length; cell += tallies.columns) {
    product *= shareOf(tallies.agrees[cell]!, tallies.seen[cell]!);
  }
  return product;
}

/** How far groups are apart: the largest less the smallest of those shares; 0 where fewer than two groups. */
export function divisionOf(tallies: Tallies, column: number): number {
  let [least, most] = [1, 0];
  for (let cell = column; cell < tallies.seen.length; cell += tallies.columns) {
    const share = shareOf(tallies.agrees[cell]!, tallies.seen[cell]!);
    least = Math.min(least, share);
    most = Math.max(most, share);
  }
  return Math.max(0, most - least);
}
