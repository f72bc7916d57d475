/**
 * Personal data has an owner. Each domain's `personal.ts` names every column that holds any: why it is held, on
 * what lawful basis, until when, what an export gives and what erasure does. The notices on forms, export,
 * erasure, the nightly retention job and the draft impact assessment are made from these rows; a test fails on a
 * text, inet or point column that no row names.
 */
export type PersonalColumn = {
  /** `table.column`, as in the database */
  column: string;
  /** plain words, shown to people */
  why: { en: string; cy: string };
  basis: 'public_task' | 'consent' | 'legal_obligation' | 'legitimate_interest';
  /** when it goes by itself */
  kept: Kept | 'with_account' | 'permanent';
  /** whether "what is held about me" gives it out */
  export: boolean;
  /** what erasure does to it */
  erase: 'delete_row' | 'null' | 'keep' | { set: string };
  /** what the nightly job does when its time is over; the same as erasure unless said */
  fades?: 'delete_row' | 'null' | { set: string };
  /** special category (UK GDPR article 9) */
  special?: boolean;
};

/**
 * `days` after the moment in the column `after` of the same table. `unless` names columns that stop it while one of
 * them holds something: an address nobody confirmed goes after two days, `unless: ['verified_at']`.
 */
export type Kept = { days: number; after: string; unless?: readonly string[] };

/** How a row leads to its person: a column with the person's id, or with the `key` of a row of theirs in `in`. */
export type OwnerLink = { column: string; in?: { table: string; key: string } };

/** Columns of a table that hold no personal data, though their type could: named so that nothing is forgotten. */
export type NotPersonal = { column: string; because: string };
export type PersonalData = {
  domain: string;
  holds: readonly PersonalColumn[];
  not: readonly NotPersonal[];
  /**
   * Whose a row is, by table; `person_id` unless named here. Several links: one of them is enough. An empty list: nobody's by
   * name (a visitor's draft), so it only fades. Erasure goes through tables in the order of `holds`: a row that
   * leads to its person through another comes before it.
   */
  owners?: Readonly<Record<string, readonly OwnerLink[]>>;
};

/**
 * What is told to a council in public is the record of a place: the words stay for good, the person behind them goes.
 * Erasure makes the account nobody's, and with it every name under what it said.
 */
export const publicRecord = (
  column: string,
  why: PersonalColumn['why'],
  more: Pick<PersonalColumn, 'special'> = {},
): PersonalColumn => ({
  column,
  why,
  basis: 'public_task',
  kept: 'permanent',
  export: true,
  erase: 'keep',
  ...more,
});
