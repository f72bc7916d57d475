/** The words of the petitions' desk: decisions and their keys, refusals, questions, what is waited for. */
import type { ANSWER_TABS } from '@folkmoot/core/petitions/after.contract';
import type { QUEUE_TABS } from '@folkmoot/core/petitions/moderating.contract';
import type { CouncilStep, PetitionState, StepKind } from '@folkmoot/core/petitions/plain';
import { inWords, type Refusal, type Trouble } from '@folkmoot/ui/enhance';
import { m, sayDate, sayDated, sayDay } from '@folkmoot/words';

export type QueueTab = (typeof QUEUE_TABS)[number];
export type AnswerTab = (typeof ANSWER_TABS)[number];

const either = (words: string): string | undefined => (words === '-' ? undefined : words);
export const refused = (code: string): string | undefined => either(m.petitiondesk_refused({ code }));
export const invalid = (field: string, found = ''): string | undefined =>
  found === 'too_long'
    ? undefined
    : either(m.petitiondesk_field({ field: field.split('.').at(-1) ?? field }));
/** What the page's action found, in the words that the script would have used. */
export const troubleOf = (trouble: Refusal | null | undefined): Trouble | null =>
  trouble ? inWords({ refused, invalid }, trouble) : null;

export const doneWord = (what: string): string | null => either(m.petitiondesk_done({ what })) ?? null;
export const stateWord = (state: PetitionState): string => m.petitiondesk_state({ state });
export const tabWord = (tab: QueueTab | AnswerTab): string => m.petitiondesk_tab({ tab });
export const stepWord = (kind: StepKind | string): string => m.petitiondesk_step({ kind });
export const takesWord = (step: CouncilStep): string => m.petitions_council_step({ step });
export const commandWord = (command: string): string => m.petitiondesk_decided({ command });

/** The letter that opens what writes this step down. */
export const STEP_KEYS: Partial<Record<StepKind, string>> = {
  response: 'a',
  evidence: 'e',
  debate_scheduled: 's',
  debated: 'h',
  not_debated: 'n',
  update: 'u',
  scrutiny_outcome: 'c',
};

/** "Friday 16 October" of `2026-10-16`, with its year where that is not this one. */
export const dayWord = (day: string): string => sayDated(`${day}T12:00:00Z`, Date.now());

/** "Monday", "yesterday", "8 November": within a sentence, so that only names keep their capital. */
export function sinceWord(at: string, now: number): string {
  const day = sayDay(at, now);
  const lately = now - Date.parse(at) < 2 * 86_400_000 && !sayDate(at, 'long').startsWith(day);
  return lately ? day.charAt(0).toLowerCase() + day.slice(1) : day;
}
