/** The words and signs of reports: looks here, states and kinds each in a file, so that no page fetches all three. */
import type { ReportLook } from '@folkmoot/core/reports/plain';
import { m } from '@folkmoot/words';

export { groupIcon, groupWord } from './groups.ts';
export { stateWord } from './states.ts';

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
