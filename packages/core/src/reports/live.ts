/** The one reducer that applies an event to the view of a report or of a list of them. Imports only words. */
import { LOOK_OF, type ReportState } from './plain.ts';

export type ReportMessage =
  | { type: 'report.confirmed'; data: { report: number } }
  | { type: 'report.state_changed'; data: { report: number; from: ReportState; to: ReportState } }
  | { type: 'report.supported'; data: { report: number; supports: number } }
  | { type: 'report.commented'; data: { report: number; update: number } }
  | { type: 'report.verdict'; data: { report: number; saidFixed: number; saidNotFixed: number } }
  | { type: 'report.edited'; data: { report: number } }
  | { type: 'report.assigned'; data: { report: number } }
  | { type: 'report.moved'; data: { report: number } }
  | { type: 'report.hidden'; data: { report: number } }
  | { type: 'report.shown'; data: { report: number } };

/** The part of a report that moves while people look at it. */
export type ReportMoving = { id: number; state: ReportState; look: string; supports: number; stale: boolean };

/**
 * Applies one live message. What a message cannot carry (the words of an update are never in events) marks the
 * view `stale`: the page then fetches it again.
 */
export function applyToReport<V extends ReportMoving>(view: V, message: ReportMessage): V {
  if (message.data.report !== view.id) return view;
  switch (message.type) {
    case 'report.state_changed':
      return { ...view, state: message.data.to, look: LOOK_OF[message.data.to], stale: true };
    case 'report.supported':
      return { ...view, supports: Math.max(view.supports, message.data.supports) };
    default:
      return { ...view, stale: true };
  }
}
