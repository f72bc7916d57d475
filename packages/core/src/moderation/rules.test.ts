import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { APPEAL_DAYS, DECISIONS, type ModerationDecision } from './plain.ts';
import { appeal, decide, decideAppeal, type Made, type Thing, undo, UNDO_MINUTES } from './rules.ts';

const now = new Date('2025-10-16T09:00:00Z');
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const made = (it: Partial<Made> = {}): Made => ({
  decision: 'hide',
  decidedBy: 'rhian',
  author: 'huw',
  at: now,
  undoneAt: null,
  appealedAt: null,
  appealDecidedAt: null,
  newest: true,
  ...it,
});

describe('Rhian decides about what Huw wrote', () => {
  const table: Array<[string, Partial<Thing>, ModerationDecision, boolean | string]> = [
    ['hides what is shown', {}, 'hide', true],
    ['hides in place what nobody flagged', { openFlags: 0 }, 'hide', true],
    ['cannot hide twice', { hidden: true }, 'hide', 'already_hidden'],
    ['lets stand what was flagged', {}, 'let_stand', false],
    ['cannot let stand what nobody flagged', { openFlags: 0 }, 'let_stand', 'nothing_open'],
    ['cannot let stand what is hidden', { hidden: true }, 'let_stand', 'already_hidden'],
    ['shows again what is hidden', { hidden: true }, 'show_again', false],
    ['cannot show again what is shown', {}, 'show_again', 'not_hidden'],
    ['never decides about her own words', { author: 'rhian' }, 'hide', 'own_words'],
    ['decides about what nobody is known to have written', { author: null }, 'hide', true],
  ];
  it.each(table)('%s', (_, thing, decision, said) => {
    const result = decide({ hidden: false, author: 'huw', openFlags: 1, ...thing }, decision, 'rhian');
    expect(result.ok ? result.next.hidden : result.refused).toBe(said);
  });

  it('whatever was decided: doing it twice is refused, or changes nothing', () => {
    fc.assert(
      fc.property(
        fc.record({
          hidden: fc.boolean(),
          author: fc.constantFrom('huw', 'rhian', null),
          openFlags: fc.nat(3),
        }),
        fc.constantFrom(...DECISIONS),
        (thing, decision) => {
          const once = decide(thing, decision, 'rhian');
          if (!once.ok) return;
          const twice = decide({ ...thing, hidden: once.next.hidden, openFlags: 0 }, decision, 'rhian');
          expect(twice.ok).toBe(false);
        },
      ),
    );
  });

  it('nobody ever decides about their own words', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.nat(3), fc.constantFrom(...DECISIONS), (hidden, openFlags, decision) => {
        expect(decide({ hidden, openFlags, author: 'rhian' }, decision, 'rhian')).toMatchObject({
          refused: 'own_words',
        });
      }),
    );
  });
});

describe('taking it back', () => {
  it('works for two minutes, for whose decision it was, once, while nothing followed', () => {
    const cases: Array<[Partial<Made>, string, number, boolean | string]> = [
      [{}, 'rhian', 1, false],
      [{ decision: 'show_again' }, 'rhian', 1, true],
      [{}, 'rhian', UNDO_MINUTES + 0.1, 'too_late'],
      [{}, 'tomasz', 1, 'nothing_to_undo'],
      [{ undoneAt: now }, 'rhian', 1, 'nothing_to_undo'],
      [{ newest: false }, 'rhian', 1, 'changed_meanwhile'],
      [{ appealedAt: now }, 'rhian', 1, 'changed_meanwhile'],
    ];
    for (const [it, who, minutes, said] of cases) {
      const result = undo(made(it), who, after(minutes));
      expect(result.ok ? result.next.hidden : result.refused).toBe(said);
    }
  });

  it('always restores what was there before', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.constantFrom(...DECISIONS), (hidden, decision) => {
        const done = decide({ hidden, author: 'huw', openFlags: 1 }, decision, 'rhian');
        if (!done.ok) return;
        const back = undo(made({ decision }), 'rhian', now);
        expect(back).toMatchObject({ next: { hidden } });
      }),
    );
  });
});

describe('another look', () => {
  it('is asked for once, by the author, within 30 days, of what is hidden', () => {
    const minutes = APPEAL_DAYS * 1440;
    const cases: Array<[Partial<Made>, string, number, true | string]> = [
      [{}, 'huw', 5, true],
      [{}, 'huw', minutes, true],
      [{}, 'huw', minutes + 1, 'too_late'],
      [{}, 'mair', 5, 'not_found'],
      [{ author: null }, 'huw', 5, 'not_found'],
      [{ appealedAt: now }, 'huw', 5, 'already_appealed'],
      [{ decision: 'let_stand' }, 'huw', 5, 'not_hidden'],
      [{ undoneAt: now }, 'huw', 5, 'not_hidden'],
      [{ newest: false }, 'huw', 5, 'not_hidden'],
    ];
    for (const [it, who, at, said] of cases) {
      const result = appeal(made(it), who, after(at));
      expect(result.ok || result.refused).toBe(said);
    }
  });

  it('is taken by somebody else, once', () => {
    const asked = { appealedAt: now };
    expect(decideAppeal(made(asked), 'tomasz', true)).toMatchObject({ next: { hidden: false } });
    expect(decideAppeal(made(asked), 'tomasz', false)).toMatchObject({ next: { hidden: true } });
    expect(decideAppeal(made(asked), 'rhian', true)).toMatchObject({ refused: 'same_moderator' });
    expect(decideAppeal(made(asked), 'huw', true)).toMatchObject({ refused: 'own_words' });
    expect(decideAppeal(made(), 'tomasz', true)).toMatchObject({ refused: 'no_appeal' });
    expect(decideAppeal(made({ ...asked, appealDecidedAt: now }), 'tomasz', true)).toMatchObject({
      refused: 'already_decided',
    });
  });
});
