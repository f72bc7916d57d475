import { describe, expect, it } from 'vitest';
import { sayChange } from './changing.ts';
import type { Impossible, LotteryInput } from './contract.ts';
import { drawLottery } from './lottery.ts';

const people = (...kinds: [age: string, sex: string, count: number][]) =>
  kinds.flatMap(([age, sex, count]) =>
    Array.from({ length: count }, (_, i) => ({
      id: `${age} ${sex} ${i}`,
      values: { age, sex },
      household: `${age}${sex}${i}`,
    })),
  );

/** Four young people are wanted and there are four, but just three places for their sex. */
const pool: LotteryInput = {
  size: 6,
  quotas: [
    { category: 'Age', value: '18–24', min: 4, max: 4 },
    { category: 'Age', value: '25+', min: 2, max: 2 },
    { category: 'Sex', value: 'female', min: 3, max: 3 },
    { category: 'Sex', value: 'male', min: 3, max: 3 },
  ],
  people: people(['18–24', 'female', 4], ['25+', 'male', 9]),
};

async function impossible(input: LotteryInput): Promise<Impossible> {
  const outcome = await drawLottery(input, { seed: 1 });
  if (outcome.kind !== 'impossible') throw new Error(outcome.kind);
  return outcome;
}

describe('quotas that cannot be met', () => {
  it('come with the smallest change that makes them possible', async () => {
    const { changes, withinFlex } = await impossible(pool);
    expect(withinFlex).toBe(true);
    // One of four young people more among the women, or one place fewer for the young and one more for the others.
    expect(changes.map(sayChange).sort()).toEqual([
      'lower the minimum of Age 18–24 from 4 to 3',
      'raise the maximum of Age 25+ from 2 to 3',
    ]);
  });

  it('are possible once the change is made', async () => {
    const { changes } = await impossible(pool);
    const quotas = pool.quotas.map((quota) => {
      const own = changes.filter(
        ({ category, value }) => category === quota.category && value === quota.value,
      );
      const min = own.find(({ bound }) => bound === 'minimum')?.to ?? quota.min;
      const max = own.find(({ bound }) => bound === 'maximum')?.to ?? quota.max;
      return { ...quota, min, max };
    });
    expect((await drawLottery({ ...pool, quotas }, { seed: 1 })).kind).toBe('drawn');
  });

  it('stay within the flexible bounds where these leave room', async () => {
    const quotas = pool.quotas.map((quota) =>
      quota.category === 'Age' ? { ...quota, minFlex: quota.min, maxFlex: quota.max } : quota,
    );
    const { changes, withinFlex } = await impossible({ ...pool, quotas });
    expect(withinFlex).toBe(true);
    expect(changes.every(({ category }) => category === 'Sex')).toBe(true);
  });

  it('say so when not even the flexible bounds help, and what would', async () => {
    const quotas = pool.quotas.map((quota) => ({ ...quota, minFlex: quota.min, maxFlex: quota.max }));
    const outcome = await impossible({ ...pool, quotas });
    expect(outcome.withinFlex).toBe(false);
    expect(outcome.reason).toContain('Not even the flexible quotas');
    expect(outcome.changes).toHaveLength(2);
  });

  it('say so when there are too few households for any quotas', async () => {
    const shared = pool.people.map((person, i) => ({ ...person, household: `home ${i % 3}` }));
    const outcome = await impossible({ ...pool, people: shared });
    expect(outcome.changes).toEqual([]);
    expect(outcome.reason).toContain('3 households for 6 places');
  });
});
