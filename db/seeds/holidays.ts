/** Bank holidays of England and Wales by their rules (moved to the next working day when they fall on a weekend). */

const day = (year: number, month: number, date: number): Date => new Date(Date.UTC(year, month - 1, date));
const iso = (date: Date): string => date.toISOString().slice(0, 10);
const plus = (date: Date, days: number): Date => new Date(date.getTime() + days * 86_400_000);

/** Easter Sunday of the Gregorian calendar: the anonymous algorithm (Nature, 20 April 1876). */
export function easter(year: number): Date {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return day(year, month, ((h + l - 7 * m + 114) % 31) + 1);
}

/** The first (or, from the end, last) Monday of a month. */
function monday(year: number, month: number, last: boolean): Date {
  const start = last ? plus(day(year, month + 1, 1), -7) : day(year, month, 1);
  return plus(start, (8 - start.getUTCDay()) % 7);
}

export function bankHolidaysOf(
  fromYear: number,
  toYear: number,
): Array<{ day: string; name: { en: string; cy: string } }> {
  const found = new Map<string, { en: string; cy: string }>();
  const put = (date: Date, en: string, cy: string) => {
    let at = date;
    while (at.getUTCDay() === 0 || at.getUTCDay() === 6 || found.has(iso(at))) at = plus(at, 1);
    found.set(iso(at), { en, cy });
  };
  for (let year = fromYear; year <= toYear; year++) {
    put(day(year, 1, 1), 'New Year’s Day', 'Dydd Calan');
    put(plus(easter(year), -2), 'Good Friday', 'Dydd Gwener y Groglith');
    put(plus(easter(year), 1), 'Easter Monday', 'Dydd Llun y Pasg');
    put(monday(year, 5, false), 'Early May bank holiday', 'Gŵyl Banc Calan Mai');
    put(monday(year, 5, true), 'Spring bank holiday', 'Gŵyl Banc y Gwanwyn');
    put(monday(year, 8, true), 'Summer bank holiday', 'Gŵyl Banc yr Haf');
    put(day(year, 12, 25), 'Christmas Day', 'Dydd Nadolig');
    put(day(year, 12, 26), 'Boxing Day', 'Gŵyl San Steffan');
  }
  return [...found].map(([date, name]) => ({ day: date, name }));
}
