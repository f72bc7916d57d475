import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { step } from '../kit/decide.ts';
import { DEBATE_STATES, PETITION_STATES, REJECTION_CODES, RESPONSE_STATES, type Threshold } from './plain.ts';
import {
  afterCrossing,
  appeal,
  close,
  closesAt,
  crossed,
  debateMachine,
  eligible,
  end,
  lapse,
  mailMinutes,
  maySign,
  moderate,
  owing,
  type PetitionFacts,
  petitionMachine,
  responseMachine,
  submit,
  support,
  takeStep,
  tooSoon,
} from './rules.ts';
import { asksTooMuch, scheme as schemeShape, schemeDefaults } from './scheme.ts';

const noon = new Date('2025-10-16T12:00:00Z');
const hours = (n: number) => new Date(noon.getTime() + n * 3_600_000);
const petition = (given: Partial<PetitionFacts> = {}): PetitionFacts => ({
  id: 7,
  state: 'open',
  response: 'none',
  debate: 'none',
  returned: 0,
  supporters: 0,
  signatures: 0,
  reached: {},
  opensAt: hours(-24),
  closesAt: hours(24),
  hidden: false,
  ...given,
});

describe('the life of a petition', () => {
  // every state a petition can be in, and the only ways out of it
  it.each([
    ['draft', ['submit → gathering_supporters']],
    [
      'gathering_supporters',
      ['enough_supporters → in_moderation', 'lapse → withdrawn', 'withdraw → withdrawn'],
    ],
    ['in_moderation', ['publish → open', 'reject → rejected', 'return → returned', 'withdraw → withdrawn']],
    [
      'returned',
      ['lapse → withdrawn', 'resubmit → in_moderation', 'take_back → in_moderation', 'withdraw → withdrawn'],
    ],
    ['open', ['close → closed', 'stop → stopped', 'withdraw → withdrawn']],
    ['rejected', ['publish_after_appeal → open', 'take_back → in_moderation']],
    ['closed', []],
    ['withdrawn', []],
    ['stopped', []],
  ] as const)('from %s', (from, ways) => {
    expect(
      Object.entries(petitionMachine[from])
        .map(([command, to]) => `${command} → ${to}`)
        .sort(),
    ).toEqual([...ways].sort());
  });

  it('ends somewhere from everywhere, and what has ended stays ended', () => {
    const ends = PETITION_STATES.filter((state) => Object.keys(petitionMachine[state]).length === 0);
    expect(ends).toEqual(['closed', 'withdrawn', 'stopped']);
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'submit',
            'enough_supporters',
            'return',
            'resubmit',
            'publish',
            'reject',
            'close',
            'withdraw',
            'stop' as const,
          ),
        ),
        (commands) => {
          let state = PETITION_STATES[0] as (typeof PETITION_STATES)[number];
          let ended = false;
          for (const command of commands) {
            const to = step(petitionMachine, state, command as 'submit');
            expect(ended && to !== null).toBe(false);
            state = to ?? state;
            ended = ends.includes(state);
          }
        },
      ),
    );
  });

  it('goes to the moderators with the fifth supporter, not before, and once', () => {
    expect(support(petition({ state: 'gathering_supporters', supporters: 3 }), schemeDefaults)).toMatchObject(
      { next: { state: 'gathering_supporters' } },
    );
    expect(support(petition({ state: 'gathering_supporters', supporters: 4 }), schemeDefaults)).toMatchObject(
      { next: { state: 'in_moderation' } },
    );
    expect(support(petition({ state: 'in_moderation', supporters: 5 }), schemeDefaults)).toEqual({
      ok: false,
      refused: 'not_gathering',
    });
  });

  it('needs no supporters where the scheme asks for none', () => {
    expect(submit(petition({ state: 'draft' }), { ...schemeDefaults, supporters: 0 })).toMatchObject({
      next: { state: 'in_moderation' },
    });
  });
});

describe('Rhian moderates', () => {
  const waiting = petition({ state: 'in_moderation' });
  it('sends the wording back once, with reasons', () => {
    expect(moderate(waiting, { command: 'return', reason: '', passages: 1 })).toEqual({
      ok: false,
      refused: 'reason_needed',
    });
    expect(
      moderate(waiting, { command: 'return', reason: 'Say who should do it.', passages: 1 }),
    ).toMatchObject({ next: { state: 'returned' } });
    expect(
      moderate({ ...waiting, returned: 1 }, { command: 'return', reason: 'Again.', passages: 1 }),
    ).toEqual({ ok: false, refused: 'already_returned' });
  });
  it('names the petition that it repeats', () => {
    const twin = { command: 'reject', code: 'duplicate', reason: 'The same.' } as const;
    expect(moderate(waiting, { ...twin, original: null })).toEqual({ ok: false, refused: 'original_needed' });
    expect(moderate(waiting, { ...twin, original: 7 })).toEqual({ ok: false, refused: 'original_of_itself' });
    expect(moderate(waiting, { ...twin, original: 3 })).toMatchObject({ next: { state: 'rejected' } });
  });
  it.each(REJECTION_CODES.filter((code) => code !== 'duplicate'))(
    'may reject as %s with a public reason',
    (code) => {
      expect(
        moderate(waiting, { command: 'reject', code, reason: 'Because.', original: null }),
      ).toMatchObject({ next: { state: 'rejected' } });
    },
  );
  it.each(PETITION_STATES.filter((state) => state !== 'in_moderation'))(
    'decides nothing about a petition that is %s',
    (state) => {
      expect(moderate(petition({ state }), { command: 'publish' })).toEqual({
        ok: false,
        refused: 'not_from_this_state',
      });
    },
  );
});

describe('an appeal', () => {
  const rejected = {
    command: 'reject',
    decidedBy: 'rhian',
    appealed: false,
    decided: false,
    newest: true,
  };
  it.each([
    ['a rejection', {}, { ok: true }],
    ['hidden words', { command: 'hide' }, { ok: true }],
    ['what was sent back', { command: 'return' }, { ok: false, refused: 'not_to_appeal' }],
    ['an older decision', { newest: false }, { ok: false, refused: 'not_to_appeal' }],
    ['a second time', { appealed: true }, { ok: false, refused: 'already_appealed' }],
  ])('against %s', (_, given, expected) => {
    expect(appeal({ ...rejected, ...given }, { appeals: true })).toEqual(expected);
  });
  it('is decided once, by another moderator', () => {
    const asked = { ...rejected, appealed: true };
    expect(appeal(asked, { decides: 'rhian' })).toEqual({ ok: false, refused: 'same_moderator' });
    expect(appeal(asked, { decides: 'owen' })).toEqual({ ok: true });
    expect(appeal({ ...asked, decided: true }, { decides: 'owen' })).toEqual({
      ok: false,
      refused: 'not_to_appeal',
    });
    expect(appeal(rejected, { decides: 'owen' })).toEqual({ ok: false, refused: 'not_to_appeal' });
  });
});

describe('the end', () => {
  it('comes after 180 days, later by the days of a pause', () => {
    expect(closesAt(noon, schemeDefaults).toISOString()).toBe('2026-04-14T12:00:00.000Z');
    expect(closesAt(noon, schemeDefaults, 10).toISOString()).toBe('2026-04-24T12:00:00.000Z');
    expect(close(petition(), noon)).toEqual({ ok: false, refused: 'too_early' });
    expect(close(petition(), hours(24))).toMatchObject({ next: { state: 'closed' } });
  });
  it('comes to what nobody moves on, after as many days as one may be signed, and only before it is published', () => {
    const since = new Date(noon.getTime() - 180 * 86_400_000);
    const lapses = (state: PetitionFacts['state'], from = since) =>
      lapse({ state, since: from }, schemeDefaults, noon);
    for (const state of ['gathering_supporters', 'returned'] as const) {
      expect(lapses(state)).toMatchObject({ ok: true, next: { state: 'withdrawn' } });
      expect(lapses(state, new Date(since.getTime() + 1))).toEqual({ ok: false, refused: 'too_early' });
    }
    for (const state of ['in_moderation', 'open', 'rejected', 'closed'] as const)
      expect(lapses(state)).toEqual({ ok: false, refused: 'not_from_this_state' });
  });

  it('has a public reason when the organiser or the council makes it', () => {
    expect(end(petition(), 'withdraw', ' ')).toEqual({ ok: false, refused: 'reason_needed' });
    expect(end(petition(), 'stop', 'The bus runs again.')).toMatchObject({ next: { state: 'stopped' } });
    expect(end(petition({ state: 'gathering_supporters' }), 'withdraw', '')).toMatchObject({
      next: { state: 'withdrawn' },
    });
  });
});

describe('signing', () => {
  it.each([
    ['open', {}, { now: noon, begun: null, collectingPaused: false }, true],
    ['open while collecting is paused', {}, { now: noon, begun: null, collectingPaused: true }, false],
    ['hidden', { hidden: true }, { now: noon, begun: null, collectingPaused: false }, false],
    [
      'closed for an hour, begun before',
      { state: 'closed' },
      { now: hours(25), begun: hours(23), collectingPaused: false },
      true,
    ],
    [
      'closed for an hour, begun after',
      { state: 'closed' },
      { now: hours(25), begun: hours(24.5), collectingPaused: false },
      false,
    ],
    [
      'closed for two days, begun before',
      { state: 'closed' },
      { now: hours(72), begun: hours(23), collectingPaused: false },
      false,
    ],
    ['withdrawn', { state: 'withdrawn' }, { now: noon, begun: hours(-1), collectingPaused: false }, false],
  ] as const)('a petition that is %s', (_what, given, at, open) => {
    expect(maySign(petition(given), at).ok).toBe(open);
  });
  it('asks what the scheme asks', () => {
    const strict = { ...schemeDefaults, bases: ['live' as const], minimumAge: 16 };
    expect(eligible({ basis: 'work', age: 40 }, strict)).toEqual({ ok: false, refused: 'basis_not_allowed' });
    expect(eligible({ basis: 'live', age: 15 }, strict)).toEqual({ ok: false, refused: 'too_young' });
    expect(eligible({ basis: 'live', age: null }, strict)).toEqual({ ok: false, refused: 'too_young' });
    expect(eligible({ basis: 'live', age: 16 }, strict)).toEqual({ ok: true });
    expect(eligible({ basis: 'study', age: null }, schemeDefaults)).toEqual({ ok: true });
  });
});

describe('thresholds', () => {
  it.each([
    [99, {}, []],
    [100, {}, ['response']],
    [1750, { response: noon }, ['evidence']],
    [3600, {}, ['response', 'evidence', 'debate']],
    [3600, { response: noon, evidence: noon, debate: noon }, []],
  ] as const)('at %i signatures', (after, reached, expected) => {
    expect(crossed(reached, after, schemeDefaults)).toEqual(expected);
  });

  it('fire once each, in order, whatever the batches and however many are taken away between', () => {
    const steps = fc.array(fc.integer({ min: -800, max: 1500 }), { maxLength: 40 });
    fc.assert(
      fc.property(steps, (changes) => {
        const reached: Partial<Record<Threshold, Date>> = {};
        const fired: Threshold[] = [];
        let count = 0;
        let highest = 0;
        for (const change of changes) {
          count = Math.max(0, count + change);
          highest = Math.max(highest, count);
          for (const threshold of crossed(reached, count, schemeDefaults)) {
            fired.push(threshold);
            reached[threshold] = noon;
          }
        }
        expect(new Set(fired).size).toBe(fired.length);
        expect(fired).toEqual(
          (['response', 'evidence', 'debate'] as const).filter(
            (threshold) => highest >= schemeDefaults[threshold],
          ),
        );
      }),
    );
  });

  it('start the clocks of answer and debate, and never set back what has gone further', () => {
    expect(afterCrossing({ response: 'none', debate: 'none' }, ['response'])).toEqual({
      response: 'awaiting',
      debate: 'none',
    });
    expect(afterCrossing({ response: 'responded', debate: 'none' }, ['response', 'debate'])).toEqual({
      response: 'responded',
      debate: 'awaiting',
    });
    for (const response of RESPONSE_STATES)
      for (const debate of DEBATE_STATES) {
        const after = afterCrossing({ response, debate }, ['response', 'evidence', 'debate']);
        expect(RESPONSE_STATES.indexOf(after.response)).toBeGreaterThanOrEqual(
          RESPONSE_STATES.indexOf(response),
        );
        expect(after.debate === 'none').toBe(false);
      }
    expect(Object.values(responseMachine.responded)).toEqual(['responded']);
    expect(debateMachine.not_debated).toEqual({ schedule: 'scheduled' });
  });
});

describe('what a council owes', () => {
  const all = { response: noon, evidence: noon, debate: noon };
  it.each([
    ['open', {}, 'none', 'none', [], []],
    ['open', all, 'awaiting', 'awaiting', [], ['response', 'evidence', 'debate']],
    ['closed', all, 'responded', 'scheduled', ['response'], ['evidence', 'debate']],
    ['closed', all, 'responded', 'debated', ['evidence'], []],
    ['closed', all, 'responded', 'not_debated', ['evidence', 'update'], []],
    // answered before anybody made it: nothing is owed when the number is reached later
    ['open', { response: noon }, 'responded', 'none', ['response'], []],
    ['withdrawn', all, 'awaiting', 'awaiting', [], []],
  ] as const)('%s: %o, %s, %s after %o is %o', (state, reached, response, debate, steps, left) => {
    expect(owing({ state, reached, response, debate }, steps)).toEqual(left);
  });
});

describe('afterwards', () => {
  it.each([
    ['an answer nobody made it give', {}, 'response', { response: 'responded', debate: 'none' }],
    ['an answer', { response: 'awaiting' }, 'response', { response: 'responded', debate: 'none' }],
    ['a day for the debate', { debate: 'awaiting' }, 'debate_scheduled', { debate: 'scheduled' }],
    ['the debate', { debate: 'scheduled' }, 'debated', { debate: 'debated' }],
    ['no debate', { debate: 'awaiting' }, 'not_debated', { debate: 'not_debated' }],
    ['evidence', { response: 'awaiting' }, 'evidence', { response: 'awaiting' }],
    ['a word to the signers', { state: 'closed' }, 'update', { response: 'none' }],
  ] as const)('comes %s', (_, given, kind, next) => {
    expect(takeStep(petition(given), kind)).toMatchObject({ ok: true, next });
  });
  it('comes nothing out of order, and nothing before it is published', () => {
    expect(takeStep(petition(), 'debated')).toEqual({ ok: false, refused: 'not_from_this_state' });
    expect(takeStep(petition(), 'not_debated')).toEqual({ ok: false, refused: 'not_from_this_state' });
    for (const state of ['draft', 'in_moderation', 'rejected', 'withdrawn'] as const)
      expect(takeStep(petition({ state }), 'response')).toEqual({ ok: false, refused: 'not_published' });
  });
});

describe('the scheme', () => {
  it('must ask for more at each step', () => {
    expect(schemeShape.safeParse({ response: 2000 }).success).toBe(false);
    expect(schemeShape.safeParse({ response: 200, evidence: 200, debate: 200 }).success).toBe(true);
  });
  it('warns when a debate needs more than a twentieth of the people', () => {
    expect(asksTooMuch(schemeDefaults, 60_000)).toBe(true);
    expect(asksTooMuch({ debate: 3000 }, 60_000)).toBe(false);
  });
  it('keeps the same subject away for six months', () => {
    expect(tooSoon(new Date('2025-05-01'), noon, schemeDefaults)).toBe(true);
    expect(tooSoon(new Date('2025-03-01'), noon, schemeDefaults)).toBe(false);
    expect(tooSoon(null, noon, schemeDefaults)).toBe(false);
    expect(tooSoon(new Date('2025-10-01'), noon, { ...schemeDefaults, repeatMonths: 0 })).toBe(false);
  });
});

describe('the wait for a mail', () => {
  it.each([
    ['nobody waits', 0, 20, 0, 0],
    ['a few, gone within the minute', 1_199, 20, 5_000, 0],
    ['a minute’s worth', 1_200, 20, 5_000, 1],
    ['a whole country at once', 100_000, 20, 1_000, 83],
    ['few, but the mail server is slow', 3, 20, 12 * 60_000, 12],
    ['no rate is set', 100_000, null, 61_000, 1],
    ['a clock a moment behind', 0, 20, -5_000, 0],
  ])('%s', (_, waiting, rate, oldest, minutes) => {
    expect(mailMinutes(waiting, rate, oldest)).toBe(minutes);
  });
});
