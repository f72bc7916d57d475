/** The words of reports that browser code may import. Imports nothing. */

/** A report waits unseen until its maker confirms it; then it is open, and ends fixed or closed. */
export const REPORT_STATES = [
  'unconfirmed',
  'new',
  'for_triage',
  'investigating',
  'planned',
  'action_scheduled',
  'in_progress',
  'fixed_by_council',
  'fixed_by_resident',
  'duplicate',
  'not_responsible',
  'unable_to_fix',
  'internal_referral',
  'no_further_action',
  'cancelled_by_reporter',
] as const;
export type ReportState = (typeof REPORT_STATES)[number];

/** What the map and the lists show: a shape, a fill and a word. The circle fills as the work is done. */
export const REPORT_LOOKS = ['new', 'check', 'dated', 'fix', 'done', 'closed', 'passed'] as const;
export type ReportLook = (typeof REPORT_LOOKS)[number];

export const LOOK_OF: Readonly<Record<ReportState, ReportLook>> = {
  unconfirmed: 'new',
  new: 'new',
  for_triage: 'new',
  investigating: 'check',
  planned: 'dated',
  action_scheduled: 'dated',
  in_progress: 'fix',
  fixed_by_council: 'done',
  fixed_by_resident: 'done',
  duplicate: 'closed',
  not_responsible: 'passed',
  unable_to_fix: 'closed',
  internal_referral: 'passed',
  no_further_action: 'closed',
  cancelled_by_reporter: 'closed',
};

export const STATE_GROUPS = ['open', 'fixed', 'closed'] as const;
export type StateGroup = (typeof STATE_GROUPS)[number];
export const groupOf = (state: ReportState): StateGroup =>
  LOOK_OF[state] === 'done'
    ? 'fixed'
    : LOOK_OF[state] === 'closed' || LOOK_OF[state] === 'passed'
      ? 'closed'
      : 'open';

export const REPORT_SORTS = ['updated', 'new', 'supported', 'near'] as const;
export const REPORT_AGES = ['week', 'month', 'half_year', 'all'] as const;

/** The path of a report: the number is said on the phone, so it is the address, too. */
export const reportPath = (id: number): string => `/reports/${id}`;

/** What stands on a report's timeline: a change of state, words, or both; a verdict of a resident. */
export const REPORT_UPDATE_KINDS = ['state', 'answer', 'comment', 'verdict', 'question'] as const;
export type ReportUpdateKind = (typeof REPORT_UPDATE_KINDS)[number];

/** The pages of making a report, in their order. */
export const REPORT_PAGES = [
  'place',
  'category',
  'similar',
  'questions',
  'photos',
  'words',
  'you',
  'check',
] as const;
export type ReportPage = (typeof REPORT_PAGES)[number];
/** Most photos of one report by its maker. */
export const MOST_PHOTOS = 3;

/** What staff change of a report, as its history names it. */
export const DESK_CHANGES = ['state', 'assigned', 'moved', 'priority'] as const;
export type DeskChange = (typeof DESK_CHANGES)[number];
/** Ordinary, soon, at once: what a colleague thinks of it; the promise to residents does not change. */
export const PRIORITIES = [0, 1, 2] as const;

/** The views of the desk's queue. `needs`: new, or late, or the maker answered. */
export const QUEUE_VIEWS = ['needs', 'mine', 'fresh', 'open', 'ended'] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];
