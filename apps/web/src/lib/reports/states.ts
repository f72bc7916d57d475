/** The exact states of a report in words: more than a page needs that shows one of them. */
import type { ReportState } from '@folkmoot/core/reports/plain';
import { m } from '@folkmoot/words';

const states: Record<ReportState, () => string> = {
  unconfirmed: m.reports_state_unconfirmed,
  new: m.reports_state_new,
  for_triage: m.reports_state_for_triage,
  investigating: m.reports_state_investigating,
  planned: m.reports_state_planned,
  action_scheduled: m.reports_state_action_scheduled,
  in_progress: m.reports_state_in_progress,
  fixed_by_council: m.reports_state_fixed_by_council,
  fixed_by_resident: m.reports_state_fixed_by_resident,
  duplicate: m.reports_state_duplicate,
  not_responsible: m.reports_state_not_responsible,
  unable_to_fix: m.reports_state_unable_to_fix,
  internal_referral: m.reports_state_internal_referral,
  no_further_action: m.reports_state_no_further_action,
  cancelled_by_reporter: m.reports_state_cancelled_by_reporter,
};
/** "On the list of work": the exact state. */
export const stateWord = (state: ReportState): string => states[state]();
