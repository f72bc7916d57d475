/** When things are reported in a town, and what becomes of them. */
import type { ReportState } from '@folkmoot/core/reports/plain';
import type { SeedCategory } from './categories.ts';
import type { Dice } from './dice.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Holes come with frost, litter with summer. */
export function inSeason(category: SeedCategory, month: number): number {
  const winter = month <= 2 || month === 11;
  if (['pothole', 'light', 'flooding', 'drain'].includes(category.code)) return winter ? 1.8 : 0.7;
  if (['litter', 'bin', 'grass', 'park', 'playground'].includes(category.code)) return winter ? 0.5 : 1.5;
  return 1;
}

/** More lately than long ago, more by day than by night. */
export function momentOf(d: Dice, now: Date, at: number, count: number): Date {
  const age = 1.5 * HOUR + (1 - at / count) ** 1.25 * 730 * DAY;
  const moment = new Date(now.getTime() - age);
  const hour = d.pick([7, 8, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 17, 18, 18, 19, 20, 21, 22]);
  if (age > 2 * DAY) moment.setUTCHours(hour, d.int(0, 59), d.int(0, 59));
  // nobody is up between eleven and six
  else if (moment.getUTCHours() < 6 || moment.getUTCHours() > 22) moment.setTime(moment.getTime() - 8 * HOUR);
  return moment;
}

/** How it went: the states one after another, and how many days each took. */
export function storyOf(
  d: Dice,
  ageDays: number,
  expected: number | null,
): Array<{ state: ReportState; days: number }> {
  const pace = (expected ?? 8) * (0.5 + d.share() * 2.2);
  const steps: Array<{ state: ReportState; days: number }> = [];
  const then = (state: ReportState, share: number) => steps.push({ state, days: pace * share });
  if (d.chance(0.85)) then('investigating', 0.15);
  // a few are never dealt with, but no town leaves one lie for years
  const end = d.share() * (ageDays > 120 ? 0.97 : 1);
  if (end < 0.78) {
    if (d.chance(0.55)) then('action_scheduled', 0.35);
    if (d.chance(0.6)) then('in_progress', 0.6);
    then('fixed_by_council', 1);
  } else if (end < 0.83) then('fixed_by_resident', 0.8);
  else if (end < 0.89) then('not_responsible', 0.6);
  else if (end < 0.92) then('unable_to_fix', 0.9);
  else if (end < 0.97) then('no_further_action', 0.8);
  else if (end < 0.985) then('action_scheduled', 0.5);
  return steps.filter((step) => step.days < ageDays);
}
