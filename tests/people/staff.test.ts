import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { TOTP, Secret } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const tomasz = 'tomasz.nowak@anybridge.example';

describe('Those who act for the council', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  const codeFor = (secret: string) =>
    new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({
      timestamp: town.clock.now.getTime(),
    });

  const byLink = async (email: string): Promise<{ who: Caller; to: string }> => {
    const who = town.visitor();
    await who.call('askForLink', { body: { email } });
    const { to } = await who.call('useToken', { params: { token: await town.tokenTo(email) }, body: {} });
    return { who, to };
  };

  const enrol = async (who: Caller) => {
    const { pending, secret, svg } = await who.call('readNewSecondFactor', { query: {} });
    expect(svg).toContain('<svg');
    const { codes } = await who.call('saveSecondFactor', { body: { pending, code: codeFor(secret) } });
    return { secret, codes };
  };

  let secret = '';
  let codes: string[] = [];
  let session: Caller;

  it('may do nothing until they have set up the second factor', async () => {
    const { who, to } = await byLink(tomasz);
    expect(to).toBe('/me/second-factor');
    expect(await who.call('readMe', {})).toMatchObject({ strong: false });
    expect(await who.say('readAdmin', {})).toMatchObject({ status: 403, body: { code: 'second_factor' } });
    const before = who.cookie;
    ({ secret, codes } = await enrol(who));
    expect(codes).toHaveLength(10);
    expect(who.cookie).not.toBe(before);
    expect(await who.call('readMe', {})).toMatchObject({ strong: true });
    expect((await who.call('readAdmin', {})).wholePlace).toBe(true);
    // the cookie from before the rise of rights is worth nothing any more
    const old = await fetch(`${town.url}/api/v1/me`, { headers: { cookie: before } });
    expect(await old.json()).toMatchObject({ person: null });
    session = who;
  });

  it('give a code that works once, and are stopped after six guesses', async () => {
    town.later(1);
    const { who, to } = await byLink(tomasz);
    expect(to).toBe('/sign-in/code');
    const code = codeFor(secret);
    await who.call('giveCode', { body: { code } });
    expect(await who.say('giveCode', { body: { code } })).toMatchObject({ body: { code: 'not_matched' } });
    town.later(6);
    const other = (await byLink(tomasz)).who;
    const tries = [];
    for (let i = 0; i < 7; i++)
      tries.push((await other.say('giveCode', { body: { code: '000000' } })).status);
    expect(tries).toEqual([409, 409, 409, 409, 409, 409, 429]);
    expect(await other.call('readMe', {})).toMatchObject({ strong: false });
  });

  it('use a recovery code once, and are told of it', async () => {
    town.later(10);
    const { who } = await byLink(tomasz);
    const said = await who.call('giveCode', { body: { code: codes[0]!.toUpperCase() } });
    expect(said).toMatchObject({ to: '/desk', recoveryCodesLeft: 9 });
    expect((await town.mailTo(tomasz)).subject).toContain('recovery code');
    const second = (await byLink(tomasz)).who;
    expect((await second.say('giveCode', { body: { code: codes[0]! } })).body).toEqual({
      code: 'not_matched',
    });
  });

  it('are signed out after half an hour without a click, and after twelve hours in any case', async () => {
    const { who } = await byLink(tomasz);
    await who.call('giveCode', { body: { code: codeFor(secret) } });
    town.later(29);
    expect((await who.call('readMe', {})).name).toBe('Tomasz Nowak');
    for (let half = 0; half < 23; half++) {
      town.later(29);
      expect((await who.call('readMe', {})).name).toBe('Tomasz Nowak');
    }
    town.later(29);
    expect((await who.call('readMe', {})).person).toBeNull();
    const idle = (await byLink(tomasz)).who;
    town.later(31);
    expect((await idle.call('readMe', {})).person).toBeNull();
    expect((await session.call('readMe', {})).person).toBeNull();
  });

  it('invite an officer, who accepts, sets up the second factor and only then may act', async () => {
    const { who: admin } = await byLink(tomasz);
    await admin.call('giveCode', { body: { code: codeFor(secret) } });
    const body = { email: 'new.officer@example.org', role: 'officer' as const };
    town.later(11);
    const params = { slug: 'council' };
    expect(await admin.say('inviteMember', { params, body })).toMatchObject({
      status: 403,
      body: { code: 'second_factor_again' },
    });
    await admin.call('giveCode', { body: { code: codeFor(secret) } });
    await admin.call('inviteMember', { params, body });
    const mail = await town.mailTo('new.officer@example.org');
    expect(mail.text).toContain('Anybridge Town Council');
    const token = /\/invitation\/([\w-]+)/.exec(mail.text)![1]!;

    const officer = town.visitor();
    expect(await officer.call('readInvitation', { params: { token } })).toMatchObject({
      state: 'ready',
      role: 'officer',
      secondFactor: true,
      needsName: true,
    });
    expect(
      (await officer.say('acceptInvitation', { params: { token }, body: { agreed: 'on' } })).body,
    ).toMatchObject({
      fields: { name: 'required' },
    });
    const accepted = { name: 'Nesta Voyle', agreed: 'on' };
    expect(await officer.call('acceptInvitation', { params: { token }, body: accepted })).toEqual({
      to: '/me/second-factor',
    });
    expect((await officer.call('readMe', {})).strong).toBe(false);
    await enrol(officer);
    expect(await officer.call('readMe', {})).toMatchObject({ strong: true, grants: [{ role: 'officer' }] });
    expect((await officer.say('readAdmin', {})).status).toBe(403);
    expect(
      (await town.visitor().say('acceptInvitation', { params: { token }, body: accepted })).body,
    ).toEqual({
      code: 'used',
    });

    const { grants } = await admin.call('listMembers', { params });
    const hers = grants.find((one) => one.name === 'Nesta Voyle')!;
    await admin.call('endGrant', { params: { grant: hers.id } });
    expect((await officer.call('readMe', {})).person).toBeNull();
    const changes = await admin.call('listRoleChanges', { query: {} });
    expect(changes.items.map(({ what, by, to }) => [what, by, to])).toEqual([
      ['role.ended', 'Tomasz Nowak', 'Nesta Voyle'],
      ['role.given', 'Tomasz Nowak', 'Nesta Voyle'],
      ['role.invited', 'Tomasz Nowak', null],
    ]);
    const last = grants.find((one) => one.role === 'admin')!;
    expect((await admin.say('endGrant', { params: { grant: last.id } })).body).toEqual({
      code: 'last_admin',
    });
  });

  it('cannot set up a second key from a session that is older than their role', async () => {
    town.later(60);
    const grace = 'grace@anybridge.example';
    const { who: old } = await byLink(grace);
    await town.sql.query(
      `insert into grants (person_id, organisation_id, role)
       select c.person_id, o.id, 'officer' from contacts c, organisations o where c.value = $1 and o.slug = 'council'`,
      [grace],
    );
    const { who } = await byLink(grace);
    await enrol(who);
    expect(await who.call('readMe', {})).toMatchObject({ strong: true });
    expect(await old.call('readMe', {})).toMatchObject({ strong: false });
    const said = await old.say('readNewSecondFactor', { query: {} });
    expect(said).toMatchObject({ status: 403, body: { code: 'second_factor_again' } });
    expect((await old.say('exportHeld', {})).body).toEqual({ code: 'second_factor_again' });
  });

  it('look after their own organisation only, unless they are of the place’s own council', async () => {
    const { rows } = await town.sql.query<{ id: string }>("select id from people where name = 'Sunita Rao'");
    await town.sql.query(
      "insert into grants (person_id, organisation_id, role) select $1, id, 'admin' from organisations where slug = 'homes'",
      [rows[0]!.id],
    );
    const sunita = await town.as('Sunita Rao');
    const { organisations, wholePlace } = await sunita.call('readAdmin', {});
    expect(organisations.map((one) => one.slug)).toEqual(['homes']);
    expect(wholePlace).toBe(false);
    expect((await sunita.say('listMembers', { params: { slug: 'county' } })).status).toBe(404);
    const made = { slug: 'scouts', kind: 'group' as const, name: { en: 'Scouts' } };
    expect((await sunita.say('createOrganisation', { body: made })).status).toBe(403);
    const boss = await town.as('Tomasz Nowak');
    await boss.call('createOrganisation', { body: made });
    expect((await boss.say('createOrganisation', { body: made })).body).toEqual({ code: 'slug_taken' });
    expect(await town.visitor().call('readOrganisation', { params: { slug: 'scouts' } })).toMatchObject({
      name: { en: 'Scouts' },
      mayAdminister: false,
    });
  });

  it('are not named in public, but the elected are', async () => {
    const seen = await town.visitor().say('readOrganisation', { params: { slug: 'council' } });
    const said = JSON.stringify(seen.body);
    expect(said).toContain('Rhian Pugh');
    expect(said).not.toContain('Sunita Rao');
    expect(said).not.toContain('Tomasz Nowak');
  });
});
