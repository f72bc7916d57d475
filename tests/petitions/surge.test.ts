import { NoSurge, surge } from '@folkmoot/api/demo/surge';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPetition } from './story.ts';

describe('A petition of the demo town goes viral', () => {
  let town: Town;
  let petition: number;
  beforeAll(async () => {
    // the invented people hold buttons that work for an hour from now, so here it is now
    town = await openTown({ now: new Date() });
    ({ petition } = await openPetition(town));
  });
  afterAll(() => town.close());

  const rows = async () =>
    (
      await town.sql.query(
        `select (select online from petition_counts where petition_id = $1) as online,
           count(*) filter (where state = 'confirmed' and canonical like 'surge-%')::int as signed,
           count(*) filter (where state = 'pending')::int as waiting,
           (select count(*)::int from mails where kind <> 'petition_owed') as mails
         from signatures where petition_id = $1`,
        [petition],
      )
    ).rows[0] as { online: number; signed: number; waiting: number; mails: number };
  const go = (more: object = {}) =>
    surge({ db: town.app.house.db, url: town.url, petition, signatures: 60, perSecond: 500, ...more });

  it('counts each of them, writes to none of them, and ends', async () => {
    const before = await rows();
    expect(await go()).toEqual({ petition, pressed: 60, counted: 60, total: before.online + 60 });
    expect(await rows()).toEqual({ ...before, online: before.online + 60, signed: 60, waiting: 0 });
  });

  it('stops when it is told to and leaves nobody waiting', async () => {
    const before = await rows();
    const stop = new AbortController();
    const done = await go({
      signatures: 20_000,
      perSecond: 100,
      signal: stop.signal,
      say: (line: string) => line.includes('signed') && stop.abort(),
    });
    expect(done.counted).toBe(done.pressed);
    expect(done.counted).toBeLessThan(20_000);
    expect(await rows()).toEqual({
      ...before,
      online: before.online + done.counted,
      signed: before.signed + done.counted,
    });
  });

  it('does not where a town is not on this machine, or no petition is open', async () => {
    await expect(go({ url: 'http://moot.example.org' })).rejects.toThrow(NoSurge);
    await expect(go({ petition: 999_999 })).rejects.toThrow('Petition 999999 is not open.');
  });

  it('does not where people live', async () => {
    const real = await openTown({
      env: {
        DEMO: 'off',
        SECRET_KEYS: 'a-key-that-is-only-good-for-this-test',
        PUBLIC_URL: 'http://localhost:3998',
      },
    });
    try {
      const before = await real.sql.query('select count(*) from signatures');
      await expect(go({ db: real.app.house.db, url: real.url })).rejects.toThrow('is no demo town');
      expect((await real.sql.query('select count(*) from signatures')).rows).toEqual(before.rows);
    } finally {
      await real.close();
    }
  });
});
