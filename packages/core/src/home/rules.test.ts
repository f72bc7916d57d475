import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupOf, REPORT_STATES } from '../reports/plain.ts';
import { inFew } from './plain.ts';
import { closeToYou, happeningOf, newsOf } from './rules.ts';

describe('What the feed says of an event', () => {
  const changed = (from: string, to: string) =>
    happeningOf({ type: 'report.state_changed', data: { report: 1, from, to } });

  it.each([
    ['new', 'investigating', 'checking'],
    ['investigating', 'action_scheduled', 'dated'],
    ['action_scheduled', 'in_progress', 'mending'],
    ['in_progress', 'fixed_by_council', 'fixed'],
    ['new', 'fixed_by_resident', 'said_fixed'],
    ['fixed_by_council', 'new', 'again'],
    ['new', 'not_responsible', 'passed'],
    ['new', 'no_further_action', 'ended'],
    ['new', 'cancelled_by_reporter', null],
    ['new', 'for_triage', null],
    ['new', 'nonsense', null],
  ])('%s to %s is %s', (from, to, kind) => expect(changed(from, to)).toBe(kind));

  it('says nothing of edits and of who deals with it', () => {
    for (const type of ['report.edited', 'report.assigned', 'report.moved', 'petition.supported'])
      expect(happeningOf({ type, data: { report: 1 } })).toBeNull();
  });

  it('says of one hole once that people saw it, too', () => {
    const events = [9, 8, 7].map((id) => ({ id, report: 1, petition: null, kind: 'supported' as const }));
    expect(newsOf(events, 8).map(({ id }) => id)).toEqual([9]);
  });
});

describe('Close to you', () => {
  const state = fc.constantFrom(...REPORT_STATES);
  const recent = fc
    .uniqueArray(fc.record({ id: fc.nat(500), state, supports: fc.nat(60) }), { selector: (one) => one.id })
    .map((all) => all.sort((a, b) => b.id - a.id));

  it('names no report twice, at most four, and no more than one that is over', () => {
    fc.assert(
      fc.property(recent, (all) => {
        const ids = closeToYou(all);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeLessThanOrEqual(4);
        const over = ids.filter((id) => groupOf(all.find((one) => one.id === id)!.state) !== 'open');
        expect(over.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('begins with the one that most people wait for', () => {
    fc.assert(
      fc.property(recent, (all) => {
        const open = all.filter((one) => groupOf(one.state) === 'open');
        if (open.length === 0) return;
        const first = all.find((one) => one.id === closeToYou(all)[0])!;
        expect(first.supports).toBe(Math.max(...open.map((one) => one.supports)));
      }),
    );
  });
});

describe('A share that people can picture', () => {
  it.each([
    [41, 50, 4, 5],
    [1, 2, 1, 2],
    [7, 10, 7, 10],
    [30, 30, 2, 2],
    [0, 30, 0, 2],
  ])('%i of %i is %i in %i', (part, base, few, of) => expect(inFew(part, base)).toEqual({ part: few, of }));

  it('is never more than a twentieth off', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 1000 }), (part, more) => {
        const said = inFew(part, part + more);
        expect(Math.abs(said.part / said.of - part / (part + more))).toBeLessThanOrEqual(0.0501);
      }),
    );
  });
});
