/** The page "How petitions work" is drawn from the rules: whoever adds a state or a step must find words for it. */
import { debateMachine, petitionMachine, responseMachine } from '@folkmoot/core/petitions/rules';
import { BASES, COUNCIL_STEPS, PETITION_FACETS } from '@folkmoot/core/petitions/plain';
import { m } from '@folkmoot/words';
import { describe, expect, it } from 'vitest';

const MACHINES = { petition: petitionMachine, response: responseMachine, debate: debateMachine } as const;
const LOCALES = ['en', 'cy'] as const;
const UNKNOWN = '?';

const states = Object.entries(MACHINES).flatMap(([name, machine]) =>
  Object.keys(machine).map((state) => `${name}_${state}`),
);
const commands = [
  ...new Set(
    Object.entries(MACHINES).flatMap(([name, machine]) =>
      Object.values(machine).flatMap((from) => Object.keys(from).map((command) => `${name}_${command}`)),
    ),
  ),
];

describe.each(LOCALES)('Mair reads how petitions work, in %s', (locale) => {
  it.each(states)('what %s is, and what it means for her', (state) => {
    expect(m.petitions_help_state({ state }, { locale })).not.toBe(UNKNOWN);
    expect(m.petitions_help_state_about({ state }, { locale })).not.toBe(UNKNOWN);
  });

  it.each(commands)('what %s is called in her words', (command) => {
    expect(m.petitions_help_command({ command }, { locale })).not.toBe(UNKNOWN);
  });

  it('what the council may do, who may sign, and the name of each list', () => {
    for (const step of COUNCIL_STEPS)
      expect(m.petitions_council_step({ step }, { locale })).not.toBe(UNKNOWN);
    for (const basis of BASES) expect(m.petitions_help_basis({ basis }, { locale })).not.toBe(UNKNOWN);
    const lists = PETITION_FACETS.map((facet) => m.petitions_facet({ facet }, { locale }));
    expect(new Set(lists).size).toBe(PETITION_FACETS.length);
  });
});

it('says it in two languages, not in one twice', () => {
  const said = (locale: 'en' | 'cy') => [
    ...states.flatMap((state) => [
      m.petitions_help_state({ state }, { locale }),
      m.petitions_help_state_about({ state }, { locale }),
    ]),
    ...commands.map((command) => m.petitions_help_command({ command }, { locale })),
  ];
  const english = new Set(said('en'));
  expect(said('cy').filter((words) => english.has(words))).toEqual([]);
});
