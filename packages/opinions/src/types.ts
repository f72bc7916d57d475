/** What goes in and what comes out: plain data, no classes, everything survives `structuredClone`. */

/** +1 agree, −1 disagree, 0 pass. A statement that a person has not voted on is missing, never 0. */
export type VoteValue = 1 | 0 | -1;

/** One vote. `time` is any number that grows (milliseconds, a sequence); give it on all votes or on none. */
export interface Vote {
  readonly person: string;
  readonly statement: string;
  readonly vote: number;
  readonly time?: number;
}

/** `in` and `waiting` statements are mapped alike; `out` ones are zero for everybody and never listed. */
export type Moderation = 'in' | 'waiting' | 'out';

/** What is known of a statement beside its votes. A statement that nobody has seen is known only by this. */
export interface StatementInfo {
  readonly id: string;
  readonly text?: string;
  readonly moderation?: Moderation;
  /** A statement about the conversation itself ("I live here"): not mapped, but asked of everyone early. */
  readonly meta?: boolean;
}

/** What the map remembers of earlier maps; see "History" in the README. Plain data. */
export interface History {
  /** People once placed, who stay placed. */
  readonly placed: readonly string[];
  /** The number of groups shown, and how many updates running `candidate` has won against it. */
  readonly k: number;
  readonly candidate: number;
  readonly wins: number;
  /** Who was in which group, so that a group keeps its number while the groups shift a little. */
  readonly groupOf: Readonly<Record<string, number>>;
}

export interface Options {
  /** The number that means "agree" in the votes given: 1 (default), or −1 as inside a Polis server. */
  readonly agree?: 1 | -1;
  readonly statements?: readonly StatementInfo[];
  /** Seed of the grouping (32-bit integer, default 1). Nothing else is random. */
  readonly seed?: number;
  /** Fewest and most groups tried (default 2 and 5). Equal numbers fix the count. */
  readonly groups?: { readonly min?: number; readonly max?: number };
  /** Groups known already (person id → any label): nothing is clustered, these people are the placed ones. */
  readonly given?: Readonly<Record<string, string>>;
  /** Restarts of k-means for each count (default 20). */
  readonly restarts?: number;
  /** Updates running that a new count of groups must win before it shows (default 4). */
  readonly patience?: number;
  readonly history?: History;
}

/** One person: position in units of the map, `group` an index into `groups`, or null where not placed. */
export interface PersonRow {
  readonly id: string;
  readonly votes: number;
  readonly agrees: number;
  readonly disagrees: number;
  readonly passes: number;
  readonly x: number;
  readonly y: number;
  readonly placed: boolean;
  readonly group: number | null;
}

/** One statement. Counts are of final votes of everyone, placed or not, also where it is moderated out. */
export interface StatementRow {
  readonly id: string;
  readonly text: string | null;
  readonly moderation: Moderation;
  readonly meta: boolean;
  readonly agrees: number;
  readonly disagrees: number;
  readonly passes: number;
  readonly seen: number;
  /** Column mean over present votes, μ. 0 where nobody has voted, moderated out, or meta. */
  readonly mean: number;
  /** Loadings on the two components. */
  readonly loading1: number;
  readonly loading2: number;
  /** Point of a person who only agrees with this statement; `extremity` is its length. */
  readonly x: number;
  readonly y: number;
  readonly extremity: number;
  /** Group-informed consensus, between 0 and 1; 1 where there are no groups. */
  readonly consensus: number;
  /** How far groups are apart on it: largest less smallest (agrees + 1) / (seen + 2); 0 with fewer than two. */
  readonly division: number;
  /** Weight with which it is drawn next, if it is not moderated out. */
  readonly priority: number;
}

export interface Tally {
  readonly agrees: number;
  readonly disagrees: number;
  readonly seen: number;
}

export interface GroupRow {
  readonly id: number;
  /** The label given, or a letter: A for group 0. */
  readonly label: string;
  readonly size: number;
  readonly x: number;
  readonly y: number;
  readonly members: readonly string[];
  /** Votes of its members, in the order of `statements` of the map. */
  readonly votes: readonly Tally[];
}

export interface Representative {
  readonly statement: string;
  readonly direction: 'agree' | 'disagree';
  /** Members who voted in that direction, and members who saw it. */
  readonly success: number;
  readonly trials: number;
  /** (success + 1) / (trials + 2) and its test against one half. */
  readonly share: number;
  readonly shareTest: number;
  /** How much likelier than in the other groups together, and the two-proportion z. */
  readonly ratio: number;
  readonly ratioTest: number;
  /** The statement the group agrees with most distinctly, listed first whether or not it passes. */
  readonly bestAgreed: boolean;
}

export interface ConsensusRow {
  readonly statement: string;
  readonly success: number;
  readonly trials: number;
  readonly share: number;
  readonly shareTest: number;
}

export interface Clustering {
  /** Groups shown. 0 where nobody is placed. */
  readonly k: number;
  /** The count that wins on these votes alone, and its updates running. */
  readonly candidate: number;
  readonly wins: number;
  readonly tried: readonly { readonly k: number; readonly silhouette: number; readonly inertia: number }[];
  /** People on whom the silhouette was measured: all placed, or an even sample above the limit. */
  readonly measuredOn: number;
}

/** The whole opinion map. People and statements are in id order (numbers first, by size, then text). */
export interface OpinionMap {
  readonly totals: {
    readonly people: number;
    readonly statements: number;
    readonly votes: number;
    readonly placed: number;
  };
  /** Eigenvalues with n − 1, share of all variance explained, and the largest ‖Av − λv‖ / λ₁ left. */
  readonly components: {
    readonly eigenvalues: readonly [number, number];
    readonly explained: readonly [number, number];
    readonly residual: number;
  };
  readonly people: readonly PersonRow[];
  readonly statements: readonly StatementRow[];
  readonly groups: readonly GroupRow[];
  readonly clustering: Clustering;
  /** For each group, in the order of `groups`. */
  readonly representative: readonly (readonly Representative[])[];
  readonly consensus: { readonly agree: readonly ConsensusRow[]; readonly disagree: readonly ConsensusRow[] };
}
