/**
 * Moderation: anybody points at something; a person decides, by a numbered house rule and with words that its
 * author reads. Nobody decides about their own words. A decision can be taken back for two minutes; its author may
 * ask once, within 30 days, for another look, and somebody else looks.
 */
import { type Decision, refuse } from '../kit/decide.ts';
import { APPEAL_DAYS, type ModerationDecision } from './plain.ts';

/** minutes in which a moderator may take a decision back; the author's mail waits as long */
export const UNDO_MINUTES = 2;

/** A thing, or a part of one, as moderation sees it. */
export type Thing = { hidden: boolean; author: string | null; openFlags: number };
/** What a decision does to it. */
export type Outcome = { hidden: boolean };
export type ModerationEvent = { type: 'moderation.decided' } | { type: 'moderation.undone' };

type Verdict<R extends string> = Decision<Outcome, ModerationEvent, R>;
const decided = (hidden: boolean): Verdict<never> => ({
  ok: true,
  next: { hidden },
  events: [{ type: 'moderation.decided' }],
});

/** Hide it, let it stand, or show it again. */
export function decide(
  thing: Thing,
  decision: ModerationDecision,
  moderator: string,
): Verdict<'own_words' | 'already_hidden' | 'not_hidden' | 'nothing_open'> {
  if (thing.author === moderator) return refuse('own_words');
  if (decision === 'show_again') return thing.hidden ? decided(false) : refuse('not_hidden');
  if (thing.hidden) return refuse('already_hidden');
  if (decision === 'hide') return decided(true);
  return thing.openFlags > 0 ? decided(false) : refuse('nothing_open');
}

export type Made = {
  decision: ModerationDecision;
  decidedBy: string;
  author: string | null;
  at: Date;
  undoneAt: Date | null;
  appealedAt: Date | null;
  appealDecidedAt: Date | null;
  /** whether nothing was decided about the same part since */
  newest: boolean;
};

/** Takes a decision back: what was hidden is shown, what was shown is hidden, and the flags are open again. */
export function undo(
  made: Made,
  moderator: string,
  now: Date,
): Verdict<'nothing_to_undo' | 'changed_meanwhile' | 'too_late'> {
  if (made.decidedBy !== moderator || made.undoneAt) return refuse('nothing_to_undo');
  if (!made.newest || made.appealedAt) return refuse('changed_meanwhile');
  if (now.getTime() - made.at.getTime() > UNDO_MINUTES * 60_000) return refuse('too_late');
  return {
    ok: true,
    next: { hidden: made.decision === 'show_again' },
    events: [{ type: 'moderation.undone' }],
  };
}

/** The author asks for another look. */
export function appeal(
  made: Made,
  person: string,
  now: Date,
): Decision<
  null,
  { type: 'moderation.appealed' },
  'not_found' | 'not_hidden' | 'already_appealed' | 'too_late'
> {
  if (made.author !== person) return refuse('not_found');
  if (made.decision !== 'hide' || made.undoneAt || !made.newest) return refuse('not_hidden');
  if (made.appealedAt) return refuse('already_appealed');
  if (now.getTime() - made.at.getTime() > APPEAL_DAYS * 86_400_000) return refuse('too_late');
  return { ok: true, next: null, events: [{ type: 'moderation.appealed' }] };
}

/** Somebody else looks again. `upheld`: the author was right, and it is shown. */
export function decideAppeal(
  made: Made,
  moderator: string,
  upheld: boolean,
): Verdict<'no_appeal' | 'already_decided' | 'same_moderator' | 'own_words'> {
  if (!made.appealedAt) return refuse('no_appeal');
  if (made.appealDecidedAt) return refuse('already_decided');
  if (made.decidedBy === moderator) return refuse('same_moderator');
  if (made.author === moderator) return refuse('own_words');
  return decided(!upheld);
}
