/** The word that stands beside a report's shape. */
import { m } from '@folkmoot/words';

export const lookWords = {
  new: m.reports_look_new,
  check: m.reports_look_check,
  dated: m.reports_look_dated,
  fix: m.reports_look_fix,
  done: m.reports_look_done,
  closed: m.reports_look_closed,
  passed: m.reports_look_passed,
} as const;
