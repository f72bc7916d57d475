/** The one reducer that applies an event to the view of a petition or of a list of them. Imports only words. */
import type { DebateState, PetitionState, ResponseState, Threshold } from './plain.ts';

export type PetitionMessage =
  | { type: 'petition.signed'; data: { petition: number; total: number; online: number; paper: number } }
  | { type: 'petition.supported'; data: { petition: number; supporters: number } }
  | { type: 'petition.threshold_reached'; data: { petition: number; threshold: Threshold; total: number } }
  | { type: 'petition.state_changed'; data: { petition: number; from: PetitionState; to: PetitionState } }
  | {
      type: 'petition.answered';
      data: { petition: number; response: ResponseState; debate: DebateState };
    }
  | { type: 'petition.recounted'; data: { petition: number; total: number; online: number; paper: number } }
  | { type: 'petition.hidden'; data: { petition: number } }
  | { type: 'petition.shown'; data: { petition: number } };

/** The part of a petition that moves while people look at it. */
export type PetitionMoving = {
  id: number;
  state: PetitionState;
  response: ResponseState;
  debate: DebateState;
  signatures: number;
  stale: boolean;
};

/**
 * Applies one live message. A count only rises while people sign, whichever order messages come in; only a recount
 * (false signatures taken away) may lower it. What a message cannot carry marks the view `stale`.
 */
export function applyToPetition<V extends PetitionMoving>(view: V, message: PetitionMessage): V {
  if (message.data.petition !== view.id) return view;
  switch (message.type) {
    case 'petition.signed':
      return { ...view, signatures: Math.max(view.signatures, message.data.total) };
    case 'petition.recounted':
      return { ...view, signatures: message.data.total };
    case 'petition.state_changed':
      return { ...view, state: message.data.to, stale: true };
    case 'petition.answered':
      return { ...view, response: message.data.response, debate: message.data.debate, stale: true };
    case 'petition.supported':
      return view;
    default:
      return { ...view, stale: true };
  }
}
