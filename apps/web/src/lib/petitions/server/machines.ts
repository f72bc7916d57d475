/** The three machines of a petition in words, made from the very tables that decide. */
import { debateMachine, petitionMachine, responseMachine } from '@folkmoot/core/petitions/rules';
import type { StateGroup } from '@folkmoot/ui/icons';
import { m } from '@folkmoot/words';
import { drawn } from '#lib/server/machines.ts';

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

/** Each state in the order of the table, with what leads on from it and where to. */
export const drawnMachines = () =>
  Object.entries(MACHINES).map(([name, machine]) =>
    drawn(name, m.petitions_help_machine({ machine: name }), machine, {
      state: (state) => m.petitions_help_state({ state: `${name}_${state}` }),
      about: (state) => m.petitions_help_state_about({ state: `${name}_${state}` }),
      command: (command) => m.petitions_help_command({ command: `${name}_${command}` }),
      shape: (state) => SHAPES[`${name}_${state}`] ?? null,
    }),
  );
