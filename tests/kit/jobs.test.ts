import { jobsOf } from '@folkmoot/api/kit/jobs';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

describe('Jobs', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown({ env: { ROLE: 'web' } });
  });
  afterAll(async () => {
    await town.close();
  });
  const house = (role: 'all' | 'web' | 'worker') => ({
    ...town.app.house,
    settings: { ...town.app.house.settings, role },
  });

  it('start without the right to change the schema, several processes at once, and do what was asked', async () => {
    const done: string[] = [];
    const processes = [1, 2, 3].map((process) => {
      const jobs = jobsOf(house('worker'), town.database.appUrl);
      const job = jobs.add<{ word: string }>({
        name: 'say_word',
        work: async ({ word }) => void done.push(`${process > 0 ? word : ''}`),
      });
      return { jobs, job };
    });
    await Promise.all(processes.map(({ jobs }) => jobs.start()));
    await processes[0]!.job.send({ word: 'helo' });
    await vi.waitFor(() => expect(done).toEqual(['helo']), { timeout: 60_000 });
    await Promise.all(processes.map(({ jobs }) => jobs.stop()));
  });

  it('exist only if the act does that asked for them, and one a key', async () => {
    const jobs = jobsOf(house('web'), town.database.appUrl);
    const job = jobs.add<{ n: number }>({ name: 'count_up', work: async () => undefined });
    await jobs.start();
    await expect(
      town.app.house.db.transaction(async (tx) => {
        await job.send({ n: 1 }, { tx });
        throw new Error('the act fails');
      }),
    ).rejects.toThrow('the act fails');
    expect(await jobs.counts()).toEqual([{ name: 'count_up', waiting: 0, active: 0, failed: 0 }]);
    await town.app.house.db.transaction((tx) => job.send({ n: 2 }, { tx, key: 'report:1' }));
    await job.send({ n: 3 }, { key: 'report:1' });
    await job.send({ n: 4 });
    await job.send({ n: 5 });
    expect(await jobs.counts()).toEqual([{ name: 'count_up', waiting: 3, active: 0, failed: 0 }]);
    await jobs.stop();
  });

  it('that fail for good are counted, so that somebody sees them', async () => {
    const jobs = jobsOf(house('worker'), town.database.appUrl);
    const job = jobs.add<{ n: number }>({
      name: 'always_break',
      retries: 0,
      work: async () => {
        throw new Error('no');
      },
    });
    await jobs.start();
    await job.send({ n: 1 });
    await vi.waitFor(async () => expect((await jobs.counts())[0]?.failed).toBe(1), { timeout: 60_000 });
    await jobs.stop();
  });
});
