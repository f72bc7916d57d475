/** The words of "right now" that browser code may import. Imports nothing. */

/** What may have just happened to a report or a petition, as the feed tells it. Never who did it, nor their ward. */
export const HAPPENINGS = [
  'told',
  'checking',
  'planned',
  'dated',
  'mending',
  'fixed',
  'said_fixed',
  'said_not_fixed',
  'again',
  'passed',
  'ended',
  'supported',
  'commented',
  'asked',
  'signed',
  'reached',
  'answered',
] as const;
export type Happening = (typeof HAPPENINGS)[number];

/** A share that people can picture: 4 in 5, 7 in 10. */
export function inFew(part: number, base: number): { part: number; of: number } {
  const tenths = Math.round((part / base) * 10);
  const whole = [2, 3, 4, 5].find((few) => (tenths * few) % 10 === 0);
  if (whole) return { part: (tenths * whole) / 10, of: whole };
  return { part: tenths, of: 10 };
}
