import { describe, expect, it } from 'vitest';
import type { LotteryInput } from './contract.ts';
import { drawLottery } from './lottery.ts';
import { replacementInput } from './replacement.ts';

const pool: LotteryInput = {
  size: 4,
  quotas: [
    { category: 'Age', value: 'young', min: 2, max: 2, minFlex: 1, maxFlex: 3 },
    { category: 'Age', value: 'old', min: 2, max: 2 },
  ],
  people: Array.from({ length: 12 }, (_, i) => ({
    id: `p${i}`,
    values: { age: i % 2 === 0 ? 'Young' : 'old' },
    household: `home ${Math.floor(i / 2)}`,
  })),
};

describe('a replacement draw', () => {
  const answers = [
    { id: 'p0', declined: false },
    { id: 'p3', declined: false },
    { id: 'p4', declined: true },
  ];

  it('fills what is left of size and quotas', () => {
    const { input, mistakes } = replacementInput(pool, answers);
    expect(mistakes).toEqual([]);
    expect(input.size).toBe(2);
    expect(input.quotas).toMatchObject([
      { min: 1, max: 1, minFlex: 0, maxFlex: 2 },
      { min: 1, max: 1 },
    ]);
  });

  it('leaves out those who answered, and the housemates of those confirmed', async () => {
    const outcome = await drawLottery(replacementInput(pool, answers).input, { seed: 1 });
    if (outcome.kind !== 'drawn') throw new Error(outcome.kind);
    const drawn = new Set(outcome.panels.flat());
    for (const id of ['p0', 'p1', 'p2', 'p3', 'p4']) expect(drawn.has(id), id).toBe(false);
    // The housemate of the one who declined may take the place.
    expect(drawn.has('p5')).toBe(true);
    for (const panel of outcome.panels) expect(panel).toHaveLength(2);
  });

  it.each([
    ['an id that nobody has', [{ id: 'zz', declined: false, row: 2 }], 'Nobody in the pool has the id “zz”.'],
    ['an id twice', [answers[0]!, { ...answers[0]!, row: 3 }], 'The id p0 is there twice.'],
    [
      'a full panel',
      ['p0', 'p2', 'p5', 'p7'].map((id) => ({ id, declined: false })),
      '4 people are confirmed for 4 places.',
    ],
    [
      'more of a value than fit',
      ['p0', 'p2', 'p4'].map((id) => ({ id, declined: false })),
      '3 people confirmed are Age young; the maximum is 2.',
    ],
  ])('names %s', (_, given, message) => {
    expect(replacementInput(pool, given).mistakes.map((mistake) => mistake.message)).toContain(message);
  });
});
