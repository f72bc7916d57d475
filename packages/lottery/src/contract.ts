/** The words and shapes of the lottery, for those who call it. */

export type Method = 'leximin' | 'maximin' | 'nash' | 'legacy';

/** One value of one category, with how many of its people a panel must and may hold. */
export interface Quota {
  readonly category: string;
  readonly value: string;
  readonly min: number;
  readonly max: number;
  /** How low the minimum may be changed when the quotas cannot be met; absent: down to 0. */
  readonly minFlex?: number;
  /** How high the maximum may be changed; absent: up to the size of the panel. */
  readonly maxFlex?: number;
  /** The row of the file, for messages. */
  readonly row?: number;
}

export interface Person {
  readonly id: string;
  /** The value for each category; categories and values are compared trimmed and without case. */
  readonly values: Readonly<Record<string, string>>;
  /** People with the same household never sit on one panel; absent: nobody is their housemate. */
  readonly household?: string;
  readonly row?: number;
}

export interface LotteryInput {
  readonly size: number;
  readonly quotas: readonly Quota[];
  readonly people: readonly Person[];
}

/** Something wrong with the input: where it is, what it is, and how to put it right. */
export interface Mistake {
  readonly file: 'categories' | 'respondents' | 'confirmed' | 'options';
  readonly row?: number;
  readonly message: string;
  readonly fix: string;
}

/** One change of a quota that helps to make panels possible. */
export interface QuotaChange {
  readonly category: string;
  readonly value: string;
  readonly bound: 'minimum' | 'maximum';
  readonly from: number;
  readonly to: number;
}

export type Stage = 'feasibility' | 'coverage' | 'target' | 'panels' | 'proof' | 'rounding' | 'done';

export interface Progress {
  readonly stage: Stage;
  readonly text: string;
  /** Share of the stage's goal reached, from 0 to 1, where it can be told. */
  readonly share?: number;
  readonly panels: number;
  readonly seconds: number;
  readonly lowest?: number;
  readonly bound?: number;
}

export interface LotteryOptions {
  readonly method?: Method;
  /** A whole number: the same draw each time. Absent: chance from the operating system. */
  readonly seed?: number;
  /** Seconds after which the best lottery so far is given, with its certificate. */
  readonly timeLimit?: number;
  /** How many panels the uniform lottery has; 1,000 unless told. */
  readonly panels?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Chance {
  readonly id: string;
  /** The chance of being chosen under the exact lottery, before rounding to the equal panels. */
  readonly chance: number;
  /** On how many of the equal panels. */
  readonly count: number;
}

export interface Uncoverable {
  readonly id: string;
  readonly reason: string;
}

/** Figures over the people who are on some panel. */
export interface Figures {
  readonly lowest: number;
  readonly highest: number;
  readonly gini: number;
  readonly geometricMean: number;
  readonly atMinimum: number;
  readonly mean: number;
}

export interface Drawn {
  readonly kind: 'drawn';
  readonly method: Method;
  /** False when the time limit or the stop button came first: the lottery is valid, not proven the fairest. */
  readonly finished: boolean;
  readonly stoppedBy?: 'time limit' | 'stop';
  /** The lowest chance, z, and the proven bound that no lottery can exceed. */
  readonly lowest: number;
  readonly bound: number;
  /** For leximin: the most by which anyone's chance lies below the proven leximin value; 1e-6 when finished. */
  readonly shortfall?: number;
  /** For nash: a proven upper bound on the geometric mean of any lottery. */
  readonly geometricMeanBound?: number;
  readonly figures: Figures;
  readonly chances: readonly Chance[];
  /** The equal panels, ids sorted; the order of the panels is that of the draw. */
  readonly panels: readonly (readonly string[])[];
  readonly uncoverable: readonly Uncoverable[];
  readonly types: number;
  /** Different panels with a positive probability before rounding. */
  readonly support: number;
  /** The largest |count / panels − chance| of anyone, and how often the rounding was drawn again. */
  readonly largestShift: number;
  readonly redraws: number;
  readonly seconds: Readonly<Record<string, number>>;
  readonly randomness: string;
  readonly work: Readonly<Record<string, number>>;
}

export interface Invalid {
  readonly kind: 'invalid';
  readonly mistakes: readonly Mistake[];
}

export interface Impossible {
  readonly kind: 'impossible';
  readonly reason: string;
  readonly changes: readonly QuotaChange[];
  /** Whether the changes stay within min_flex and max_flex. */
  readonly withinFlex: boolean;
}

/** The limit came before a single panel was found. */
export interface NothingYet {
  readonly kind: 'nothing';
  readonly reason: string;
}

export type LotteryOutcome = Drawn | Invalid | Impossible | NothingYet;
