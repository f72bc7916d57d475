/**
 * The opinion map: people vote agree, disagree or pass on short statements, and the map shows where they
 * stand, which groups they form, what each group says, what everybody shares, and what to ask next.
 */
export { map } from './map.ts';
export { begin, nothing, update } from './state.ts';
export type { State } from './state.ts';
export { nextStatement } from './priorities.ts';
export { adjustedRand } from './compare.ts';
export type {
  Clustering,
  ConsensusRow,
  GroupRow,
  History,
  Moderation,
  OpinionMap,
  Options,
  PersonRow,
  Representative,
  StatementInfo,
  StatementRow,
  Tally,
  Vote,
} from './types.ts';
