import { limit, LIMITS, networkOf, REQUESTS_A_MINUTE } from '@folkmoot/api/kit/limits';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('Limits', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it('take a household of IPv6 addresses for one network, and IPv4 addresses for themselves', () => {
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(networkOf('2001:0db8:0001:0002::1')).toBe('2001:db8:1:2::/64');
    expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(networkOf('::1')).toBe('0:0:0:0::/64');
    expect(networkOf('::ffff:203.0.113.9')).toBe('203.0.113.9');
    expect(networkOf('203.0.113.9')).toBe('203.0.113.9');
    expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  });

  it('stop a mailbox after so many mails, in every process alike, and forget after their time', async () => {
    const { house } = town.app;
    const { max, seconds } = LIMITS.mail;
    for (let n = 0; n < max; n++) await limit(house, 'mail', 'mair@example.org');
    await expect(limit(house, 'mail', 'mair@example.org')).rejects.toMatchObject({
      code: 'too_many',
      status: 429,
    });
    await limit(house, 'mail', 'grace@example.org');
    town.later(seconds / 60);
    await limit(house, 'mail', 'mair@example.org');
    const { rows } = await town.sql.query<{ key: string }>('select key from limits');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => /mair|grace|example/.test(row.key))).toEqual([]);
  });

  it('count exactly when many ask at once', async () => {
    const { house } = town.app;
    const asked = await Promise.allSettled(
      Array.from({ length: 60 }, () => limit(house, 'sign_in', 'rush@example.org')),
    );
    expect(asked.filter((one) => one.status === 'fulfilled')).toHaveLength(LIMITS.sign_in.max);
  });

  it('stop an address that asks without end at the door of the whole server', async () => {
    // an address of nothing is quick; twice as many as a minute allows, because it may turn over meanwhile
    const ask = () => town.app.inject({ url: '/api/v1/nothing', remoteAddress: '198.51.100.1' });
    let stopped = await ask();
    for (let n = 0; n <= 2 * REQUESTS_A_MINUTE && stopped.statusCode !== 429; n += 50)
      stopped = (await Promise.all(Array.from({ length: 50 }, ask))).at(-1)!;
    expect(stopped.json()).toEqual({ code: 'too_many' });
  });
});
