/** A machine of states in words, made from the very table that decides. */
import type { Machine } from '@folkmoot/core/kit/decide';
import type { StateGroup } from '@folkmoot/ui/icons';

type Words = {
  state: (state: string) => string;
  about: (state: string) => string;
  command: (command: string) => string;
  shape: (state: string) => StateGroup | null;
};
export type Way = { command: string; words: string; to: string; name: string; stays: boolean };
export type DrawnState = {
  id: string;
  name: string;
  about: string;
  shape: StateGroup | null;
  ways: Way[];
  /** what stands in the place of the ways, where there are none of its own */
  instead?: string;
};
export type DrawnMachine = { id: string; title: string; states: DrawnState[] };

/** Each state in the order of the table, with what leads on from it and where to. */
export function drawn(
  id: string,
  title: string,
  machine: Machine<string, string>,
  words: Words,
): DrawnMachine {
  const idOf = (state: string) => `${id}_${state}`;
  const waysOf = (state: string): Way[] =>
    Object.entries(machine[state] ?? {}).flatMap(([command, to]) =>
      to
        ? {
            command,
            words: words.command(command),
            to: idOf(to),
            name: words.state(to),
            stays: to === state,
          }
        : [],
    );
  const states = Object.keys(machine).map((state) => ({
    id: idOf(state),
    name: words.state(state),
    about: words.about(state),
    shape: words.shape(state),
    ways: waysOf(state),
  }));
  return { id, title, states };
}

/**
 * The ways that all of these states share, but for those that would lead a state to itself; null where one of them
 * has a way of its own, so that nothing is said of all that does not hold for each.
 */
export function shared(states: readonly DrawnState[]): Way[] | null {
  const all = new Map(states.flatMap(({ ways }) => ways).map((way) => [way.command, way]));
  const same = states.every(({ id, ways }) => {
    const mine = new Map(ways.map((way) => [way.command, way.to]));
    return [...all.values()].every(({ command, to }) =>
      to === id ? !mine.has(command) : mine.get(command) === to,
    );
  });
  return same ? [...all.values()] : null;
}
