/** The clocks of petitions: working days for moderators, days of signing, both moved on by pauses. */
import { isPaused, moveDeadline, type Pause } from '@folkmoot/core/places/pauses';
import { addWorkingDays } from '@folkmoot/core/places/days';
import type { PauseKind } from '@folkmoot/core/places/plain';
import type { Queryable } from '@folkmoot/db/client';
import { bankHolidays } from '@folkmoot/db/schema/places';
import type { House } from '../kit/house.ts';
import { sharedFor } from '../kit/shared.ts';
import { type Places, readPauses } from '../places/index.ts';

const DAY = 86_400_000;
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The day by which moderators want to have decided; a pause in publishing moves it on. */
export async function moderateBy(
  db: Queryable,
  { places }: { places: Places },
  organisation: string,
  from: Date,
  workingDays: number,
): Promise<string> {
  const by = places.workingDayAfter(from, workingDays);
  return moveDeadline(await readPauses(db), organisation, 'publishing', dayOf(from), by);
}

/** The day by which the council has promised what a threshold brings about; a pause in answering moves it on. */
export async function owedBy(
  db: Queryable,
  organisation: string,
  reached: Date,
  workingDays: number,
): Promise<string> {
  const holidays = await db.select({ day: bankHolidays.day }).from(bankHolidays);
  const from = dayOf(reached);
  const plain = addWorkingDays(from, workingDays, new Set(holidays.map((one) => one.day)));
  return moveDeadline(await readPauses(db), organisation, 'responding', from, plain);
}

/** How many days later signing ends because collecting is paused in between. */
export async function pausedDays(
  db: Queryable,
  organisation: string,
  from: Date,
  days: number,
): Promise<number> {
  const plain = dayOf(new Date(from.getTime() + days * DAY));
  const moved = moveDeadline(await readPauses(db), organisation, 'collecting', dayOf(from), plain);
  return Math.round((Date.parse(moved) - Date.parse(plain)) / DAY);
}

/**
 * Whether some work is paused today. Every signature asks whether collecting is: read at most once a second. What a
 * council does itself stops at once, with the pause that somebody has just made.
 */
export function pausesOf(house: Pick<House, 'db' | 'clock'>) {
  const read = () => readPauses(house.db);
  const shared = sharedFor<Pause[]>();
  return async (organisation: string, what: PauseKind): Promise<boolean> => {
    const pauses = what === 'collecting' ? await shared('pauses', read) : await read();
    return isPaused(pauses, organisation, what, dayOf(house.clock()));
  };
}
export type Pauses = ReturnType<typeof pausesOf>;
