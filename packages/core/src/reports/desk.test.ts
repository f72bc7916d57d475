import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answerFor,
  BLANKS,
  commandsFrom,
  fillTemplate,
  minutesOfWork,
  needsAPerson,
  openBlanks,
  undoChange,
  UNDO_MINUTES,
} from './desk.ts';
import { groupOf, REPORT_STATES } from './plain.ts';
import { reportMachine, STAFF_COMMANDS } from './rules.ts';

const today = '2025-10-16';
const now = new Date(`${today}T09:00:00Z`);

describe('what needs a person', () => {
  const quiet = { state: 'investigating', expectedOn: '2025-10-20', makerAnswered: false } as const;
  it.each([
    ['what is new', { ...quiet, state: 'new' as const }, true],
    ['what waits to be looked at', { ...quiet, state: 'for_triage' as const }, true],
    ['not what is being checked in time', quiet, false],
    ['not on the promised day itself', { ...quiet, expectedOn: today }, false],
    ['what is late', { ...quiet, expectedOn: '2025-10-15' }, true],
    ['what its maker answered', { ...quiet, makerAnswered: true }, true],
    ['not what was promised for no day', { ...quiet, expectedOn: null }, false],
    [
      'nothing that has ended',
      { state: 'unable_to_fix' as const, expectedOn: '2025-01-01', makerAnswered: true },
      false,
    ],
  ])('%s', (_, item, needs) => {
    expect(needsAPerson(item, today)).toBe(needs);
  });

  it('takes at least a minute while there is one, and never less for more', () => {
    expect(minutesOfWork(0)).toBe(0);
    fc.assert(
      fc.property(fc.nat(500), (n) => {
        expect(minutesOfWork(n + 1)).toBeGreaterThanOrEqual(Math.max(1, minutesOfWork(n)));
      }),
    );
  });
});

describe('what staff may do from a state', () => {
  it('is what the table allows, for every state', () => {
    for (const state of REPORT_STATES)
      for (const command of STAFF_COMMANDS)
        expect(commandsFrom(state).includes(command)).toBe(reportMachine[state][command] !== undefined);
  });
  it('offers a fix for everything open, and opening again for nearly all that ended', () => {
    for (const state of REPORT_STATES)
      if (state !== 'unconfirmed')
        expect(commandsFrom(state)).toContain(groupOf(state) === 'open' ? 'fix' : 'reopen');
  });
});

describe('taking a change back', () => {
  const change = { byPerson: 'dylan', at: now, undoneAt: null, newest: true };
  const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  it.each([
    ['his own, in time', change, 'dylan', 1, true],
    ['to the last moment', change, 'dylan', UNDO_MINUTES, true],
    ['not later', change, 'dylan', UNDO_MINUTES + 0.01, 'too_late'],
    ['not a colleague’s', change, 'sunita', 1, 'nothing_to_undo'],
    ['not twice', { ...change, undoneAt: now }, 'dylan', 1, 'nothing_to_undo'],
    ['not what somebody changed since', { ...change, newest: false }, 'dylan', 1, 'changed_meanwhile'],
    ['not nothing', null, 'dylan', 1, 'nothing_to_undo'],
  ])('%s', (_, it, who, minutes, said) => {
    const result = undoChange(it, who, after(minutes));
    expect(result.ok || result.refused).toBe(said);
  });
});

describe('ready-made answers', () => {
  it('fill what is known and leave the rest for the officer to see', () => {
    const text = 'We mend {place} by {expected}. {unknown} stays.';
    const filled = fillTemplate(text, { place: 'Weir Street', expected: null });
    expect(filled).toBe('We mend Weir Street by {expected}. {unknown} stays.');
    expect(openBlanks(filled)).toEqual(['expected', 'unknown']);
  });

  it('have no blank left once everything is known, and change nothing else', () => {
    const piece = fc.oneof(
      fc.constantFrom(...BLANKS).map((name) => `{${name}}`),
      fc.stringMatching(/^[a-z .]{0,8}$/),
    );
    const facts = Object.fromEntries(BLANKS.map((name) => [name, name.toUpperCase()]));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const filled = fillTemplate(pieces.join(''), facts);
        expect(openBlanks(filled)).toEqual([]);
        expect(filled).toBe(
          pieces.map((one) => (one.startsWith('{') ? one.slice(1, -1).toUpperCase() : one)).join(''),
        );
      }),
    );
  });
});

describe('a ready-made answer belongs to its decision', () => {
  const ready = [
    { id: 'a', command: 'investigate', text: 'Someone will look.' },
    { id: 'b', command: 'fix', text: 'It is done.' },
    { id: 'c', command: 'fix', text: 'Mended.' },
  ] as const;
  it.each([
    ['the chosen one is said', 'investigate', null, 'a', 'Someone will look.'],
    ['also when it stands in the box', 'investigate', 'Someone will look. ', 'a', 'Someone will look.'],
    ['another decision says its own', 'fix', 'Someone will look.', 'a', 'It is done.'],
    ['without a script, too', 'fix', null, 'a', 'It is done.'],
    ['or nothing where it has none', 'start', 'Someone will look.', 'a', null],
    ['what an officer wrote stays', 'fix', 'Someone will look tomorrow.', 'a', 'Someone will look tomorrow.'],
    ['own words need no answer chosen', 'fix', 'Filled in.', null, 'Filled in.'],
    ['the one chosen among several', 'fix', null, 'c', 'Mended.'],
    ['silence is silence', 'fix', null, null, null],
  ] as const)('%s', (_what, command, typed, chosen, said) => {
    expect(answerFor(command, typed, chosen, ready)).toBe(said);
  });
});
