/** Working days: Monday to Friday without the bank holidays, which are rows. Days are `YYYY-MM-DD`. */

const DAY = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

export const isWorkingDay = (day: string, holidays: ReadonlySet<string>): boolean => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(day);
};

/** The day that lies `days` working days after `day`; 0 gives the day itself, or the next working one. */
export function addWorkingDays(day: string, days: number, holidays: ReadonlySet<string>): string {
  let time = Date.parse(`${day}T00:00:00Z`);
  let left = days;
  while (left > 0 || !isWorkingDay(iso(time), holidays)) {
    time += DAY;
    if (isWorkingDay(iso(time), holidays)) left -= 1;
    if (left <= 0 && isWorkingDay(iso(time), holidays)) break;
  }
  return iso(time);
}

/** How many working days lie after `from` up to and including `to`; 0 when `to` is not later. */
export function workingDaysBetween(from: string, to: string, holidays: ReadonlySet<string>): number {
  let count = 0;
  for (let time = Date.parse(`${from}T00:00:00Z`) + DAY; time <= Date.parse(`${to}T00:00:00Z`); time += DAY) {
    if (isWorkingDay(iso(time), holidays)) count += 1;
  }
  return count;
}
