/**
 * A report is a thing that is broken, at a place. It waits unseen until its maker confirms it; from then on
 * everyone sees it. Staff move it through the states of the table below; anyone may say whether it is really
 * fixed; the maker may reopen it for 60 days, others when enough of them say the same.
 */
import { type Decision, type Machine, refuse, step } from '../kit/decide.ts';
import { groupOf, type ReportState } from './plain.ts';

export type StaffCommand =
  | 'triage'
  | 'investigate'
  | 'plan'
  | 'schedule'
  | 'start'
  | 'fix'
  | 'mark_duplicate'
  | 'not_ours'
  | 'cannot_fix'
  | 'refer'
  | 'close'
  | 'reopen';
export type ReportCommand = StaffCommand | 'confirm' | 'withdraw' | 'say_fixed' | 'say_not_fixed';

export const STAFF_COMMANDS: readonly StaffCommand[] = [
  'triage',
  'investigate',
  'plan',
  'schedule',
  'start',
  'fix',
  'mark_duplicate',
  'not_ours',
  'cannot_fix',
  'refer',
  'close',
  'reopen',
];

const whileOpen = {
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
} as const;
const whenEnded = { reopen: 'investigating', say_not_fixed: 'new' } as const;

/** The whole life of a report. The help page draws this table and the table test walks it. */
export const reportMachine: Machine<ReportState, ReportCommand> = {
  unconfirmed: { confirm: 'new', withdraw: 'cancelled_by_reporter' },
  new: whileOpen,
  for_triage: { ...whileOpen, triage: undefined },
  investigating: { ...whileOpen, investigate: undefined },
  planned: { ...whileOpen, plan: undefined },
  action_scheduled: { ...whileOpen, schedule: undefined },
  in_progress: { ...whileOpen, start: undefined },
  fixed_by_council: whenEnded,
  fixed_by_resident: { ...whenEnded, fix: 'fixed_by_council' },
  duplicate: { reopen: 'investigating' },
  not_responsible: whenEnded,
  unable_to_fix: whenEnded,
  internal_referral: {
    ...whenEnded,
    ...whileOpen,
    refer: undefined,
    withdraw: undefined,
    say_fixed: undefined,
  },
  no_further_action: whenEnded,
  cancelled_by_reporter: { reopen: 'investigating' },
};

/** Numbers a council may change; these are the defaults. */
export type ReportSettings = {
  /** minutes in which the maker may still edit or withdraw */
  editMinutes: number;
  /** days in which the maker may reopen */
  reopenDays: number;
  /** how many other people must say "not fixed" before it reopens */
  reopenSupport: number;
  /** days after which the maker is asked "was it fixed?", where no date was promised */
  askAfterDays: number;
  /** the same, after the date that was promised */
  askAfterExpectedDays: number;
};
export const reportDefaults: ReportSettings = {
  editMinutes: 30,
  reopenDays: 60,
  reopenSupport: 3,
  askAfterDays: 28,
  askAfterExpectedDays: 7,
};

export type ReportFacts = {
  id: number;
  state: ReportState;
  stateAt: Date;
  confirmedAt: Date | null;
  duplicateOf: number | null;
  hidden: boolean;
};

export type StateChange = { state: ReportState; duplicateOf: number | null };
export type ReportEvent =
  | { type: 'report.confirmed' }
  | { type: 'report.state_changed'; data: { from: ReportState; to: ReportState } }
  | { type: 'report.supported' }
  | { type: 'report.commented' };

type StateDecision<R extends string> = Decision<StateChange, ReportEvent, R>;

const moved = (
  report: ReportFacts,
  to: ReportState,
  duplicateOf: number | null = null,
): StateDecision<never> => ({
  ok: true,
  next: { state: to, duplicateOf },
  events: [{ type: 'report.state_changed', data: { from: report.state, to } }],
});

/** The maker pressed the button on the page that the mail links to. */
export function confirmReport(report: ReportFacts): StateDecision<'already_confirmed'> {
  const to = step(reportMachine, report.state, 'confirm');
  return to
    ? { ok: true, next: { state: to, duplicateOf: null }, events: [{ type: 'report.confirmed' }] }
    : refuse('already_confirmed');
}

/** Staff move a report. A duplicate must name another report that is not itself a duplicate of this one. */
export function changeState(
  report: ReportFacts,
  command: StaffCommand,
  original: { id: number; duplicateOf: number | null } | null,
): StateDecision<'not_from_this_state' | 'original_needed' | 'duplicate_of_itself'> {
  const to = step(reportMachine, report.state, command);
  if (!to) return refuse('not_from_this_state');
  if (to !== 'duplicate') return moved(report, to);
  if (!original) return refuse('original_needed');
  if (original.id === report.id || original.duplicateOf === report.id) return refuse('duplicate_of_itself');
  return moved(report, to, original.duplicateOf ?? original.id);
}

/** What the maker may still do to their own words. */
export const mayEdit = (report: ReportFacts, now: Date, settings: ReportSettings): boolean =>
  groupOf(report.state) === 'open' &&
  (report.confirmedAt === null ||
    now.getTime() - report.confirmedAt.getTime() <= settings.editMinutes * 60_000);

/** The maker takes it back: only within the first minutes, so that work under way is not lost. */
export function withdraw(
  report: ReportFacts,
  now: Date,
  settings: ReportSettings,
): StateDecision<'too_late' | 'not_from_this_state'> {
  const to = step(reportMachine, report.state, 'withdraw');
  if (!to) return refuse('not_from_this_state');
  return mayEdit(report, now, settings) ? moved(report, to) : refuse('too_late');
}

export type Verdict = {
  fixed: boolean;
  byReporter: boolean;
  /** others (not the maker) who say it is not fixed since the last change of state, this one included */
  othersNotFixed: number;
};

/**
 * Somebody says whether it is really fixed. The maker's "fixed" closes an open report; a "not fixed" reopens an
 * ended one at once from the maker (for 60 days), else when three people say the same. Otherwise the words are
 * kept and nothing moves.
 */
export function sayWhetherFixed(
  report: ReportFacts,
  verdict: Verdict,
  now: Date,
  settings: ReportSettings,
): Decision<StateChange | null, ReportEvent, 'not_confirmed'> {
  if (report.state === 'unconfirmed') return refuse('not_confirmed');
  const stays = { ok: true, next: null, events: [] } as const;
  if (verdict.fixed) {
    const to = verdict.byReporter ? step(reportMachine, report.state, 'say_fixed') : null;
    return to ? moved(report, to) : { ...stays, events: [] };
  }
  const to = step(reportMachine, report.state, 'say_not_fixed');
  const inTime = now.getTime() - report.stateAt.getTime() <= settings.reopenDays * 86_400_000;
  const enough = verdict.byReporter || verdict.othersNotFixed >= settings.reopenSupport;
  return to && inTime && enough ? moved(report, to) : { ...stays, events: [] };
}
