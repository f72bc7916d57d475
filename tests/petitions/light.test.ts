import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailsGoOut, noRates, somePostcode } from './story.ts';

describe('Mair starts a petition without an account', () => {
  let town: Town;
  let code: string;
  beforeAll(async () => {
    town = await openTown();
    await noRates(town);
    code = (await somePostcode(town)).code;
  });
  afterAll(() => town.close());

  const you = (email: string) => ({ name: 'Mair Puw', email, postcode: code, basis: 'live' as const });
  const write = async (who: Caller, title: string, email: string) => {
    const { petition } = await who.call('startPetition', { body: { title, lang: 'cy' } });
    await who.call('savePetition', { params: { petition }, body: { why: 'Mae’n oer.', notSimilar: 'on' } });
    const body = { details: '', where: 'whole' as const, topics: ['parks' as const], ...you(email) };
    const saved = await who.call('savePetition', { params: { petition }, body });
    expect(saved.next).toBe('check');
    return petition;
  };
  const submit = (who: Caller, petition: number) =>
    who.say('submitPetition', { params: { petition }, body: { lang: 'cy' } });
  const press = (token: string) => town.visitor().say('useToken', { params: { token }, body: {} });
  const of = async (petition: number) =>
    (await town.sql.query('select * from petitions where id = $1', [petition])).rows[0];

  it('is led from page to page, and finds the draft again by her cookie alone', async () => {
    const mair = town.visitor();
    const body = { title: 'Mainc wrth y bont', lang: 'cy' as const, idempotencyKey: 'mair-bench-1' };
    const { petition } = await mair.call('startPetition', { body });
    expect((await mair.call('startPetition', { body })).petition).toBe(petition);
    const next = async (change: object) =>
      (await mair.call('savePetition', { params: { petition }, body: change })).next;
    expect(await next({ notSimilar: 'on' })).toBe('why');
    expect(await next({ why: 'Mae’n bell i gerdded.' })).toBe('details');
    expect(await next({ details: '' })).toBe('place');
    const wards = await mair.say('savePetition', { params: { petition }, body: { where: 'wards' } });
    expect(wards.body).toMatchObject({ code: 'invalid', fields: { wards: 'required' } });
    const sea = { where: 'pin' as const, lon: -30, lat: 50 };
    expect((await mair.say('savePetition', { params: { petition }, body: sea })).body).toEqual({
      code: 'outside',
    });
    const pin = { where: 'pin' as const, lon: -3.0018, lat: 51.842 };
    const put = await mair.call('savePetition', { params: { petition }, body: pin });
    expect(put).toMatchObject({ next: 'you', where: 'pin', street: expect.any(String) });
    const far = { ...you('mair@example.org'), postcode: 'SW1A 1AA' };
    expect((await mair.say('savePetition', { params: { petition }, body: far })).body).toMatchObject({
      fields: { postcode: 'not_here' },
    });
    expect(await next(you('mair@example.org'))).toBe('check');
    const drafts = await mair.call('listMyPetitions', { query: { drafts: 'on' } });
    expect(drafts.items).toMatchObject([{ id: petition, title: 'Mainc wrth y bont', state: 'draft' }]);
    expect((await town.visitor().call('listMyPetitions', { query: {} })).items).toEqual([]);
    for (const who of [town.visitor(), await town.as('Grace Okafor'), await town.as('Rhian Pugh')]) {
      expect((await who.say('readMyPetition', { params: { petition } })).status).toBe(404);
      expect((await who.say('dropPetitionDraft', { params: { petition } })).status).toBe(404);
      expect((await submit(who, petition)).status).toBe(404);
    }
  });

  it('goes off by the mailed button, once, and makes the account', async () => {
    const mair = town.visitor();
    const petition = await write(mair, 'Golau ar y llwybr', 'mair.light@example.org');
    const first = await submit(mair, petition);
    expect(first.body).toEqual({
      state: 'draft',
      supporterPath: null,
      supportersNeeded: 5,
      waits: { email: 'mair.light@example.org' },
    });
    await mailsGoOut(town);
    const token = await town.tokenTo('mair.light@example.org');
    expect((await town.mailTo('mair.light@example.org')).lang).toBe('cy');
    // sent off twice by an impatient finger: the first mail is as good as the second
    await submit(mair, petition);
    town.later(2);
    await mailsGoOut(town);
    const second = await town.tokenTo('mair.light@example.org');
    expect(second).not.toBe(token);
    expect((await of(petition)).person_id).toBeNull();
    const pressed = await press(token);
    expect(pressed.body).toMatchObject({ kind: 'confirm_petition' });
    expect(pressed.body['to']).toMatch(new RegExp(`^/petitions/${petition}/started\\?key=`));
    expect((await press(token)).body).toEqual({ code: 'used' });
    expect((await press(second)).body['to']).toBe(pressed.body['to']);
    const row = await of(petition);
    expect(row).toMatchObject({
      state: 'gathering_supporters',
      creator_name: 'Mair Puw',
      visitor: null,
      draft: null,
    });
    expect(row.person_id).not.toBeNull();
    const { rows } = await town.sql.query(
      'select state, person_id, supporter from signatures where petition_id = $1',
      [petition],
    );
    expect(rows).toEqual([{ state: 'confirmed', person_id: row.person_id, supporter: false }]);
    expect((await town.mailTo('mair.light@example.org')).text).toContain(`/petitions/${petition}?key=`);
    // the cookie opens it no more: it is hers, and she signs in to it
    expect((await mair.say('readMyPetition', { params: { petition } })).status).toBe(404);
  });

  it('tells nobody whether an address is known', async () => {
    const stranger = town.visitor();
    const known = await write(stranger, 'Bws i’r ysbyty', 'grace@anybridge.example');
    const unknown = await write(stranger, 'Bws i’r traeth', 'nobody.yet@example.org');
    const said = [await submit(stranger, known), await submit(stranger, unknown)];
    expect(said.map(({ status }) => status)).toEqual([200, 200]);
    expect(said.map(({ body }) => ({ ...body, waits: null }))[0]).toEqual(
      said.map(({ body }) => ({ ...body, waits: null }))[1],
    );
    await mailsGoOut(town);
    const mails = [await town.mailTo('grace@anybridge.example'), await town.mailTo('nobody.yet@example.org')];
    expect(mails.map(({ kind }) => kind)).toEqual(['confirm_petition', 'confirm_petition']);
    // and what the stranger typed changes nothing of Grace until she presses
    const { rows } = await town.sql.query(
      `select count(*)::int as n from petitions p join people on people.id = p.person_id
      where people.name = 'Grace Okafor' and p.id = $1`,
      [known],
    );
    expect(rows[0].n).toBe(0);
  });

  it('sends off no other words than those of the mail', async () => {
    const mair = town.visitor();
    const petition = await write(mair, 'Coed ar y sgwâr', 'mair.trees@example.org');
    await submit(mair, petition);
    await mailsGoOut(town);
    const token = await town.tokenTo('mair.trees@example.org');
    await mair.call('savePetition', { params: { petition }, body: { title: 'Torrwch y coed' } });
    expect((await press(token)).body).toEqual({ code: 'changed_since' });
    expect((await of(petition)).state).toBe('draft');
    await mair.call('savePetition', { params: { petition }, body: { notSimilar: 'on' } });
    await submit(mair, petition);
    town.later(2);
    await mailsGoOut(town);
    expect((await press(await town.tokenTo('mair.trees@example.org'))).status).toBe(200);
    expect((await of(petition)).title).toBe('Torrwch y coed');
  });

  it('is taken along by Grace when she signs in on the same device', async () => {
    const grace = town.visitor();
    const { petition } = await grace.call('startPetition', { body: { title: 'Lloches bws', lang: 'en' } });
    const { rows } = await town.sql.query(`select id from people where name = 'Grace Okafor'`);
    await grace.call('beSomeone', { body: { person: rows[0].id } });
    await grace.call('savePetition', { params: { petition }, body: { why: 'Rain.', notSimilar: 'on' } });
    expect(await of(petition)).toMatchObject({ person_id: rows[0].id, visitor: null });
    const sent = await grace.call('submitPetition', { params: { petition }, body: { postcode: code } });
    expect(sent).toMatchObject({ state: 'gathering_supporters', waits: null });
  });

  it('is forgotten after thirty days in which nobody touched it', async () => {
    const mair = town.visitor();
    const petition = await write(mair, 'Anghofiwyd', 'mair.forgets@example.org');
    await submit(mair, petition);
    town.later(29 * 24 * 60);
    await town.app.house.jobs.run('forget_petition_drafts');
    expect(await of(petition)).toBeDefined();
    town.later(2 * 24 * 60);
    await town.app.house.jobs.run('forget_petition_drafts');
    expect(await of(petition)).toBeUndefined();
  });
});

describe('Somebody wants to flood the moderators', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it('may send off two petitions in an hour', async () => {
    const grace = await town.as('Grace Okafor');
    const { code } = await somePostcode(town);
    const said = [];
    for (const title of ['One of many', 'Two of many', 'Three of many']) {
      const { petition } = await grace.call('startPetition', { body: { title, lang: 'en' } });
      await grace.call('savePetition', { params: { petition }, body: { why: 'Because.' } });
      said.push(await grace.say('submitPetition', { params: { petition }, body: { postcode: code } }));
    }
    expect(said.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(said[2]!.body).toEqual({ code: 'too_many' });
  });

  it('makes us send one mail a minute to an address, and five for a draft in all', async () => {
    const visitor = town.visitor();
    const { code } = await somePostcode(town);
    const { petition } = await visitor.call('startPetition', { body: { title: 'Mail them', lang: 'en' } });
    const body = { why: 'x', notSimilar: 'on', details: '', where: 'whole' as const } as const;
    await visitor.call('savePetition', { params: { petition }, body });
    const you = { name: 'Nobody Here', email: 'victim@example.org', postcode: code, basis: 'live' } as const;
    for (let times = 0; times < 8; times += 1) {
      await visitor.call('submitPetition', { params: { petition }, body: you });
      await mailsGoOut(town);
      await visitor.say('submitPetition', { params: { petition }, body: you });
      await mailsGoOut(town);
      town.later(61);
    }
    const { rows } = await town.sql.query(
      `select count(*)::int as n from mails where "to" = 'victim@example.org'`,
    );
    expect(rows[0].n).toBe(5);
  });
});
