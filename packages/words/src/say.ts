/**
 * Dates, times and lists in words. Never use `Intl.DateTimeFormat`, `RelativeTimeFormat` or
 * `ListFormat` with the language `cy`: Node knows Welsh, Chromium does not and answers in American English, so
 * the page would change its words as it wakes up (seen in Chromium 153). Plural rules and numbers are sound.
 */
import type { SayOptions } from './numbers.ts';
import { m } from './paraglide/messages.js';
import { getLocale } from './language.ts';

type When = Date | string | number;
type Parts = { year: number; month: number; day: number; weekday: number; hour: number; minute: number };

const TOWN_TIME = 'Europe/London';
const clocks = new Map<string, Intl.DateTimeFormat>();

const MINUTE = 60_000;
const MOST_KEPT = 5_000;
const kept = new Map<string, Parts>();

/** A list says each of its times three ways, and asks for the present with each: what a minute is called is kept. */
function parts(at: When, timeZone = TOWN_TIME): Parts {
  const key = `${Math.floor(new Date(at).getTime() / MINUTE)} ${timeZone}`;
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const made = readClock(at, timeZone);
  kept.set(key, made);
  return made;
}

function readClock(at: When, timeZone: string): Parts {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    });
    clocks.set(timeZone, clock);
  }
  const found: Record<string, number> = {};
  for (const { type, value } of clock.formatToParts(new Date(at))) found[type] = Number(value);
  const { year, month, day, hour, minute } = found as Parts;
  return { year, month, day, hour, minute, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

/** Whole days from `a` to `b` on the town's calendar, by date and not by hours. */
function daysBetween(a: Parts, b: Parts): number {
  return Math.round(
    (Date.UTC(b.year, b.month - 1, b.day) - Date.UTC(a.year, a.month - 1, a.day)) / 86_400_000,
  );
}

/**
 * A date: `plain` 16 October 2026, `long` Thursday 16 October 2026, `day` Thursday 16 October,
 * `short` 16 October.
 */
export function sayDate(
  at: When,
  style: 'plain' | 'long' | 'day' | 'short' = 'plain',
  { locale = getLocale(), timeZone }: SayOptions = {},
): string {
  const { year, month, day, weekday } = parts(at, timeZone);
  const words = {
    day,
    year,
    month: m.common_months({}, { locale }).split('|')[month - 1]!,
    weekday: m.common_weekdays({}, { locale }).split('|')[weekday]!,
  };
  if (style === 'plain') return m.common_date_plain(words, { locale });
  if (style === 'long') return m.common_date_long(words, { locale });
  if (style === 'day') return m.common_date_day(words, { locale });
  return m.common_date_short(words, { locale });
}

/** A time of day: 8.12 am, 7 pm, 12 noon, midnight; 8.12 y bore, 7 yr hwyr. */
export function sayTime(at: When, { locale = getLocale(), timeZone }: SayOptions = {}): string {
  const { hour, minute } = parts(at, timeZone);
  if (minute === 0 && hour === 0) return m.common_time_midnight({}, { locale });
  if (minute === 0 && hour === 12) return m.common_time_midday({}, { locale });
  const hours = hour % 12 || 12;
  const time = minute === 0 ? String(hours) : `${hours}.${String(minute).padStart(2, '0')}`;
  if (hour < 12) return m.common_time_morning({ time }, { locale });
  if (hour < 18) return m.common_time_afternoon({ time }, { locale });
  return m.common_time_evening({ time }, { locale });
}

/** A day as people name it, seen from `now`: Today, Yesterday, Tomorrow, Tuesday, 3 May, 3 May 2024. */
export function sayDay(at: When, now: When, { locale = getLocale(), timeZone }: SayOptions = {}): string {
  const then = parts(at, timeZone);
  const today = parts(now, timeZone);
  const ahead = daysBetween(today, then);
  if (ahead === 0) return m.common_today({}, { locale });
  if (ahead === -1) return m.common_yesterday({}, { locale });
  if (ahead === 1) return m.common_tomorrow({}, { locale });
  if (Math.abs(ahead) < 7) {
    const name = m.common_weekdays({}, { locale }).split('|')[then.weekday]!;
    return name[0]!.toLocaleUpperCase() + name.slice(1);
  }
  return sayDate(at, then.year === today.year ? 'short' : 'plain', { locale, timeZone });
}

/** A date with its weekday, and with its year where that is not this one: Friday 16 October, Friday 16 October 2024. */
export function sayDated(at: When, now: When, { locale = getLocale(), timeZone }: SayOptions = {}): string {
  const same = parts(at, timeZone).year === parts(now, timeZone).year;
  return sayDate(at, same ? 'day' : 'long', { locale, timeZone });
}

/** A day and a time: Today, 10.40 am. */
export function sayDayTime(at: When, now: When, options: SayOptions = {}): string {
  const locale = options.locale ?? getLocale();
  return m.common_date_at(
    { date: sayDay(at, now, { ...options, locale }), time: sayTime(at, { ...options, locale }) },
    { locale },
  );
}

/** How long ago: Just now, 40 minutes ago, 3 hours ago, Yesterday, 5 days ago, then the date. `short`: 40 min. */
export function sayAgo(
  at: When,
  now: When,
  { short = false, ...options }: SayOptions & { short?: boolean } = {},
): string {
  const locale = options.locale ?? getLocale();
  const language = { locale };
  const minutes = Math.floor((new Date(now).getTime() - new Date(at).getTime()) / 60_000);
  if (minutes < 1)
    return minutes < -1 ? sayDay(at, now, { ...options, locale }) : m.common_ago_now({}, language);
  if (minutes < 60)
    return short
      ? m.common_ago_minutes_short({ count: minutes }, language)
      : m.common_ago_minutes({ count: minutes }, language);
  const hours = Math.floor(minutes / 60);
  const days = daysBetween(parts(at, options.timeZone), parts(now, options.timeZone));
  if (hours < 12 || days === 0)
    return short
      ? m.common_ago_hours_short({ count: hours }, language)
      : m.common_ago_hours({ count: hours }, language);
  if (days === 1) return m.common_yesterday({}, language);
  if (days < 7)
    return short
      ? m.common_ago_days_short({ count: days }, language)
      : m.common_ago_days({ count: days }, language);
  return sayDay(at, now, { ...options, locale });
}

/** A list as a sentence has it: bread, milk and eggs. Welsh says `ac` before a vowel, else `a`. */
export function sayList(items: string[], { locale = getLocale() }: SayOptions = {}): string {
  const last = items.at(-1);
  if (last === undefined) return '';
  if (items.length === 1) return last;
  const before = items.slice(0, -1).join(', ');
  const vowel = /^[aeiouwyâêîôûŵŷáéíóú]/i.test(last);
  const and = locale === 'cy' ? (vowel ? 'ac' : 'a') : 'and';
  return m.common_list_last({ before, and, last }, { locale });
}
