/**
 * Pauses: before an election a council may not promote anything, over Christmas nobody collects signatures. A pause
 * belongs to one organisation, lasts from its first day to its last (both included) and stops one kind of work.
 * Deadlines move on by the days that were paused. Days are `YYYY-MM-DD`.
 */
import type { PauseKind } from './plain.ts';

export type Pause = { organisation: string; what: PauseKind; from: string; to: string };

const DAY = 86_400_000;
const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

const holds = (pause: Pause, organisation: string, what: PauseKind): boolean =>
  pause.organisation === organisation && pause.what === what && pause.from <= pause.to;

/** Is this work of this organisation paused on this day? */
export const isPaused = (
  pauses: readonly Pause[],
  organisation: string,
  what: PauseKind,
  day: string,
): boolean =>
  pauses.some((pause) => holds(pause, organisation, what) && pause.from <= day && day <= pause.to);

/** The pauses of one kind of work as stretches that neither meet nor overlap, in order. */
export function stretches(
  pauses: readonly Pause[],
  organisation: string,
  what: PauseKind,
): Array<{ from: string; to: string }> {
  const sorted = pauses
    .filter((pause) => holds(pause, organisation, what))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const merged: Array<{ from: string; to: string }> = [];
  for (const { from, to } of sorted) {
    const last = merged.at(-1);
    if (last && timeOf(from) <= timeOf(last.to) + DAY) last.to = to > last.to ? to : last.to;
    else merged.push({ from, to });
  }
  return merged;
}

/** The last day of the pause that `day` lies in; null where it lies in none. */
export const pausedUntil = (
  pauses: readonly Pause[],
  organisation: string,
  what: PauseKind,
  day: string,
): string | null =>
  stretches(pauses, organisation, what).find(({ from, to }) => from <= day && day <= to)?.to ?? null;

/**
 * Where a deadline lies once pauses have moved it: as many days after `start` as before, the paused ones not
 * counted. It never ends on a paused day. A deadline not after its start stays.
 */
export function moveDeadline(
  pauses: readonly Pause[],
  organisation: string,
  what: PauseKind,
  start: string,
  deadline: string,
): string {
  if (deadline <= start) return deadline;
  let end = timeOf(deadline);
  for (const { from, to } of stretches(pauses, organisation, what)) {
    const first = Math.max(timeOf(from), timeOf(start) + DAY);
    if (first > end) break;
    end += Math.max(0, (timeOf(to) - first) / DAY + 1) * DAY;
  }
  return dayOf(end);
}
