/**
 * A petition asks the council to do something. It gathers five supporters, is read by a moderator, and opens for
 * signatures; each threshold it crosses is latched once and starts a clock. What became of the answer and of the
 * debate are machines of their own: a petition may be closed and still wait for its debate.
 */
import { type Decision, type Machine, refuse, step } from '../kit/decide.ts';
import {
  type Basis,
  type DebateState,
  type PetitionState,
  type ResponseState,
  type StepKind,
  type Threshold,
  THRESHOLDS,
} from './plain.ts';
import { ladder, type Scheme } from './scheme.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export type PetitionCommand =
  | 'submit'
  | 'enough_supporters'
  | 'return'
  | 'resubmit'
  | 'publish'
  | 'reject'
  | 'close'
  | 'withdraw'
  | 'lapse'
  | 'stop'
  | 'publish_after_appeal'
  | 'take_back';
export const petitionMachine: Machine<PetitionState, PetitionCommand> = {
  draft: { submit: 'gathering_supporters' },
  gathering_supporters: { enough_supporters: 'in_moderation', withdraw: 'withdrawn', lapse: 'withdrawn' },
  in_moderation: { publish: 'open', return: 'returned', reject: 'rejected', withdraw: 'withdrawn' },
  returned: {
    resubmit: 'in_moderation',
    withdraw: 'withdrawn',
    take_back: 'in_moderation',
    lapse: 'withdrawn',
  },
  open: { close: 'closed', withdraw: 'withdrawn', stop: 'stopped' },
  // another moderator found for the organiser, or the first one pressed the wrong key and nobody was told yet
  rejected: { publish_after_appeal: 'open', take_back: 'in_moderation' },
  closed: {},
  withdrawn: {},
  stopped: {},
};

export type ResponseCommand = 'crossed' | 'respond';
export const responseMachine: Machine<ResponseState, ResponseCommand> = {
  // a council may answer before anybody made it
  none: { crossed: 'awaiting', respond: 'responded' },
  awaiting: { respond: 'responded' },
  responded: { respond: 'responded' },
};

export type DebateCommand = 'crossed' | 'schedule' | 'debate' | 'decline';
export const debateMachine: Machine<DebateState, DebateCommand> = {
  none: { crossed: 'awaiting', schedule: 'scheduled' },
  awaiting: { schedule: 'scheduled', decline: 'not_debated' },
  scheduled: { schedule: 'scheduled', debate: 'debated', decline: 'not_debated' },
  debated: { debate: 'debated' },
  not_debated: { schedule: 'scheduled' },
};

export type PetitionFacts = {
  id: number;
  state: PetitionState;
  response: ResponseState;
  debate: DebateState;
  /** how often the wording was sent back */
  returned: number;
  supporters: number;
  /** confirmed signatures, online and on paper */
  signatures: number;
  /** when each threshold was first reached; never taken back */
  reached: Partial<Record<Threshold, Date>>;
  opensAt: Date | null;
  closesAt: Date | null;
  hidden: boolean;
};

type Moved<R extends string> = Decision<
  { state: PetitionState },
  { type: string; data?: Record<string, unknown> },
  R
>;
const move = (from: PetitionState, command: PetitionCommand): Moved<'not_from_this_state'> => {
  const to = step(petitionMachine, from, command);
  return to
    ? { ok: true, next: { state: to }, events: [{ type: 'petition.state_changed', data: { from, to } }] }
    : refuse('not_from_this_state');
};

/** The organiser sends it off. With a scheme that asks for no supporters it goes to the moderators at once. */
export function submit(petition: PetitionFacts, scheme: Scheme): Moved<'not_from_this_state'> {
  const moved = move(petition.state, 'submit');
  return moved.ok && scheme.supporters === 0 ? { ...moved, next: { state: 'in_moderation' } } : moved;
}

/** One more supporter confirmed. The last one needed sends it to the moderators, once. */
export function support(petition: PetitionFacts, scheme: Scheme): Moved<'not_gathering'> {
  if (petition.state !== 'gathering_supporters') return refuse('not_gathering');
  const enough = petition.supporters + 1 >= scheme.supporters;
  const counted = { type: 'petition.supported', data: { supporters: petition.supporters + 1 } };
  if (!enough) return { ok: true, next: { state: petition.state }, events: [counted] };
  const moved = move(petition.state, 'enough_supporters');
  return moved.ok ? { ...moved, events: [counted, ...moved.events] } : refuse('not_gathering');
}

export type ModerationDecision =
  | { command: 'publish' }
  | { command: 'return'; reason: string; passages: number }
  | { command: 'reject'; code: string; reason: string; original: number | null };

/** Two strikes: the wording goes back once with reasons; the second time it is published or rejected. */
export function moderate(
  petition: PetitionFacts,
  decision: ModerationDecision,
): Moved<
  'not_from_this_state' | 'already_returned' | 'reason_needed' | 'original_needed' | 'original_of_itself'
> {
  if (petition.state !== 'in_moderation') return refuse('not_from_this_state');
  if (decision.command === 'return' && petition.returned > 0) return refuse('already_returned');
  if (decision.command !== 'publish' && decision.reason.trim().length === 0) return refuse('reason_needed');
  if (decision.command === 'reject' && decision.code === 'duplicate') {
    if (decision.original === null) return refuse('original_needed');
    if (decision.original === petition.id) return refuse('original_of_itself');
  }
  return move(petition.state, decision.command);
}

/**
 * One appeal for each decision, by its organiser, against what took something away; never decided by the moderator
 * of the first decision.
 */
export function appeal(
  decision: { command: string; decidedBy: string; appealed: boolean; decided: boolean; newest: boolean },
  by: { appeals: true } | { decides: string },
): { ok: true } | { ok: false; refused: 'not_to_appeal' | 'already_appealed' | 'same_moderator' } {
  const { command, newest, appealed, decided, decidedBy } = decision;
  if ('appeals' in by) {
    if (!newest || (command !== 'reject' && command !== 'hide')) return refuse('not_to_appeal');
    return appealed ? refuse('already_appealed') : { ok: true };
  }
  if (!appealed || decided) return refuse('not_to_appeal');
  return by.decides === decidedBy ? refuse('same_moderator') : { ok: true };
}

/** When signing ends: so many days after it opened, and the days that a pause took. */
export const closesAt = (opensAt: Date, scheme: Scheme, pausedDays = 0): Date =>
  new Date(opensAt.getTime() + (scheme.days + pausedDays) * DAY);

/** The end came. A petition that missed its targets closes and stays to be read. */
export function close(petition: PetitionFacts, now: Date): Moved<'not_from_this_state' | 'too_early'> {
  if (petition.state === 'open' && petition.closesAt && now < petition.closesAt) return refuse('too_early');
  return move(petition.state, 'close');
}

/**
 * Nobody moved it on for as long as one may be signed: too few supported it, or its words were not changed. It ends, so
 * that what its supporters gave goes as it was promised.
 * @param since when it came to stand as it does
 */
export function lapse(
  petition: Pick<PetitionFacts, 'state'> & { since: Date },
  scheme: Scheme,
  now: Date,
): Moved<'not_from_this_state' | 'too_early'> {
  if (now.getTime() - petition.since.getTime() < scheme.days * DAY) return refuse('too_early');
  return move(petition.state, 'lapse');
}

/** The organiser takes it back (a public reason), or the council's decision makes an end of it. */
export function end(
  petition: PetitionFacts,
  command: 'withdraw' | 'stop',
  reason: string,
): Moved<'not_from_this_state' | 'reason_needed'> {
  if (petition.state !== 'gathering_supporters' && reason.trim().length === 0) return refuse('reason_needed');
  return move(petition.state, command);
}

/** Links in mails work until a day after closing, so that nobody is punished for slow mail. */
export const GRACE_HOURS = 24;

/** Whether a new signature is taken, or one begun in time may still be confirmed. */
export function maySign(
  petition: Pick<PetitionFacts, 'state' | 'closesAt' | 'hidden'>,
  at: { now: Date; begun: Date | null; collectingPaused: boolean },
): { ok: true } | { ok: false; refused: 'petition_not_open' | 'paused' } {
  if (petition.hidden) return refuse('petition_not_open');
  if (at.collectingPaused) return refuse('paused');
  if (petition.state === 'open') return { ok: true };
  const late = petition.closesAt ? at.now.getTime() - petition.closesAt.getTime() : Infinity;
  const begunInTime = at.begun !== null && petition.closesAt !== null && at.begun <= petition.closesAt;
  return petition.state === 'closed' && begunInTime && late <= GRACE_HOURS * HOUR
    ? { ok: true }
    : refuse('petition_not_open');
}

export type Signer = { basis: Basis; age: number | null };
/** Whether the scheme lets this person sign. */
export function eligible(
  signer: Signer,
  scheme: Scheme,
): { ok: true } | { ok: false; refused: 'basis_not_allowed' | 'too_young' } {
  if (!scheme.bases.includes(signer.basis)) return refuse('basis_not_allowed');
  if (scheme.minimumAge !== null && (signer.age === null || signer.age < scheme.minimumAge))
    return refuse('too_young');
  return { ok: true };
}

/**
 * The thresholds that a batch of signatures crosses, in rising order. Latched: what was reached once is never
 * crossed again, also when false signatures were taken away in between.
 * @param after the count with the whole batch in it
 */
export const crossed = (reached: PetitionFacts['reached'], after: number, scheme: Scheme): Threshold[] =>
  ladder(scheme)
    .filter(({ threshold, at }) => after >= at && reached[threshold] === undefined)
    .map(({ threshold }) => threshold);

/** What the crossings mean for the other two machines. */
export function afterCrossing(
  petition: Pick<PetitionFacts, 'response' | 'debate'>,
  thresholds: readonly Threshold[],
): { response: ResponseState; debate: DebateState } {
  return {
    response: thresholds.includes('response')
      ? (step(responseMachine, petition.response, 'crossed') ?? petition.response)
      : petition.response,
    debate: thresholds.includes('debate')
      ? (step(debateMachine, petition.debate, 'crossed') ?? petition.debate)
      : petition.debate,
  };
}

/** What an answer, a debate or a word to the signers does to the two machines of its petition. */
export function takeStep(
  petition: Pick<PetitionFacts, 'state' | 'response' | 'debate'>,
  kind: StepKind,
): Decision<
  { response: ResponseState; debate: DebateState },
  never,
  'not_published' | 'not_from_this_state'
> {
  const { state, response, debate } = petition;
  if (state !== 'open' && state !== 'closed' && state !== 'stopped') return refuse('not_published');
  const debates = { debate_scheduled: 'schedule', debated: 'debate', not_debated: 'decline' } as const;
  const to =
    kind === 'response'
      ? { response: step(responseMachine, response, 'respond'), debate }
      : kind in debates
        ? { response, debate: step(debateMachine, debate, debates[kind as keyof typeof debates]) }
        : { response, debate };
  if (to.response === null || to.debate === null) return refuse('not_from_this_state');
  return { ok: true, next: { response: to.response, debate: to.debate }, events: [] };
}

/**
 * What a petition has reached that the council has not done yet, in rising order. Withdrawn, it is no longer asked for.
 * @param steps the kinds of what the council has done
 */
export function owing(
  petition: Pick<PetitionFacts, 'state' | 'response' | 'debate' | 'reached'>,
  steps: readonly StepKind[],
): Threshold[] {
  if (!['open', 'closed', 'stopped'].includes(petition.state)) return [];
  const left: Record<Threshold, boolean> = {
    response: petition.response === 'awaiting',
    evidence: !steps.includes('evidence'),
    debate: petition.debate === 'awaiting' || petition.debate === 'scheduled',
  };
  return THRESHOLDS.filter((threshold) => petition.reached[threshold] !== undefined && left[threshold]);
}

/** Whether the same subject was decided on too lately to be asked again. */
export function tooSoon(earlier: Date | null, now: Date, scheme: Scheme): boolean {
  if (!earlier || scheme.repeatMonths === 0) return false;
  const again = new Date(earlier);
  again.setUTCMonth(again.getUTCMonth() + scheme.repeatMonths);
  return now < again;
}

/**
 * How long whoever asks now waits for their mail: as long as those before them take at the rate that mails go out,
 * and no shorter than the first of them has waited already.
 *
 * @param waiting - mails that go out before theirs
 * @param rate - mails a second; null where none is set
 * @param oldest - milliseconds that the first of them has waited
 * @returns whole minutes, rounded down
 */
export const mailMinutes = (waiting: number, rate: number | null, oldest: number): number =>
  Math.max(0, Math.floor(Math.max(oldest / 60_000, rate ? waiting / rate / 60 : 0)));
