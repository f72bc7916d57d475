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

type Counted = { day: string; value: number };
const WIDTH = 620;
const HIGH = 150;
const tenth = (x: number): number => Math.round(x * 10) / 10;

/** All bars of one colour in one path: a hundred days cost a page a line. */
function barsOf(shown: Counted[], most: number, which: (i: number) => boolean): string {
  const step = WIDTH / shown.length;
  return shown
    .map(({ value }, i) => {
      const high = tenth((value / most) * HIGH);
      return value > 0 && which(i)
        ? `M${tenth(i * step + step * 0.075)} ${tenth(HIGH - high)}h${tenth(step * 0.85)}V${HIGH}h${tenth(-step * 0.85)}z`
        : '';
    })
    .join('');
}

/** The number over a bar: it stays inside the picture at both ends. */
function labelOf(shown: Counted[], most: number, i: number, note: string | null) {
  const step = WIDTH / shown.length;
  const anchor = i < shown.length * 0.12 ? 'start' : i > shown.length * 0.88 ? 'end' : 'middle';
  const at = anchor === 'start' ? i : anchor === 'end' ? i + 1 : i + 0.5;
  const { value } = shown[i]!;
  // its words lie over the bars beside it: above the highest of them
  const beside = Math.ceil((note ? 90 : 40) / step / (anchor === 'middle' ? 2 : 1));
  const under = shown.slice(
    anchor === 'start' ? i : Math.max(0, i - beside),
    anchor === 'end' ? i + 1 : i + beside + 1,
  );
  const highest = Math.max(value, ...under.map((one) => one.value));
  return {
    x: tenth(at * step),
    y: tenth(HIGH - 9 - (highest / most) * HIGH),
    anchor: anchor as 'start' | 'middle' | 'end',
    text: sayNumber(value),
    note,
  };
}

/** @param until the last day of signing, or today, `YYYY-MM-DD` */
export function daysOf(days: PetitionIntegrity['days'], until: string, open: boolean) {
  const last = days.at(-1)?.day ?? until;
  const all = eachDay(days, last > until ? last : until);
  if (all.length < 2) return null;
  const byWeek = all.length > MOST_BARS;
  const shown = byWeek ? inWeeks(all) : all;
  const end = shown.length - 1;
  const top = shown.reduce((best, one, i) => (one.value > shown[best]!.value ? i : best), 0);
  const most = Math.max(1, shown[top]!.value);
  const now = open && !byWeek && shown[end]!.value > 0;
  const matters = (i: number): boolean => i === top || (now && i === end);
  // two numbers side by side would lie on each other
  const apart = top === end || (end - top) * (WIDTH / shown.length) > 110;
  const short = (day: string) => sayDate(day, 'short');
  return {
    title: byWeek ? m.petition_weeks() : m.petition_days(),
    caption: byWeek ? m.petition_weeks_caption() : m.petition_days_caption(),
    columns: [
      { key: 'day', label: byWeek ? m.petition_weeks_week() : m.petition_days_day() },
      { key: 'signed', label: m.petition_where_count(), number: true },
    ],
    table: m.petition_table(),
    rows: shown.map(({ day, value }) => ({ day: short(day), signed: sayNumber(value) })),
    bars: barsOf(shown, most, (i) => !matters(i)),
    high: barsOf(shown, most, matters),
    labels: [
      labelOf(shown, most, top, now && top === end ? m.petition_days_today() : null),
      ...(now && top !== end && apart ? [labelOf(shown, most, end, m.petition_days_today())] : []),
    ],
    from: short(all[0]!.day),
    to: short(all.at(-1)!.day),
    summary: m.petition_days_summary({
      from: sayDate(all[0]!.day),
      to: sayDate(all.at(-1)!.day),
      most: sayNumber(shown[top]!.value),
      when: byWeek ? m.petition_days_week_of({ date: short(shown[top]!.day) }) : short(shown[top]!.day),
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
    water: drawn.water?.href ?? null,
    // where each ward has a handful the map would be blank
    drawn: known.some(({ value }) => value),
    wards,
    line: known.some(({ value }) => value)
      ? [
          m.petition_where_line({ date: sayDate(found.at) }),
          own ? m.petition_where_mine({ ward: own.name, value: own.shown }) : '',
        ]
          .filter(Boolean)
          .join(' ')
      : m.petition_where_wait(),
    words: {
      title: m.petition_where(),
      table: m.petition_table(),
      caption: m.petition_where_caption(),
      few: m.petition_where_few(),
      columns: [
        { key: 'name', label: m.petition_where_ward() },
        { key: 'signed', label: m.petition_where_count(), number: true },
        { key: 'shown', label: m.petition_where_share(), number: true },
      ],
    },
    summary: m.petition_where_summary({
      count: wards.length,
      most: known.slice(0, 3).map(named).join(', ') || '–',
      fewest: named(known.at(-1)),
    }),
  };
}
