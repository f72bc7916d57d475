import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPaused, moveDeadline, type Pause, pausedUntil, stretches } from './pauses.ts';

const council = 'council';
const pause = (from: string, to: string, more: Partial<Pause> = {}): Pause => ({
  organisation: council,
  what: 'promoting',
  from,
  to,
  ...more,
});
const election = pause('2026-03-23', '2026-05-07');

describe('Before an election the council', () => {
  it.each([
    ['may promote on the day before', '2026-03-22', false],
    ['may not on the first day', '2026-03-23', true],
    ['may not on polling day', '2026-05-07', true],
    ['may again on the day after', '2026-05-08', false],
  ])('%s', (_, day, paused) => {
    expect(isPaused([election], council, 'promoting', day)).toBe(paused);
  });

  it('goes on with other work, and the county with its own', () => {
    expect(isPaused([election], council, 'responding', '2026-04-01')).toBe(false);
    expect(isPaused([election], 'county', 'promoting', '2026-04-01')).toBe(false);
  });

  it.each([
    ['no pause', [], '2026-03-01', '2026-03-31', '2026-03-31'],
    ['a pause after it', [election], '2026-03-01', '2026-03-22', '2026-03-22'],
    ['a pause before it', [election], '2026-05-08', '2026-05-20', '2026-05-20'],
    ['three days inside', [pause('2026-03-10', '2026-03-12')], '2026-03-01', '2026-03-31', '2026-04-03'],
    ['a pause over its end', [pause('2026-03-30', '2026-04-05')], '2026-03-01', '2026-03-31', '2026-04-07'],
    ['a pause over its start', [pause('2026-02-20', '2026-03-03')], '2026-03-01', '2026-03-31', '2026-04-02'],
    [
      'a second pause that it is moved into',
      [pause('2026-03-30', '2026-03-31'), pause('2026-04-02', '2026-04-03')],
      '2026-03-01',
      '2026-03-31',
      '2026-04-04',
    ],
    ['a start that is the end', [election], '2026-04-01', '2026-04-01', '2026-04-01'],
  ])('a deadline with %s', (_, pauses, start, deadline, moved) => {
    expect(moveDeadline(pauses, council, 'promoting', start, deadline)).toBe(moved);
  });

  it('names the last day of pauses that meet', () => {
    const pauses = [pause('2026-03-08', '2026-03-09'), pause('2026-03-01', '2026-03-07')];
    expect(pausedUntil(pauses, council, 'promoting', '2026-03-02')).toBe('2026-03-09');
    expect(pausedUntil(pauses, council, 'promoting', '2026-03-10')).toBeNull();
    expect(stretches(pauses, council, 'promoting')).toEqual([{ from: '2026-03-01', to: '2026-03-09' }]);
  });
});

const DAY = 86_400_000;
const START = Date.parse('2026-01-01T00:00:00Z');
const day = (n: number): string => new Date(START + n * DAY).toISOString().slice(0, 10);
const somePauses = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 15 })), { maxLength: 8 })
  .map((list) => list.map(([from, days]) => pause(day(from), day(from + days))));

describe('Whatever the pauses', () => {
  it('a deadline keeps its working time: as many unpaused days after the start as before', () => {
    fc.assert(
      fc.property(
        somePauses,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (pauses, start, length) => {
          const moved = moveDeadline(pauses, council, 'promoting', day(start), day(start + length));
          let counted = 0;
          for (let n = start + 1; day(n) <= moved; n++)
            if (!isPaused(pauses, council, 'promoting', day(n))) counted += 1;
          expect(counted).toBe(length);
          expect(isPaused(pauses, council, 'promoting', moved)).toBe(false);
        },
      ),
    );
  });

  it('stretches say of every day what the pauses say', () => {
    fc.assert(
      fc.property(somePauses, fc.integer({ min: 0, max: 140 }), (pauses, n) => {
        const inside = stretches(pauses, council, 'promoting').some(
          ({ from, to }) => from <= day(n) && day(n) <= to,
        );
        expect(inside).toBe(isPaused(pauses, council, 'promoting', day(n)));
      }),
    );
  });
});
