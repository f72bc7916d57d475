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
  kept: { days: number; after: string } | 'with_account' | 'permanent';
  /** whether "what is held about me" gives it out */
  export: boolean;
  /** what erasure does to it */
  erase: 'delete_row' | 'null' | 'keep' | { set: string };
  /** special category (UK GDPR article 9) */
  special?: boolean;
};

/** Columns of a table that hold no personal data, though their type could: named so that nothing is forgotten. */
export type NotPersonal = { column: string; because: string };
export type PersonalData = { domain: string; holds: readonly PersonalColumn[]; not: readonly NotPersonal[] };
