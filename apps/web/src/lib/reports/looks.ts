/** The words and signs of reports: states, looks, kinds. Used by every page that shows one. */
import type { ReportLook, ReportState } from '@folkmoot/core/reports/plain';
import type { IconName } from '@folkmoot/ui/icons';
import { m } from '@folkmoot/words';

/** In the order of the work: what the shapes mean. */
export const LOOKS: readonly ReportLook[] = ['new', 'check', 'dated', 'fix', 'done', 'closed', 'passed'];

const looks: Record<ReportLook, () => string> = {
  new: m.reports_look_new,
  check: m.reports_look_check,
  dated: m.reports_look_dated,
  fix: m.reports_look_fix,
  done: m.reports_look_done,
  closed: m.reports_look_closed,
  passed: m.reports_look_passed,
};
/** "Being fixed": the word that belongs to a shape. */
export const lookWord = (look: ReportLook): string => looks[look]();

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

const groups: Record<string, { word: () => string; icon: IconName }> = {
  roads: { word: m.reports_group_roads, icon: 'c-road' },
  lights: { word: m.reports_group_lights, icon: 'c-light' },
  paths: { word: m.reports_group_paths, icon: 'c-path' },
  water: { word: m.reports_group_water, icon: 'c-water' },
  bins: { word: m.reports_group_bins, icon: 'c-rubbish' },
  rubbish: { word: m.reports_group_rubbish, icon: 'c-rubbish' },
  green: { word: m.reports_group_green, icon: 'c-green' },
  people: { word: m.reports_group_people, icon: 'people' },
  other: { word: m.reports_group_other, icon: 'report' },
  petitions: { word: m.notifications_make_petitions, icon: 'sign' },
};
/** The name of a group of kinds; a council's own group is called by its code. */
export const groupWord = (code: string): string =>
  groups[code]?.word() ?? code.charAt(0).toUpperCase() + code.slice(1).replaceAll('_', ' ');
export const groupIcon = (code: string): IconName => groups[code]?.icon ?? 'report';
