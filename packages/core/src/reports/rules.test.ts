import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { step } from '../kit/decide.ts';
import { groupOf, LOOK_OF, REPORT_LOOKS, REPORT_STATES, type ReportState } from './plain.ts';
import {
  changeState,
  confirmReport,
  mayEdit,
  type ReportCommand,
  reportDefaults,
  type ReportFacts,
  reportMachine,
  sayWhetherFixed,
  STAFF_COMMANDS,
  type StaffCommand,
  withdraw,
} from './rules.ts';

const COMMANDS: readonly ReportCommand[] = [
  ...STAFF_COMMANDS,
  'confirm',
  'withdraw',
  'say_fixed',
  'say_not_fixed',
];
const NOON = new Date('2025-10-16T12:00:00Z');
const MINUTE = 60_000;
const DAY = 86_400_000;
const later = (ms: number, from = NOON) => new Date(from.getTime() + ms);

const report = (state: ReportState, more: Partial<ReportFacts> = {}): ReportFacts => ({
  id: 7,
  state,
  stateAt: NOON,
  confirmedAt: state === 'unconfirmed' ? null : NOON,
  duplicateOf: state === 'duplicate' ? 3 : null,
  hidden: false,
  ...more,
});

/**
 * The whole table once more, by hand and in short words: what each command leads to from each state. A change of the
 * machine must be made here, too, by somebody who thought about it.
 */
const OPEN: Partial<Record<ReportCommand, ReportState>> = {
  triage: 'for_triage',
  investigate: 'investigating',
  plan: 'planned',
  schedule: 'action_scheduled',
  start: 'in_progress',
  fix: 'fixed_by_council',
  mark_duplicate: 'duplicate',
  not_ours: 'not_responsible',
  cannot_fix: 'unable_to_fix',
  refer: 'internal_referral',
  close: 'no_further_action',
  withdraw: 'cancelled_by_reporter',
  say_fixed: 'fixed_by_resident',
};
const without = (...commands: ReportCommand[]) =>
  Object.fromEntries(
    Object.entries(OPEN).filter(([command]) => !commands.includes(command as ReportCommand)),
  );
const ENDED = { reopen: 'investigating', say_not_fixed: 'new' };
const EXPECTED: Record<ReportState, Partial<Record<string, string>>> = {
  unconfirmed: { confirm: 'new', withdraw: 'cancelled_by_reporter' },
  new: OPEN,
  for_triage: without('triage'),
  investigating: without('investigate'),
  planned: without('plan'),
  action_scheduled: without('schedule'),
  in_progress: without('start'),
  fixed_by_council: ENDED,
  fixed_by_resident: { ...ENDED, fix: 'fixed_by_council' },
  duplicate: { reopen: 'investigating' },
  not_responsible: ENDED,
  unable_to_fix: ENDED,
  internal_referral: { ...without('refer', 'withdraw', 'say_fixed'), ...ENDED },
  no_further_action: ENDED,
  cancelled_by_reporter: { reopen: 'investigating' },
};

describe('The life of a report', () => {
  for (const from of REPORT_STATES) {
    it.each(COMMANDS)(`from ${from}, %s leads where the table says`, (command) => {
      expect(step(reportMachine, from, command)).toBe(EXPECTED[from][command] ?? null);
    });
  }

  it('has a look and a group for every state, and every look is used', () => {
    for (const state of REPORT_STATES) expect(['open', 'fixed', 'closed']).toContain(groupOf(state));
    expect(new Set(Object.values(LOOK_OF))).toEqual(new Set(REPORT_LOOKS));
  });

  it('can be walked from the start to every state, and never leaves the known ones', () => {
    const reached = new Set<ReportState>(['unconfirmed']);
    for (const state of reached)
      for (const to of Object.values(reportMachine[state])) {
        if (!to) continue;
        expect(REPORT_STATES).toContain(to);
        reached.add(to);
      }
    expect([...reached].sort()).toEqual([...REPORT_STATES].sort());
  });

  it('has no dead end but for those who give up: staff may reopen everything that ended', () => {
    for (const state of REPORT_STATES)
      if (groupOf(state) !== 'open') expect(step(reportMachine, state, 'reopen')).toBe('investigating');
  });
});

describe('Confirming', () => {
  it.each(REPORT_STATES)('works once: from %s', (state) => {
    const decided = confirmReport(report(state));
    if (state === 'unconfirmed')
      expect(decided).toEqual({
        ok: true,
        next: { state: 'new', duplicateOf: null },
        events: [{ type: 'report.confirmed' }],
      });
    else expect(decided).toEqual({ ok: false, refused: 'already_confirmed' });
  });
});

const anyState = fc.constantFrom(...REPORT_STATES);
const anyStaffCommand = fc.constantFrom(...STAFF_COMMANDS);
const anyId = fc.integer({ min: 1, max: 6 });

describe('Staff move a report', () => {
  it('by the table, and say from where to where', () => {
    fc.assert(
      fc.property(anyState, anyStaffCommand, (state, command) => {
        const decided = changeState(report(state), command, { id: 3, duplicateOf: null });
        const to = step(reportMachine, state, command);
        if (!to) expect(decided).toEqual({ ok: false, refused: 'not_from_this_state' });
        else
          expect(decided).toMatchObject({
            ok: true,
            next: { state: to, duplicateOf: to === 'duplicate' ? 3 : null },
            events: [{ type: 'report.state_changed', data: { from: state, to } }],
          });
      }),
    );
  });

  it('names an original for a duplicate', () => {
    expect(changeState(report('new'), 'mark_duplicate', null)).toEqual({
      ok: false,
      refused: 'original_needed',
    });
    expect(changeState(report('new'), 'mark_duplicate', { id: 7, duplicateOf: null })).toEqual({
      ok: false,
      refused: 'duplicate_of_itself',
    });
  });

  it('never makes a duplicate of itself, of its own duplicate, or of another duplicate', () => {
    type Row = { id: number; state: ReportState; duplicateOf: number | null };
    const marks = fc.array(fc.record({ what: anyId, original: anyId, reopen: fc.boolean() }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(marks, (list) => {
        const rows = new Map<number, Row>(
          [1, 2, 3, 4, 5, 6].map((id) => [id, { id, state: 'new', duplicateOf: null }]),
        );
        for (const { what, original, reopen } of list) {
          const row = rows.get(what)!;
          const command: StaffCommand = reopen && row.state === 'duplicate' ? 'reopen' : 'mark_duplicate';
          const other = rows.get(original)!;
          // those that point here are moved along by the desk in the same transaction
          const decided = changeState(report(row.state, { ...row }), command, other);
          if (!decided.ok) continue;
          expect(decided.next.duplicateOf).not.toBe(row.id);
          Object.assign(row, decided.next);
          for (const follower of rows.values())
            if (follower.duplicateOf === row.id && row.duplicateOf) follower.duplicateOf = row.duplicateOf;
        }
        for (const row of rows.values()) {
          expect(row.duplicateOf === null).toBe(row.state !== 'duplicate');
          if (row.duplicateOf !== null) expect(rows.get(row.duplicateOf)!.duplicateOf).toBeNull();
        }
      }),
    );
  });
});

describe('The maker', () => {
  it.each([
    [0, true],
    [29 * MINUTE, true],
    [30 * MINUTE, true],
    [30 * MINUTE + 1, false],
    [2 * DAY, false],
  ])('may edit and take back %d ms after confirming: %s', (ms, may) => {
    expect(mayEdit(report('new'), later(ms), reportDefaults)).toBe(may);
    const back = withdraw(report('new'), later(ms), reportDefaults);
    expect(back).toMatchObject(
      may ? { ok: true, next: { state: 'cancelled_by_reporter' } } : { ok: false, refused: 'too_late' },
    );
  });

  it('may not edit what has ended, and may edit what nobody has seen', () => {
    expect(mayEdit(report('fixed_by_council'), NOON, reportDefaults)).toBe(false);
    expect(mayEdit(report('unconfirmed'), later(40 * DAY), reportDefaults)).toBe(true);
    expect(withdraw(report('fixed_by_council'), NOON, reportDefaults)).toEqual({
      ok: false,
      refused: 'not_from_this_state',
    });
  });
});

const verdict = (fixed: boolean, byReporter: boolean, othersNotFixed = byReporter ? 0 : 1) => ({
  fixed,
  byReporter,
  othersNotFixed,
});

describe('Is it really fixed?', () => {
  it('closes an open report when its maker says so, and never when others do', () => {
    fc.assert(
      fc.property(anyState, fc.boolean(), (state, byReporter) => {
        const decided = sayWhetherFixed(report(state), verdict(true, byReporter), NOON, reportDefaults);
        if (state === 'unconfirmed') {
          expect(decided).toEqual({ ok: false, refused: 'not_confirmed' });
          return;
        }
        const closes = byReporter && step(reportMachine, state, 'say_fixed') !== null;
        expect(decided).toMatchObject(
          closes ? { ok: true, next: { state: 'fixed_by_resident' } } : { ok: true, next: null, events: [] },
        );
      }),
    );
  });

  it.each([
    ['the maker at once', true, 0, 1 * DAY, 'new'],
    ['the maker on the sixtieth day', true, 0, 60 * DAY, 'new'],
    ['the maker later', true, 0, 60 * DAY + 1, null],
    ['one other', false, 1, 1 * DAY, null],
    ['two others', false, 2, 1 * DAY, null],
    ['the third other', false, 3, 1 * DAY, 'new'],
    ['three others too late', false, 3, 61 * DAY, null],
  ])('not fixed, says %s', (_, byReporter, others, ms, to) => {
    const decided = sayWhetherFixed(
      report('fixed_by_council'),
      verdict(false, byReporter, others),
      later(ms),
      reportDefaults,
    );
    expect(decided).toMatchObject({ ok: true, next: to ? { state: to } : null });
  });

  it('follows what the council chose for days and voices', () => {
    const settings = { ...reportDefaults, reopenDays: 5, reopenSupport: 1 };
    const one = verdict(false, false, 1);
    expect(sayWhetherFixed(report('unable_to_fix'), one, later(4 * DAY), settings)).toMatchObject({
      next: { state: 'new' },
    });
    expect(sayWhetherFixed(report('unable_to_fix'), one, later(6 * DAY), settings)).toMatchObject({
      next: null,
    });
  });

  it('leaves a duplicate and what was taken back where they are', () => {
    for (const state of ['duplicate', 'cancelled_by_reporter'] as const)
      expect(sayWhetherFixed(report(state), verdict(false, true), NOON, reportDefaults)).toMatchObject({
        next: null,
      });
  });
});

describe('Any story of a report', () => {
  const act = fc.oneof(
    fc.record({ kind: fc.constant('staff' as const), command: anyStaffCommand }),
    fc.record({ kind: fc.constant('confirm' as const) }),
    fc.record({ kind: fc.constant('withdraw' as const) }),
    fc.record({
      kind: fc.constant('verdict' as const),
      fixed: fc.boolean(),
      byReporter: fc.boolean(),
      othersNotFixed: fc.integer({ min: 0, max: 5 }),
    }),
  );
  it('stays within the states, tells of every move, and is a duplicate only with an original', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(act, fc.integer({ min: 0, max: 90 })), { maxLength: 40 }), (story) => {
        let it = report('unconfirmed');
        let now = NOON;
        for (const [one, days] of story) {
          now = later(days * DAY, now);
          const decided =
            one.kind === 'staff'
              ? changeState(it, one.command, { id: 3, duplicateOf: null })
              : one.kind === 'confirm'
                ? confirmReport(it)
                : one.kind === 'withdraw'
                  ? withdraw(it, now, reportDefaults)
                  : sayWhetherFixed(it, one, now, reportDefaults);
          if (!decided.ok || !decided.next) continue;
          expect(decided.events).toHaveLength(1);
          const { state, duplicateOf } = decided.next;
          expect(REPORT_STATES).toContain(state);
          expect(state === 'duplicate').toBe(duplicateOf !== null);
          expect(it.state === 'unconfirmed' || state !== 'unconfirmed').toBe(true);
          it = {
            ...it,
            state,
            duplicateOf,
            stateAt: now,
            confirmedAt: it.confirmedAt ?? (state === 'new' ? now : null),
          };
        }
      }),
      { numRuns: 500 },
    );
  });
});
