/** At the desk: whose hands a petition is in, and what can still be taken back. Pure, like all rules. */
import { type Decision, refuse, step } from '../kit/decide.ts';
import type { PetitionDecision, PetitionState } from './plain.ts';
import { petitionMachine } from './rules.ts';

/** who said so longer ago than this has gone for a cup of tea */
export const OPEN_SECONDS = 90;
/** mails about a decision wait so long, so that a wrong key hurts nobody */
export const UNDO_MINUTES = 2;

export type Opening = { person: string; name: string; seenAt: Date; takenAt: Date | null };

/** Those who have it open just now, who took it first of all first; whoever took it last works on it. */
export function handsOn(
  openings: readonly Opening[],
  now: Date,
): { here: Opening[]; holder: Opening | null } {
  const here = openings.filter((one) => now.getTime() - one.seenAt.getTime() < OPEN_SECONDS * 1_000);
  const taken = here
    .filter((one) => one.takenAt !== null)
    .sort((a, b) => b.takenAt!.getTime() - a.takenAt!.getTime() || (a.person < b.person ? -1 : 1));
  return { here, holder: taken[0] ?? null };
}

export type Decided = {
  command: PetitionDecision;
  decidedBy: string;
  at: Date;
  undoneAt: Date | null;
  appealed: boolean;
  /** nothing was decided since */
  newest: boolean;
};

/**
 * Takes a sending back or a rejection back. What was published was seen by everybody and perhaps signed, and hiding
 * has its own way back with its own reason: neither can be undone as if it had not been.
 */
export function takeBack(
  decision: Decided | null,
  petition: { state: PetitionState },
  person: string,
  now: Date,
): Decision<
  { state: PetitionState },
  never,
  'nothing_to_undo' | 'not_to_undo' | 'changed_meanwhile' | 'too_late'
> {
  if (!decision || decision.decidedBy !== person || decision.undoneAt) return refuse('nothing_to_undo');
  if (decision.command !== 'return' && decision.command !== 'reject') return refuse('not_to_undo');
  const to = step(petitionMachine, petition.state, 'take_back');
  if (!decision.newest || decision.appealed || !to) return refuse('changed_meanwhile');
  if (now.getTime() - decision.at.getTime() > UNDO_MINUTES * 60_000) return refuse('too_late');
  return { ok: true, next: { state: to }, events: [] };
}
