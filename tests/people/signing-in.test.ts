import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const grace = 'grace@anybridge.example';

describe('Grace signs in', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  /** Presses the button of the newest sign-in mail. */
  const byLink = async (email: string, who: Caller = town.visitor()): Promise<Caller> => {
    await who.call('askForLink', { body: { email } });
    await who.call('useToken', { params: { token: await town.tokenTo(email) }, body: {} });
    return who;
  };

  it('by the button in a mail, which works once', async () => {
    const visitor = town.visitor();
    await visitor.call('askForLink', { body: { email: grace, to: '/reports/12' } });
    const token = await town.tokenTo(grace);
    expect(await visitor.call('readToken', { params: { token } })).toMatchObject({
      kind: 'sign_in',
      state: 'ready',
    });
    expect((await visitor.call('readMe', {})).person).toBeNull();
    expect(await visitor.call('useToken', { params: { token }, body: {} })).toMatchObject({
      to: '/reports/12',
    });
    expect(await visitor.call('readMe', {})).toMatchObject({ name: 'Grace Okafor', strong: true });
    const again = await town.visitor().say('useToken', { params: { token }, body: {} });
    expect(again).toMatchObject({ status: 409, body: { code: 'used' } });
  });

  it('not with a link that is half an hour old', async () => {
    const visitor = town.visitor();
    await visitor.call('askForLink', { body: { email: grace } });
    const token = await town.tokenTo(grace);
    town.later(31);
    expect((await visitor.say('useToken', { params: { token }, body: {} })).body).toEqual({
      code: 'too_late',
    });
    expect((await visitor.call('readMe', {})).person).toBeNull();
  });

  it('and leads nobody to another site afterwards', async () => {
    for (const to of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      const visitor = town.visitor();
      await visitor.call('askForLink', { body: { email: 'mair@anybridge.example', to } });
      const token = await town.tokenTo('mair@anybridge.example');
      expect(await visitor.call('useToken', { params: { token }, body: {} })).toMatchObject({ to: '/me' });
    }
  });

  it('by a password of her own, and hears of it by mail', async () => {
    const phone = await byLink(grace);
    await phone.call('savePassword', { body: { password: 'seven wet bridges' } });
    expect(await town.mailTo(grace)).toMatchObject({
      kind: 'account_changed',
      subject: 'Your password was changed',
    });
    const laptop = town.visitor();
    const said = await laptop.call('signInByPassword', {
      body: { email: 'Grace@Anybridge.example ', password: 'seven wet bridges' },
    });
    expect(said).toEqual({ to: '/me' });
    expect((await laptop.call('readMe', {})).name).toBe('Grace Okafor');
  });

  it('not with a password that everybody guesses first', async () => {
    const phone = await byLink(grace);
    for (const password of ['password2026', 'aaaaaaaaaaaa', 'my grace is long'])
      expect(await phone.say('savePassword', { body: { password } })).toMatchObject({
        body: { code: 'too_common' },
      });
    expect(await phone.say('savePassword', { body: { password: 'short' } })).toMatchObject({
      status: 422,
      body: { fields: { password: 'too_short' } },
    });
  });

  it('needs her old password for a new one, unless she has just come in by a link', async () => {
    const laptop = town.visitor();
    await laptop.call('signInByPassword', { body: { email: grace, password: 'seven wet bridges' } });
    town.later(20);
    const body = { password: 'eight dry bridges', current: 'not it at all' };
    expect((await laptop.say('savePassword', { body })).body).toEqual({ code: 'not_matched' });
    await laptop.call('savePassword', { body: { ...body, current: 'seven wet bridges' } });
    expect((await laptop.call('readMe', {})).name).toBe('Grace Okafor');
  });

  it('and a stranger hears the same of a known and of an unknown address', async () => {
    const asked = await Promise.all(
      [grace, 'nobody.at.all@example.org'].map((email) =>
        town.visitor().say('askForLink', { body: { email } }),
      ),
    );
    expect(asked[0]!.status).toBe(200);
    expect(asked[1]).toMatchObject({ status: asked[0]!.status, body: asked[0]!.body });
    const tried = await Promise.all(
      [grace, 'nobody.at.all@example.org'].map((email) =>
        town.visitor().say('signInByPassword', { body: { email, password: 'wrong as wrong can be' } }),
      ),
    );
    expect(tried[0]).toMatchObject({ status: 409, body: { code: 'not_matched' } });
    expect(tried[1]).toMatchObject({ status: tried[0]!.status, body: tried[0]!.body });
  });

  it('is stopped from guessing, on every address alike', async () => {
    for (const email of ['mair@anybridge.example', 'nobody.else@example.org']) {
      town.later(16);
      const tries = [];
      for (let i = 0; i < 11; i++)
        tries.push(
          await town.visitor().say('signInByPassword', { body: { email, password: `guess number ${i}` } }),
        );
      expect(tries.map((one) => one.status)).toEqual([...Array<number>(10).fill(409), 429]);
    }
  });

  it('signs out one device, and only that cookie stops working', async () => {
    town.later(60);
    const [phone, laptop] = [await byLink(grace), await byLink(grace)];
    const { items } = await phone.call('listMyDevices', {});
    const other = items.find((one) => !one.here && Date.parse(one.createdAt) === town.clock.now.getTime())!;
    expect(items.filter((one) => one.here)).toHaveLength(1);
    await phone.call('signOutDevice', { params: { device: other.id } });
    expect((await laptop.call('readMe', {})).person).toBeNull();
    expect((await phone.call('readMe', {})).name).toBe('Grace Okafor');
    const mair = await byLink('mair@anybridge.example');
    const hers = (await phone.call('listMyDevices', {})).items.find((one) => one.here)!;
    expect((await mair.say('signOutDevice', { params: { device: hers.id } })).status).toBe(404);
  });

  it('signs out everywhere else, and stays signed in for thirty days', async () => {
    town.later(60);
    const [phone, laptop] = [await byLink(grace), await byLink(grace)];
    await phone.call('signOutOthers', {});
    expect((await laptop.call('readMe', {})).person).toBeNull();
    town.later(29 * 24 * 60);
    expect((await phone.call('readMe', {})).name).toBe('Grace Okafor');
    town.later(2 * 24 * 60);
    expect((await phone.call('readMe', {})).person).toBeNull();
  });

  it('adds an address, which only she can prove while signed in', async () => {
    const phone = await byLink(grace);
    await phone.call('addMyAddress', { body: { email: 'grace.work@example.org' } });
    const token = await town.tokenTo('grace.work@example.org');
    const stranger = await byLink('mair@anybridge.example');
    expect(await stranger.say('useToken', { params: { token }, body: {} })).toMatchObject({
      status: 403,
      body: { code: 'other_person' },
    });
    await phone.call('useToken', { params: { token }, body: {} });
    const { contacts } = await phone.call('readMyDetails', {});
    expect(contacts.map(({ value, verified, mayGo }) => ({ value, verified, mayGo }))).toEqual([
      { value: grace, verified: true, mayGo: true },
      { value: 'grace.work@example.org', verified: true, mayGo: true },
    ]);
    await phone.call('removeMyAddress', { params: { contact: contacts[1]!.id } });
    const last = await phone.say('removeMyAddress', { params: { contact: contacts[0]!.id } });
    expect(last).toMatchObject({ status: 409, body: { code: 'last_address' } });
  });

  it('finds her ward by her postcode, and shows no name under 18', async () => {
    const phone = await byLink(grace);
    const [{ code }] = (
      await town.sql.query<{ code: string }>('select code from postcodes where ward_id is not null limit 1')
    ).rows as [{ code: string }];
    await phone.call('saveMyDetails', { body: { postcode: code.toLowerCase(), publicName: true } });
    expect((await phone.call('readMe', {})).ward).not.toBeNull();
    expect((await phone.call('readMyDetails', {})).publicName).toBe(true);
    await phone.call('saveMyDetails', { body: { age: '13_to_17' } });
    expect(await phone.call('readMyDetails', {})).toMatchObject({ under18: true, publicName: false });
    const said = await phone.say('saveMyDetails', { body: { publicName: true } });
    expect(said.body).toEqual({ code: 'not_under_18' });
  });

  it('has no account when she is not thirteen yet', async () => {
    const child = await byLink('child@example.org');
    expect((await child.say('saveMyDetails', { body: { age: 'under_13' } })).body).toEqual({
      code: 'too_young',
    });
    expect((await child.call('readMe', {})).person).toBeNull();
    const { rows } = await town.sql.query("select 1 from contacts where value = 'child@example.org'");
    expect(rows).toEqual([]);
  });
});
