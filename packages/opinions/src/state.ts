import { mapTable } from './map.ts';
import type { History, OpinionMap, Options, Vote } from './types.ts';
import { emptyTable, merge, tabulate } from './votes.ts';
import type { VoteTable } from './votes.ts';

/** Everything an update needs. Plain data (typed arrays included): it survives `structuredClone`. */
export interface State {
  readonly votes: VoteTable;
  readonly options: Options;
  readonly history: History | null;
  readonly map: OpinionMap;
}

/** A state from nothing: `begin(votes, options).map` is `map(votes, options)`. */
export function begin(votes: readonly Vote[] = [], options: Options = {}): State {
  return advance(tabulate(votes, options.agree), options, options.history ?? null);
}

/**
 * The state after more votes; the old one stays as it was. Its map is, to the last bit, the map of all votes
 * from nothing with the old state's history: what history can change is only who stays placed, when another
 * count of groups shows, and which number a group bears. With `changes.history` null it is the map from
 * nothing, full stop. `changes` replaces options from now on (statements moderated, another seed).
 * Throws what `tabulate` throws, and TypeError where old votes have times and new ones have none.
 */
export function update(
  state: State,
  votes: readonly Vote[],
  changes: Omit<Options, 'history'> & { readonly history?: History | null } = {},
): State {
  const { history = state.history, ...rest } = changes;
  const { history: _, ...options } = { ...state.options, ...rest };
  return advance(merge(state.votes, tabulate(votes, options.agree)), options, history);
}

function advance(table: VoteTable, options: Options, history: History | null): State {
  const made = mapTable(table, history ? { ...options, history } : options);
  return { votes: table, options, history: remember(made), map: made };
}

/** What the next map must know of this one. */
export function remember(made: OpinionMap): History {
  const { k, candidate, wins } = made.clustering;
  const placed = made.people.filter((person) => person.placed);
  return {
    placed: placed.map(({ id }) => id),
    k,
    candidate,
    wins,
    groupOf: Object.fromEntries(placed.map(({ id, group }) => [id, group ?? 0])),
  };
}

/** A state without votes, to update from. */
export const nothing: State = {
  votes: emptyTable,
  options: {},
  history: null,
  map: mapTable(emptyTable),
};
