/**
 * What the feed makes of an event: a happening in the town's own words, or nothing. Opinions ("not fixed") are told
 * of the report, never of a person.
 */
import { groupOf, LOOK_OF, REPORT_STATES, type ReportState } from '../reports/plain.ts';
import type { Happening } from './plain.ts';

type Event = { type: string; data: Record<string, unknown> };

const stateIn = (value: unknown): ReportState | undefined => REPORT_STATES.find((state) => state === value);

const REACHED: Partial<Record<ReportState, Happening>> = {
  investigating: 'checking',
  planned: 'planned',
  action_scheduled: 'dated',
  in_progress: 'mending',
  fixed_by_council: 'fixed',
  fixed_by_resident: 'said_fixed',
  not_responsible: 'passed',
  internal_referral: 'passed',
  unable_to_fix: 'ended',
  no_further_action: 'ended',
};

function ofChange(data: Event['data']): Happening | null {
  const [from, to] = [stateIn(data['from']), stateIn(data['to'])];
  if (!to) return null;
  if (from && groupOf(from) !== 'open' && groupOf(to) === 'open') return 'again';
  return REACHED[to] ?? null;
}

function ofPetition({ type, data }: Event): Happening | null {
  if (type === 'petition.signed') return 'signed';
  if (type === 'petition.threshold_reached') return 'reached';
  if (type === 'petition.answered') return 'answered';
  return type === 'petition.state_changed' && data['to'] === 'open' ? 'asked' : null;
}

/** @returns null for what is nobody's news: edits, assignments, a report taken back */
export function happeningOf({ type, data }: Event): Happening | null {
  if (type === 'report.confirmed') return 'told';
  if (type === 'report.supported') return 'supported';
  if (type === 'report.commented') return 'commented';
  if (type === 'report.state_changed') return ofChange(data);
  return ofPetition({ type, data });
}

type Told = { report: number | null; petition: number | null; kind: Happening };

/**
 * The newest of what happened, each report's support and each petition's signatures once: forty people who see the same hole are one
 * line that says forty.
 * @param events newest first
 */
export function newsOf<E extends Told>(events: readonly E[], most: number): E[] {
  const seen = new Set<string>();
  const news: E[] = [];
  for (const event of events) {
    const key = `${event.report} ${event.petition} ${event.kind}`;
    if (seen.has(key)) continue;
    seen.add(key);
    news.push(event);
    if (news.length === most) break;
  }
  return news;
}

type Candidate = { id: number; state: ReportState; supports: number };

/**
 * What stands under "Close to you": the two that most people wait for, then the newest, and one that was put right,
 * so that the list says that telling us helps.
 * @param recent newest first
 */
export function closeToYou(recent: readonly Candidate[], most = 4): number[] {
  const open = recent.filter((one) => groupOf(one.state) === 'open');
  const waited = [...open].sort((a, b) => b.supports - a.supports || b.id - a.id).slice(0, most - 2);
  const fixed = recent.find((one) => LOOK_OF[one.state] === 'done');
  const chosen = [...waited];
  for (const one of open) {
    if (chosen.length >= (fixed ? most - 1 : most)) break;
    if (!chosen.includes(one)) chosen.push(one);
  }
  if (fixed) chosen.push(fixed);
  return chosen.slice(0, most).map(({ id }) => id);
}
