import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decided, handsOn, OPEN_SECONDS, type Opening, takeBack, UNDO_MINUTES } from './desk.ts';

const noon = new Date('2025-10-16T12:00:00Z');
const before = (seconds: number) => new Date(noon.getTime() - seconds * 1_000);
const rhian = (given: Partial<Opening> = {}): Opening => ({
  person: 'rhian',
  name: 'Rhian Pugh',
  seenAt: before(5),
  takenAt: before(60),
  ...given,
});
const owen = (given: Partial<Opening> = {}): Opening =>
  rhian({ person: 'owen', name: 'Owen Vaughan', ...given });

describe('whose hands a petition is in', () => {
  it.each<[string, Opening[], string | null]>([
    ['nobody’s', [], null],
    ['Rhian’s, who opened it', [rhian()], 'rhian'],
    ['nobody’s, when all only look on', [rhian({ takenAt: null })], null],
    ['Rhian’s, while Owen looks on', [rhian(), owen({ takenAt: null })], 'rhian'],
    ['Owen’s, once he took it over', [rhian(), owen({ takenAt: before(1) })], 'owen'],
    [
      'Owen’s, when Rhian went for tea',
      [rhian({ seenAt: before(OPEN_SECONDS) }), owen({ takenAt: before(99) })],
      'owen',
    ],
    ['nobody’s, when both are gone', [rhian({ seenAt: before(600) }), owen({ seenAt: before(91) })], null],
  ])('is %s', (_, openings, who) => {
    expect(handsOn(openings, noon).holder?.person ?? null).toBe(who);
  });

  it('is one person’s at most, who is here, in whichever order the rows come', () => {
    const opening = fc.record({
      person: fc.string(),
      name: fc.string(),
      seenAt: fc.integer({ min: 0, max: 200 }).map(before),
      takenAt: fc.option(fc.integer({ min: 0, max: 200 }).map(before)),
    });
    fc.assert(
      fc.property(fc.uniqueArray(opening, { selector: (one) => one.person, maxLength: 6 }), (all) => {
        const { here, holder } = handsOn(all, noon);
        expect(handsOn([...all].reverse(), noon).holder).toEqual(holder);
        if (holder) expect(here).toContainEqual(holder);
      }),
    );
  });
});

describe('taking a decision back', () => {
  const decided = (given: Partial<Decided> = {}): Decided => ({
    command: 'reject',
    decidedBy: 'rhian',
    at: before(30),
    undoneAt: null,
    appealed: false,
    newest: true,
    ...given,
  });
  it.each<[string, Decided | null, Parameters<typeof takeBack>[1]['state'], string]>([
    ['my rejection', decided(), 'rejected', 'in_moderation'],
    ['my sending back', decided({ command: 'return' }), 'returned', 'in_moderation'],
    ['to the last moment', decided({ at: before(UNDO_MINUTES * 60) }), 'rejected', 'in_moderation'],
    ['not later', decided({ at: before(UNDO_MINUTES * 60 + 1) }), 'rejected', 'too_late'],
    ['not a colleague’s', decided({ decidedBy: 'owen' }), 'rejected', 'nothing_to_undo'],
    ['not twice', decided({ undoneAt: noon }), 'in_moderation', 'nothing_to_undo'],
    ['not nothing', null, 'in_moderation', 'nothing_to_undo'],
    ['not what people may have signed', decided({ command: 'publish' }), 'open', 'not_to_undo'],
    ['not hiding, which has its own way back', decided({ command: 'hide' }), 'open', 'not_to_undo'],
    ['not under an appeal', decided({ appealed: true }), 'rejected', 'changed_meanwhile'],
    ['not when it came back already', decided({ command: 'return' }), 'in_moderation', 'changed_meanwhile'],
    ['not an older one', decided({ newest: false }), 'rejected', 'changed_meanwhile'],
  ])('%s', (_, decision, state, outcome) => {
    const found = takeBack(decision, { state }, 'rhian', noon);
    expect(found.ok ? found.next.state : found.refused).toBe(outcome);
  });
});
