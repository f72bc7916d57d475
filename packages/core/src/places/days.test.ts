import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, isWorkingDay, workingDaysBetween } from './days.ts';

const christmas = new Set(['2025-12-25', '2025-12-26', '2026-01-01']);
const none = new Set<string>();

describe('Working days', () => {
  it.each([
    ['a Thursday and one', '2025-10-16', 1, '2025-10-17'],
    ['over a weekend', '2025-10-16', 2, '2025-10-20'],
    ['a week of work', '2025-10-16', 5, '2025-10-23'],
    ['none, on a Monday', '2025-10-20', 0, '2025-10-20'],
    ['none, on a Saturday', '2025-10-18', 0, '2025-10-20'],
    ['one, from a Saturday', '2025-10-18', 1, '2025-10-20'],
    ['over Christmas', '2025-12-24', 1, '2025-12-29'],
    ['over the turn of the year', '2025-12-31', 1, '2026-01-02'],
    ['over a leap day', '2028-02-28', 1, '2028-02-29'],
  ])('%s', (_, day, days, to) => {
    expect(addWorkingDays(day, days, christmas)).toBe(to);
  });

  it('a day is one, or it is not', () => {
    expect(isWorkingDay('2025-10-17', none)).toBe(true);
    expect(isWorkingDay('2025-10-18', none)).toBe(false);
    expect(isWorkingDay('2025-10-19', none)).toBe(false);
    expect(isWorkingDay('2025-12-25', christmas)).toBe(false);
  });

  it('counts what lies between, and nothing backwards', () => {
    expect(workingDaysBetween('2025-12-24', '2025-12-30', christmas)).toBe(2);
    expect(workingDaysBetween('2025-12-30', '2025-12-24', christmas)).toBe(0);
    expect(workingDaysBetween('2025-10-17', '2025-10-17', none)).toBe(0);
  });

  const START = Date.parse('2025-01-01T00:00:00Z');
  const iso = (n: number) => new Date(START + n * 86_400_000).toISOString().slice(0, 10);
  const aDay = fc.integer({ min: 0, max: 1500 }).map(iso);
  const holidays = fc.array(aDay, { maxLength: 40 }).map((days) => new Set(days));

  it('adding and counting agree, on any calendar', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: 1, max: 60 }), holidays, (day, days, off) => {
        const to = addWorkingDays(day, days, off);
        expect(isWorkingDay(to, off)).toBe(true);
        expect(workingDaysBetween(day, to, off)).toBe(days);
      }),
    );
  });

  it('one more day is always later; from a day off, the first is the next working day either way', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: 0, max: 60 }), holidays, (day, days, off) => {
        const later = addWorkingDays(day, days + 1, off) > addWorkingDays(day, days, off);
        expect(later).toBe(days > 0 || isWorkingDay(day, off));
      }),
    );
  });
});
