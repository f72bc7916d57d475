/** The figures of a petition's page: people who signed by day or by week, and by ward. Made on the server. */
import { m, sayDate, sayNumber } from '@folkmoot/words';
import type { Drawn } from '#lib/places/server/wards.ts';
import { say } from '#lib/say.ts';
import type { PetitionIntegrity } from './page.ts';

const DAY = 86_400_000;
/** more bars than this nobody can tell apart on a phone: then they are weeks */
const MOST_BARS = 42;

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

export type DayBar = { label: string; value: number; hi?: boolean; note?: string };

/** Every day from the first to `until`, with the days on which nobody signed. */
function eachDay(days: PetitionIntegrity['days'], until: string): Array<{ day: string; value: number }> {
  const known = new Map(days.map(({ day, confirmed }) => [day, confirmed]));
  const first = days[0]?.day;
  if (!first) return [];
  const all: Array<{ day: string; value: number }> = [];
  for (let at = timeOf(first); at <= timeOf(until); at += DAY)
    all.push({ day: dayOf(at), value: known.get(dayOf(at)) ?? 0 });
  return all;
}

function inWeeks(days: Array<{ day: string; value: number }>) {
  const weeks: Array<{ day: string; value: number }> = [];
  for (let i = 0; i < days.length; i += 7) {
    const week = days.slice(i, i + 7);
    weeks.push({ day: week[0]!.day, value: week.reduce((sum, { value }) => sum + value, 0) });
  }
  return weeks;
}

/** @param until the last day of signing, or today, `YYYY-MM-DD` */
export function daysOf(days: PetitionIntegrity['days'], until: string, open: boolean) {
  const last = days.at(-1)?.day ?? until;
  const all = eachDay(days, last > until ? last : until);
  if (all.length < 2) return null;
  const byWeek = all.length > MOST_BARS;
  const shown = byWeek ? inWeeks(all) : all;
  const top = shown.reduce((best, one, i) => (one.value > shown[best]!.value ? i : best), 0);
  const bars = shown.map(({ day, value }, i): DayBar => {
    const now = i === shown.length - 1 && open && !byWeek;
    return {
      label: sayDate(day, 'short'),
      value,
      ...((i === top || now) && { hi: true }),
      ...(now && { note: m.petition_days_today() }),
    };
  });
  const { day, value } = shown[top]!;
  return {
    byWeek,
    bars,
    summary: m.petition_days_summary({
      from: sayDate(all[0]!.day),
      to: sayDate(all.at(-1)!.day),
      most: sayNumber(value),
      when: byWeek ? m.petition_days_week_of({ date: sayDate(day, 'short') }) : sayDate(day, 'short'),
    }),
  };
}

const perThousand = (signatures: number, population: number | null): number | null =>
  population ? Math.round((signatures / population) * 10_000) / 10 : null;

/** This morning's protected counts on the drawn wards; null before the first morning. */
export function wardsOf(found: PetitionIntegrity['wards'], drawn: Drawn, mine: string | undefined) {
  if (!found) return null;
  const counts = new Map(found.items.map((item) => [item.code, item.signatures]));
  const wards = drawn.wards.map(({ code, slug, name, population, x, y, href }) => {
    const signed = counts.get(code) ?? 0;
    const value = signed === 'c' ? null : perThousand(signed, population);
    return {
      code,
      name: say(name),
      x,
      y,
      href,
      value,
      shown: value === null ? '–' : sayNumber(value),
      signed: signed === 'c' ? m.petition_rate_few() : sayNumber(signed),
      ...(slug === mine && { mine: true }),
    };
  });
  const known = wards.filter((ward) => ward.value !== null).sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const named = (ward: (typeof wards)[number] | undefined) => (ward ? `${ward.name} ${ward.shown}` : '–');
  const own = wards.find((ward) => ward.mine);
  return {
    height: drawn.height,
    // where each ward has a handful the map would be blank
    drawn: known.some(({ value }) => value),
    wards,
    line: [
      m.petition_where_line({ date: sayDate(found.at) }),
      own ? m.petition_where_mine({ ward: own.name, value: own.shown }) : '',
    ]
      .filter(Boolean)
      .join(' '),
    summary: m.petition_where_summary({
      count: wards.length,
      most: known.slice(0, 3).map(named).join(', ') || '–',
      fewest: named(known.at(-1)),
    }),
  };
}
