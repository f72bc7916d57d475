/**
 * The desk: what needs a person, how long that will take, which words a resident must be given, and until when a
 * change can be taken back.
 */
import { type Decision, refuse } from '../kit/decide.ts';
import { groupOf, type ReportState } from './plain.ts';
import { reportMachine, STAFF_COMMANDS, type StaffCommand } from './rules.ts';

/** minutes in which staff may take their last change back */
export const UNDO_MINUTES = 2;
/** seconds after which somebody who has a report open and does not say so any more counts as gone */
export const OPEN_SECONDS = 90;
/** most reports of one change in bulk */
export const MOST_IN_BULK = 50;
/** Seconds that one report takes at the desk: to read it, choose, and look over the words that go out. */
const SECONDS_EACH = 45;

/** Whole minutes for so many reports; never nought while there is one. */
export const minutesOfWork = (reports: number): number => Math.ceil((reports * SECONDS_EACH) / 60);

/** Nobody is turned away without a word: these need an answer that the maker will read. */
export const NEED_WORDS: readonly StaffCommand[] = ['not_ours', 'cannot_fix', 'close'];

/** What staff may do from a state, in the order of the work. */
export const commandsFrom = (state: ReportState): StaffCommand[] =>
  STAFF_COMMANDS.filter((command) => reportMachine[state][command] !== undefined);

/** Two people had it open: the second is told, and keeps what they typed. */
export const sawTheSame = (report: { state: ReportState }, saw: ReportState): boolean => report.state === saw;

export type DeskItem = {
  state: ReportState;
  /** `YYYY-MM-DD` */
  expectedOn: string | null;
  /** the maker said something after the council asked */
  makerAnswered: boolean;
};

/** New, late, or answered by its maker: somebody should look at it. `today` is a day, `YYYY-MM-DD`. */
export const needsAPerson = (it: DeskItem, today: string): boolean =>
  groupOf(it.state) === 'open' &&
  (it.state === 'new' ||
    it.state === 'for_triage' ||
    it.makerAnswered ||
    (it.expectedOn !== null && it.expectedOn < today));

export type Change = { byPerson: string; at: Date; undoneAt: Date | null; newest: boolean };

/** The last change is taken back within two minutes, by whom it was, while nothing has happened since. */
export function undoChange(
  change: Change | null,
  person: string,
  now: Date,
): Decision<null, never, 'nothing_to_undo' | 'too_late' | 'changed_meanwhile'> {
  if (!change || change.byPerson !== person || change.undoneAt) return refuse('nothing_to_undo');
  if (!change.newest) return refuse('changed_meanwhile');
  if (now.getTime() - change.at.getTime() > UNDO_MINUTES * 60_000) return refuse('too_late');
  return { ok: true, next: null, events: [] };
}

/** What a ready-made answer may name of the report it goes to. */
export const BLANKS = [
  'report',
  'title',
  'place',
  'category',
  'expected',
  'date',
  'officer',
  'organisation',
] as const;
export type Blank = (typeof BLANKS)[number];

/**
 * Fills `{place}` and the like. A blank that nothing is known of (no promised date) stays as it is, so that the
 * officer sees the gap before the resident does.
 */
export const fillTemplate = (text: string, facts: Partial<Record<Blank, string | null>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => facts[name as Blank] ?? whole);

/** The blanks still open in a text that is about to go out, also those that no report knows. */
export const openBlanks = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);

export type ReadyAnswer = { id: string; command: StaffCommand; text: string };
/**
 * What goes out with a decision. A ready-made answer belongs to its decision: whoever presses "It is fixed" with
 * "Someone will look" still lying there untouched says what belongs to "fixed", or nothing, but never that.
 * @param typed what stands in the box; null where a form without a script sent only which answer was chosen
 */
export function answerFor(
  command: StaffCommand,
  typed: string | null,
  chosen: string | null,
  ready: readonly ReadyAnswer[],
): string | null {
  const picked = ready.find((one) => one.id === chosen);
  if (!picked) return typed;
  const untouched = typed === null || typed.trim() === picked.text.trim();
  if (!untouched) return typed;
  if (picked.command === command) return picked.text;
  return ready.find((one) => one.command === command)?.text ?? null;
}
