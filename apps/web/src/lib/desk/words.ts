/** The words of the desk: decisions and their keys, refusals, the question that a report puts. */
import type { StaffCommand } from '@folkmoot/core/reports/rules';
import type { ReportState } from '@folkmoot/core/reports/plain';
import { inWords, type Refusal, type Trouble } from '@folkmoot/ui/enhance';
import { m } from '@folkmoot/words';

const commands: Record<StaffCommand, { word: () => string; key: string }> = {
  triage: { word: m.desk_do_triage, key: 'b' },
  investigate: { word: m.desk_do_investigate, key: 'c' },
  plan: { word: m.desk_do_plan, key: 'p' },
  schedule: { word: m.desk_do_schedule, key: 'd' },
  start: { word: m.desk_do_start, key: 's' },
  fix: { word: m.desk_do_fix, key: 'f' },
  mark_duplicate: { word: m.desk_do_duplicate, key: 'r' },
  not_ours: { word: m.desk_do_not_ours, key: 'n' },
  cannot_fix: { word: m.desk_do_cannot_fix, key: 'x' },
  refer: { word: m.desk_do_refer, key: 't' },
  close: { word: m.desk_do_close, key: 'l' },
  reopen: { word: m.desk_do_reopen, key: 'o' },
};
/** "Start work" */
export const commandWord = (command: StaffCommand): string => commands[command].word();
/** The letter that presses it. */
export const commandKey = (command: StaffCommand): string => commands[command].key;

/** What is usually done next. */
const NEXT: Partial<Record<ReportState, StaffCommand>> = {
  new: 'investigate',
  for_triage: 'investigate',
  investigating: 'start',
  planned: 'start',
  action_scheduled: 'start',
  in_progress: 'fix',
};
export const nextCommand = (state: ReportState): StaffCommand => NEXT[state] ?? 'reopen';

/** These stand as buttons; the others are one press further away, since they end a report or need more. */
const MAIN: readonly StaffCommand[] = ['investigate', 'plan', 'start', 'fix', 'not_ours', 'reopen'];
export const isMain = (command: StaffCommand): boolean => MAIN.includes(command);
/** These need a field of their own. */
export const needsField = (command: StaffCommand): boolean =>
  ['schedule', 'mark_duplicate'].includes(command);

type Asked = { state: ReportState; overdue: boolean; makerAnswered: boolean };
/** The item as a question. */
export function questionOf({ state, overdue, makerAnswered }: Asked): string {
  if (makerAnswered) return m.desk_question_answered();
  if (overdue) return m.desk_question_late();
  if (state === 'new' || state === 'for_triage') return m.desk_question_new();
  if (state === 'investigating') return m.desk_question_checked();
  if (state === 'planned') return m.desk_question_planned();
  if (state === 'action_scheduled') return m.desk_question_dated();
  if (state === 'in_progress') return m.desk_question_started();
  return m.desk_question_ended();
}

const refusals: Record<string, () => string> = {
  changed_meanwhile: m.desk_refused_meanwhile,
  not_from_this_state: m.desk_refused_state,
  original_needed: m.desk_refused_original,
  duplicate_of_itself: m.desk_refused_itself,
  nothing_to_undo: m.desk_refused_nothing,
  too_late: m.desk_refused_late,
  already_there: m.desk_refused_there,
  ended: m.desk_refused_ended,
  asked_already: m.desk_refused_asked,
  answered_already: m.desk_refused_answered,
  not_found: m.desk_refused_gone,
  outside: m.desk_refused_outside,
  stopped: m.desk_refused_stopped,
};
export const refused = (code: string): string | undefined => refusals[code]?.();

const fields: Record<string, () => string> = {
  text: m.desk_field_text,
  on: m.desk_field_on,
  original: m.desk_field_original,
  person: m.desk_field_person,
  category: m.desk_field_category,
};
export const invalid = (field: string, found = ''): string | undefined =>
  found === 'open_blank' ? m.desk_field_blank() : fields[field]?.();

/** What the page's action found, in the words that the script would have used. */
export const troubleOf = (trouble: Refusal | null | undefined): Trouble | null =>
  trouble ? inWords({ refused, invalid }, trouble) : null;

const dones: Record<string, () => string> = {
  state: m.desk_done_state,
  undone: m.desk_done_undone,
  answered: m.desk_done_answered,
  asked: m.desk_done_asked,
  councillor_asked: m.desk_done_councillor_asked,
  councillor_answered: m.desk_done_councillor_answered,
  assigned: m.desk_done_assigned,
  priority: m.desk_done_priority,
  noted: m.desk_done_noted,
  moved: m.desk_done_moved,
  away: m.desk_done_away,
  many: m.desk_done_many,
  made: m.desk_done_made,
  seen: m.desk_done_seen,
};
export const doneWord = (what: string): string | null => dones[what]?.() ?? null;
