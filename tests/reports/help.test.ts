/** The page "What happens to a report" is drawn from the rules: whoever adds a state or a step must find words for it. */
import { REPORT_STATES } from '@folkmoot/core/reports/plain';
import { reportMachine } from '@folkmoot/core/reports/rules';
import { m } from '@folkmoot/words';
import { describe, expect, it } from 'vitest';

const UNKNOWN = '?';
const commands = [...new Set(Object.values(reportMachine).flatMap((from) => Object.keys(from)))];
const wordsIn = (locale: 'en' | 'cy') => [
  ...REPORT_STATES.map((state) => m.reports_help_about({ state }, { locale })),
  ...commands.map((command) => m.reports_help_command({ command }, { locale })),
];

describe.each(['en', 'cy'] as const)('Mair reads what happens to a report, in %s', (locale) => {
  it('what each state means for her, and what each step is called', () => {
    expect(commands.length).toBeGreaterThan(10);
    expect(wordsIn(locale)).not.toContain(UNKNOWN);
    expect(new Set(wordsIn(locale)).size).toBe(REPORT_STATES.length + commands.length);
  });
});

it('says it in two languages, not in one twice', () => {
  const english = new Set(wordsIn('en'));
  expect(wordsIn('cy').filter((words) => english.has(words))).toEqual([]);
});
