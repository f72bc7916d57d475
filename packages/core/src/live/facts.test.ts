import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notFacts } from './facts.ts';

describe('An event', () => {
  it('holds ids, states, topics, days, counts and lists of them', () => {
    const data = {
      report: 12,
      ward: '01a20000-0000-7000-8000-000000000001',
      from: 'for_triage',
      topic: 'report:12',
      part: 'photo:0192',
      on: '2025-10-16',
      question: true,
      step: null,
      wards: ['01a2', null],
    };
    expect(notFacts(data)).toEqual([]);
  });

  it.each([
    ['a sentence', 'It is deeper now.'],
    ['a name', 'Mair Pritchard'],
    ['an address', 'mair@pritchard.example'],
    ['a postcode', 'AB1 2CD'],
    ['a thing within a thing', { name: 'x' }],
    ['a number that is none', Number.NaN],
    ['a list with a word too many', ['open', 'by the kerb']],
  ])('never holds %s', (_what, value) => {
    expect(notFacts({ ok: 1, value })).toEqual(['value']);
  });

  it('never holds anything with a space, an @ or a line in it', () => {
    const words = fc.tuple(fc.string(), fc.constantFrom(' ', '@', '\n', 'ŵ', ','), fc.string());
    fc.assert(
      fc.property(words, ([before, between, after]) => {
        expect(notFacts({ said: before + between + after })).toEqual(['said']);
      }),
    );
  });
});
