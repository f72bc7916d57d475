/** The three machines of a petition in words, made from the very tables that decide. */
import type { Machine } from '@folkmoot/core/kit/decide';
import { debateMachine, petitionMachine, responseMachine } from '@folkmoot/core/petitions/rules';
import type { StateGroup } from '@folkmoot/ui/icons';
import { m } from '@folkmoot/words';

export const MACHINES = {
  petition: petitionMachine,
  response: responseMachine,
  debate: debateMachine,
} as const;

/** The shape a state has in lists; a plain dot where nothing is asked of anybody. */
const SHAPES: Record<string, StateGroup> = {
  petition_draft: 'new',
  petition_gathering_supporters: 'new',
  petition_in_moderation: 'check',
  petition_returned: 'passed',
  petition_open: 'new',
  petition_rejected: 'closed',
  petition_closed: 'closed',
  petition_withdrawn: 'closed',
  petition_stopped: 'closed',
  response_awaiting: 'check',
  response_responded: 'done',
  debate_awaiting: 'fix',
  debate_scheduled: 'dated',
  debate_debated: 'done',
  debate_not_debated: 'closed',
};

function drawn(name: string, machine: Machine<string, string>) {
  const idOf = (state: string) => `${name}_${state}`;
  const nameOf = (state: string) => m.petitions_help_state({ state: idOf(state) });
  return {
    id: name,
    title: m.petitions_help_machine({ machine: name }),
    states: Object.entries(machine).map(([state, commands]) => ({
      id: idOf(state),
      name: nameOf(state),
      about: m.petitions_help_state_about({ state: idOf(state) }),
      shape: SHAPES[idOf(state)] ?? null,
      ways: Object.entries(commands).flatMap(([command, to]) =>
        to
          ? {
              command,
              words: m.petitions_help_command({ command: idOf(command) }),
              to: idOf(to),
              name: nameOf(to),
              stays: to === state,
            }
          : [],
      ),
    })),
  };
}

/** Each state in the order of the table, with what leads on from it and where to. */
export const drawnMachines = () => Object.entries(MACHINES).map(([name, machine]) => drawn(name, machine));
export type DrawnMachine = ReturnType<typeof drawn>;
