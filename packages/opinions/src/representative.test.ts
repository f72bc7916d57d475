import { describe, expect, it } from 'vitest';
import { map } from './map.ts';
import { nextStatement, priorityOf } from './priorities.ts';
import { shareOf, shareTestOf, twoProportions } from './representative.ts';
import type { Vote } from './types.ts';

/** Votes of two groups on one statement each: [agrees, disagrees, passes] of A, then of B. */
type Split = readonly [readonly [number, number, number], readonly [number, number, number]];

function conversation(splits: Readonly<Record<string, Split>>, members = 10) {
  const votes: Vote[] = [];
  const given: Record<string, string> = {};
  ['A', 'B'].forEach((label, side) => {
    for (let member = 0; member < members; member++) given[`${label}${member}`] = label;
    for (const [statement, split] of Object.entries(splits)) {
      const cast = [1, -1, 0].flatMap((vote, at) => Array.from({ length: split[side]![at]! }, () => vote));
      cast.forEach((vote, member) => votes.push({ person: `${label}${member}`, statement, vote }));
    }
  });
  return { votes, given };
}

describe('the tests behind a statement, by hand', () => {
  it('shares and their test against one half', () => {
    expect(shareOf(8, 10)).toBe(9 / 12);
    expect(shareOf(0, 0)).toBe(0.5);
    expect(shareTestOf(8, 10)).toBeCloseTo(2 * Math.sqrt(11) * (9 / 11 - 0.5), 14);
  });

  it('two proportions with one added to all four counts', () => {
    // 9 of 11 against 3 of 11: pooled 12/22.
    const pooled = 12 / 22;
    const z = (9 / 11 - 3 / 11) / Math.sqrt(pooled * (1 - pooled) * (2 / 11));
    expect(twoProportions(8, 10, 2, 10)).toBeCloseTo(z, 14);
    expect(twoProportions(3, 3, 4, 4)).toBe(0);
  });
});

describe('what a group says', () => {
  it('is what it says more than the others, agreements first', () => {
    const { votes, given } = conversation({
      shared: [
        [10, 0, 0],
        [10, 0, 0],
      ],
      ours: [
        [9, 1, 0],
        [1, 9, 0],
      ],
      theirs: [
        [0, 10, 0],
        [8, 2, 0],
      ],
    });
    const [a, b] = map(votes, { given }).representative;
    expect(a!.map(({ statement, direction, bestAgreed }) => [statement, direction, bestAgreed])).toEqual([
      ['ours', 'agree', true],
      ['theirs', 'disagree', false],
    ]);
    expect(b!.map(({ statement, direction }) => [statement, direction])).toEqual([
      ['shared', 'agree'],
      ['theirs', 'agree'],
      ['ours', 'disagree'],
    ]);
    expect(a![0]).toMatchObject({ success: 9, trials: 10, share: 10 / 12, ratio: 10 / 12 / (2 / 12) });
  });

  it('is at most five statements, and never one moderated out', () => {
    const split: Split = [
      [10, 0, 0],
      [0, 10, 0],
    ];
    const { votes, given } = conversation(
      Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`s${at}`, split])),
    );
    const statements = [{ id: 's0', moderation: 'out' as const }];
    const [a] = map(votes, { given, statements }).representative;
    expect(a).toHaveLength(5);
    expect(a!.map(({ statement }) => statement)).not.toContain('s0');
  });

  it('is the one best agreed where nothing stands out', () => {
    const { votes, given } = conversation({
      a: [
        [9, 1, 0],
        [9, 1, 0],
      ],
      b: [
        [10, 0, 0],
        [10, 0, 0],
      ],
    });
    expect(map(votes, { given }).representative[0]).toMatchObject([{ statement: 'b', bestAgreed: true }]);
  });

  it('is the strongest where nobody agrees with anything', () => {
    const { votes, given } = conversation({
      a: [
        [0, 0, 5],
        [0, 0, 5],
      ],
      b: [
        [0, 1, 5],
        [0, 0, 5],
      ],
    });
    const [a] = map(votes, { given }).representative;
    expect(a).toMatchObject([{ statement: 'b', direction: 'disagree', bestAgreed: false }]);
  });
});

describe('what everybody shares', () => {
  const { votes, given } = conversation({
    yes: [
      [9, 1, 0],
      [8, 1, 1],
    ],
    no: [
      [0, 9, 1],
      [1, 9, 0],
    ],
    split: [
      [10, 0, 0],
      [0, 10, 0],
    ],
  });

  it('is agreed or rejected by clearly more than half', () => {
    const { consensus } = map(votes, { given });
    expect(consensus.agree).toMatchObject([{ statement: 'yes', success: 17, trials: 20, share: 18 / 22 }]);
    expect(consensus.disagree.map(({ statement }) => statement)).toEqual(['no']);
  });

  it('begins where the test passes 1.2816: five of seven, not six of nine', () => {
    const cast = (agrees: number, seen: number, statement: string) =>
      Array.from({ length: seen }, (_, at) => ({ person: `p${at}`, statement, vote: at < agrees ? 1 : 0 }));
    const { consensus } = map([...cast(5, 7, 'in'), ...cast(6, 9, 'out')]);
    expect(consensus.agree.map(({ statement }) => statement)).toEqual(['in']);
    expect(consensus.agree[0]!.shareTest).toBeCloseTo(2 * Math.sqrt(8) * 0.25, 14);
  });

  it('leaves out statements moderated out and those about the conversation', () => {
    const statements = [
      { id: 'yes', meta: true },
      { id: 'no', moderation: 'out' as const },
    ];
    expect(map(votes, { given, statements }).consensus).toEqual({ agree: [], disagree: [] });
  });

  it('within groups is the product of their shares', () => {
    const rows = new Map(map(votes, { given }).statements.map((row) => [row.id, row.consensus]));
    expect(rows.get('yes')).toBeCloseTo((10 / 12) * (9 / 12), 14);
    expect(rows.get('split')).toBeCloseTo((11 / 12) * (1 / 12), 14);
  });

  it('is told from what divides: the share of the keenest group less that of the coolest', () => {
    const rows = new Map(map(votes, { given }).statements.map((row) => [row.id, row.division]));
    expect(rows.get('split')).toBeCloseTo(10 / 12, 14);
    expect(rows.get('yes')).toBeCloseTo(1 / 12, 14);
    expect(map(votes, { given: { A1: 'A' } }).statements.map(({ division }) => division)).toEqual([0, 0, 0]);
  });
});

describe('what to ask next', () => {
  it('weighs passes, agreement, extremity and novelty, by hand', () => {
    expect(priorityOf([0, 0, 0], 0, false)).toBe((0.25 * 9) ** 2);
    // 4 agree, 2 disagree, 4 pass of 10: p = 5/12, a = 5/12.
    const importance = (1 - 5 / 12) * 2.5 * (5 / 12);
    expect(priorityOf([4, 2, 10], 1.5, false)).toBeCloseTo((importance * (1 + 8 / 4)) ** 2, 12);
    expect(priorityOf([4, 2, 10], 1.5, true)).toBe(49);
  });

  const statements = [
    { id: 'a', moderation: 'in' as const },
    { id: 'b', moderation: 'out' as const },
    { id: 'c', moderation: 'waiting' as const },
  ];
  const made = map([], { statements });

  it('draws in proportion to priority among those not voted on', () => {
    expect(nextStatement(made, new Set(), 0)).toBe('a');
    expect(nextStatement(made, new Set(), 0.49)).toBe('a');
    expect(nextStatement(made, new Set(), 0.51)).toBe('c');
    expect(nextStatement(made, new Set(['a']), 0.2)).toBe('c');
  });

  it('draws nothing moderated out, and nothing when all is voted on', () => {
    expect(nextStatement(made, new Set(['a', 'c']), 0.5)).toBeNull();
  });
});
