import { describe, expect, it } from 'vitest';
import { checkInput, plain } from './checking.ts';
import type { LotteryInput, Mistake, Quota } from './contract.ts';
import { groupPeople } from './grouping.ts';

const quota = (value: string, min: number, max: number, more: Partial<Quota> = {}): Quota => ({
  category: 'Age',
  value,
  min,
  max,
  ...more,
});

const good: LotteryInput = {
  size: 2,
  quotas: [quota('young', 1, 1, { row: 2 }), quota('old', 1, 1, { row: 3 })],
  people: ['young', 'young', 'old', 'old'].map((age, i) => ({ id: `p${i}`, values: { age }, row: i + 2 })),
};

const mistakesOf = (change: Partial<LotteryInput>): Mistake[] => checkInput({ ...good, ...change }).mistakes;
const people = (...values: string[]) =>
  values.map((age, i) => ({ id: `p${i}`, values: { age }, row: i + 2 }));

describe('checking a pool', () => {
  it('takes values trimmed, with any spaces, and without case', () => {
    expect(plain('  Age \u00a0 18–24 ')).toBe('age 18–24');
    expect(mistakesOf({ people: people(' Young', 'YOUNG ', 'old', 'Old') })).toEqual([]);
  });

  it.each<[string, Partial<LotteryInput>, Partial<Mistake>]>([
    [
      'minimums above the places',
      { quotas: [quota('young', 2, 2, { row: 2 }), quota('old', 1, 2)] },
      {
        row: 2,
        message: 'The minimums of Age add up to 3, more than the 2 places.',
        fix: 'Lower minimums by 1 in all.',
      },
    ],
    [
      'maximums below the places',
      { quotas: [quota('young', 0, 1, { row: 2 }), quota('old', 0, 0)] },
      { message: 'The maximums of Age add up to 1, fewer than the 2 places.' },
    ],
    [
      'a minimum above its maximum',
      { quotas: [quota('young', 1, 0, { row: 9 }), quota('old', 1, 2)] },
      { row: 9, message: 'Age “young” has a minimum of 1 and a maximum of 0.' },
    ],
    [
      'too few people for a minimum',
      {
        people: people('young', 'young', 'young'),
        quotas: [quota('young', 1, 1), quota('old', 1, 1, { row: 3 })],
      },
      {
        row: 3,
        message: 'Age “old” has a minimum of 1, but 0 in the pool.',
        fix: 'Lower the minimum to 0, or invite 1 more.',
      },
    ],
    [
      'an unknown value',
      { people: people('young', 'ancient', 'old') },
      { file: 'respondents', row: 3, message: '“ancient” is no value of Age.' },
    ],
    [
      'a blank',
      { people: people('young', ' ', 'old') },
      { file: 'respondents', row: 3, message: 'Age is blank.' },
    ],
    [
      'a value listed twice',
      { quotas: [...good.quotas, quota(' YOUNG', 0, 1, { row: 4 })] },
      { row: 4, message: '“YOUNG” is there twice in Age.' },
    ],
    [
      'fewer people than places',
      { size: 5, quotas: [quota('young', 0, 5), quota('old', 0, 5)] },
      { message: 'There are 4 people for 5 places.' },
    ],
    [
      'a flexible range that is narrower than the quota',
      { quotas: [quota('young', 1, 1, { row: 2, minFlex: 2 }), quota('old', 1, 1)] },
      { row: 2, message: 'Age “young” has a flexible range narrower than its quota.' },
    ],
    [
      'half a person',
      { quotas: [quota('young', 0.5, 1, { row: 2 }), quota('old', 1, 1)] },
      { row: 2, message: 'Age “young” has a bound that is no whole number of 0 or more.' },
    ],
    ['no quotas at all', { quotas: [] }, { file: 'categories', message: 'There are no quotas.' }],
    ['a panel of nobody', { size: 0 }, { file: 'options', message: 'The size of the panel is 0.' }],
  ])('names %s, with its place and a fix', (_, change, mistake) => {
    const found = mistakesOf(change);
    expect(found).toContainEqual(expect.objectContaining(mistake));
    for (const { fix } of found) expect(fix).not.toBe('');
  });

  it('names an id that is there twice, with both rows', () => {
    const twice = good.people.map((person, i) => (i === 2 ? { ...person, id: 'p0' } : person));
    const fix = 'Give each person an id of their own, or delete the double entry.';
    const message = 'The id p0 is there twice (first in row 2).';
    expect(mistakesOf({ people: twice })).toEqual([{ file: 'respondents', row: 4, message, fix }]);
  });

  it('names a household rule that puts everyone in one home', () => {
    const together = good.people.map((person) => ({ ...person, household: 'here' }));
    expect(mistakesOf({ people: together })[0]!.message).toBe('Everyone has the same address.');
  });

  it('names all mistakes at once', () => {
    expect(mistakesOf({ people: people('x', 'y', '', 'old') })).toHaveLength(3);
  });
});

describe('types of people', () => {
  const grouped = (input: LotteryInput) => groupPeople(checkInput(input).pool!);

  it('makes one type of those with the same values', () => {
    expect(grouped(good).problem.people).toEqual([2, 2]);
  });

  it('does not tell apart by values whose quotas never bind', () => {
    const loose = { ...good, quotas: [quota('young', 0, 4), quota('old', 0, 4)] };
    expect(grouped(loose).problem.people).toEqual([4]);
  });

  it('tells those with housemates apart, and gives couples of the same values one place', () => {
    const homes = ['a', 'a', 'b', 'c'];
    const { problem, classes } = grouped({
      ...good,
      people: good.people.map((p, i) => ({ ...p, household: homes[i]! })),
    });
    expect([...problem.people].sort()).toEqual([2, 2]);
    expect([...problem.most].sort()).toEqual([1, 2]);
    expect(classes).toHaveLength(2);
  });

  it('gives mixed couples a row of their own', () => {
    const homes = ['a', 'b', 'a', 'b'];
    const { problem } = grouped({
      ...good,
      people: good.people.map((p, i) => ({ ...p, household: homes[i]! })),
    });
    expect(problem.rows.at(-1)).toEqual({ min: 0, max: 2, types: [0, 1], household: true });
  });
});
