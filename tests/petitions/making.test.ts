import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fiveSupporters,
  mailsGoOut,
  NIGHT_BUS,
  nightBus,
  noRates,
  signByMail,
  signer,
  smallScheme,
} from './story.ts';

describe('Grace starts a petition', () => {
  let town: Town;
  let grace: Caller;
  let rhian: Caller;
  beforeAll(async () => {
    town = await openTown();
    await smallScheme(town, { response: 5, evidence: 7, debate: 9 });
    await noRates(town);
    grace = await town.as('Grace Okafor');
    rhian = await town.as('Rhian Pugh');
  });
  afterAll(() => town.close());

  const decide = (petition: number, body: object, who = rhian) =>
    who.say('decidePetition', { params: { petition }, body: { lang: 'en', ...body } as never });
  const mine = (petition: number) => grace.call('readMyPetition', { params: { petition } });
  const atDesk = (petition: number, who = rhian) => who.call('readPetitionAtDesk', { params: { petition } });
  const publicly = (petition: number) =>
    town.visitor().say('readPetition', { params: { petition }, query: {} });
  const waiting = async (title: string) => {
    const made = await nightBus(town, grace, title);
    await fiveSupporters(town, made.petition, made.key, made.code);
    return made;
  };

  it('writes it page by page, and nobody else sees the draft', async () => {
    const { petition } = await grace.call('startPetition', {
      body: { title: 'A draft', lang: 'en', idempotencyKey: 'grace-draft-1' },
    });
    const again = await grace.call('startPetition', {
      body: { title: 'A draft', lang: 'en', idempotencyKey: 'grace-draft-1' },
    });
    expect(again.petition).toBe(petition);
    const early = await grace.say('submitPetition', { params: { petition }, body: {} });
    expect(early.body).toEqual({ code: 'not_finished' });
    const saved = await grace.call('savePetition', { params: { petition }, body: { why: 'Because.' } });
    expect(saved).toMatchObject({ why: 'Because.', missing: [], supporterPath: null, state: 'draft' });
    // who says that they live here has a postcode of this place, also when they start one
    const elsewhere = await grace.say('submitPetition', {
      params: { petition },
      body: { postcode: 'ZE1 0AA', basis: 'live' },
    });
    expect(elsewhere.body).toEqual({ code: 'invalid', fields: { postcode: 'not_here' } });
    for (const who of [town.visitor(), await town.as('Mair Pritchard'), rhian])
      expect((await who.say('readPetition', { params: { petition }, query: {} })).status).toBe(404);
    expect((await rhian.say('savePetition', { params: { petition }, body: { why: 'x' } })).status).toBe(404);
    expect((await grace.call('dropPetitionDraft', { params: { petition } })).ok).toBe(true);
    expect((await grace.say('readMyPetition', { params: { petition } })).status).toBe(404);
  });

  it('gathers five supporters by the secret link, then lies before the moderators, once', async () => {
    const { petition, key, code, sent } = await nightBus(town, grace);
    expect(sent).toMatchObject({ state: 'gathering_supporters', supportersNeeded: 5 });
    expect((await publicly(petition)).status).toBe(404);
    const withKey = await town.visitor().call('readPetition', { params: { petition }, query: { key } });
    expect(withKey).toMatchObject({ title: NIGHT_BUS, supporters: { have: 0, need: 5 } });
    const noKey = await town.visitor().say('signPetition', {
      params: { petition },
      body: signer('No Key', code),
    });
    expect(noKey.status).toBe(404);
    await fiveSupporters(town, petition, key, code);
    // who asks twice is told by mail, with the link that they may see it by
    await town.visitor().call('signPetition', {
      params: { petition },
      body: { ...signer('Ann One', code), key },
    });
    town.later(2);
    await mailsGoOut(town);
    expect((await town.mailTo('ann.one@example.org')).text).toContain(`/petitions/${petition}?key=${key}`);
    expect((await mine(petition)).state).toBe('in_moderation');
    await signByMail(town, petition, { ...signer('Sixth Six', code), key });
    const { rows } = await town.sql.query(
      `select type, data->>'to' as to, audience from events where topic = $1 and type = 'petition.state_changed' order by id`,
      [`petition:${petition}`],
    );
    expect(rows).toEqual([
      { type: 'petition.state_changed', to: 'gathering_supporters', audience: 'staff' },
      { type: 'petition.state_changed', to: 'in_moderation', audience: 'staff' },
    ]);
    expect((await town.mailTo('grace@anybridge.example')).subject).toContain('with the moderators');
    const queue = await rhian.call('listPetitionQueue', { query: {} });
    // Thursday 16 October and five working days
    expect(queue.items[0]).toMatchObject({ id: petition, moderateBy: '2025-10-23', overdue: false });
    expect(queue.counts).toMatchObject({ waiting: 1, new: 1, overdue: 0 });
  });

  it('is published by Rhian: supporters are counted and thresholds crossed with them', async () => {
    const { items } = await rhian.call('listPetitionQueue', { query: {} });
    const petition = items[0]!.id;
    const owen = await town.as('Owen Vaughan');
    expect(
      (await rhian.call('openPetitionAtDesk', { params: { petition }, body: { open: 'yes' } })).open,
    ).toEqual([]);
    expect(
      (await owen.call('openPetitionAtDesk', { params: { petition }, body: { open: 'yes' } })).open,
    ).toEqual(['Rhian Pugh']);
    town.later(2);
    expect((await atDesk(petition, owen)).open).toEqual([]);
    expect((await decide(petition, { command: 'publish' })).body).toMatchObject({ state: 'open' });
    const log = await town.visitor().call('listPetitionDecisions', { query: {} });
    expect(log.items[0]).toMatchObject({
      petition,
      reason: 'It keeps to the rules for petitions.',
      otherReason: 'Mae’n cadw at y rheolau ar gyfer deisebau.',
    });
    const full = (await publicly(petition)).body;
    // five, the sixth, and Grace herself
    expect(full).toMatchObject({ state: 'open', signatures: 7, response: 'awaiting', debate: 'none' });
    expect(full['closesAt']).toBe('2026-04-14T09:04:00.000Z');
    await town.app.house.jobs.run('mail_milestones');
    await town.app.house.jobs.run('mail_milestones');
    const told = await town.sql.query(
      `select count(*)::int as n from mails where kind = 'petition_signers_published'`,
    );
    expect(told.rows[0].n).toBe(6);
    expect((await decide(petition, { command: 'publish' })).body).toEqual({ code: 'not_from_this_state' });
    const similar = await town.visitor().call('listSimilarPetitions', {
      query: { q: 'keep the nite bus 14 running' },
    });
    expect(similar.map((one) => one.id)).toEqual([petition]);
    const list = await town.visitor().call('listPetitions', { query: { q: 'night bus' } });
    expect(list.items.map((one) => one.id)).toEqual([petition]);
    const trending = await town.visitor().call('listPetitions', { query: { facet: 'trending' } });
    expect(trending.items).toMatchObject([{ id: petition, lately: 7 }]);
  });

  it('is sent back once with marked passages, and a second time only published or rejected', async () => {
    const { petition } = await waiting('Mend the slide at Weir Fields');
    const passages = [{ field: 'why', from: 0, to: 6 }];
    const back = await decide(petition, { command: 'return', reason: 'Which slide?', passages, note: 'hm' });
    expect(back.body).toMatchObject({ state: 'returned' });
    const mail = await town.mailTo('grace@anybridge.example');
    expect(mail.text).toContain('Which slide?');
    // the petition is not public: who reads the mail signed out is asked to sign in, and not told that it is not there
    expect(mail.text).toContain(`/petitions/${petition}/mine\n`);
    const seen = await mine(petition);
    expect(seen.decisions).toMatchObject([{ command: 'return', reason: 'Which slide?', passages }]);
    expect(JSON.stringify(seen)).not.toContain('hm"');
    await grace.call('savePetition', { params: { petition }, body: { why: 'The big slide is broken.' } });
    expect(await grace.call('submitPetition', { params: { petition }, body: {} })).toMatchObject({
      state: 'in_moderation',
    });
    const desk = await atDesk(petition);
    expect(desk.versions).toMatchObject([{ why: 'Nurses of the late shift walk home over the bridge.' }]);
    expect((await rhian.call('listPetitionQueue', { query: { tab: 'back' } })).items[0]!.id).toBe(petition);
    const twice = await decide(petition, { command: 'return', reason: 'Again.' });
    expect(twice.body).toEqual({ code: 'already_returned' });
  });

  it('is rejected with a code; Grace appeals, and another moderator than Rhian decides', async () => {
    const { petition } = await waiting('Lower the kerb at the chapel');
    const first = { command: 'reject', code: 'duplicate', reason: 'There is one.' };
    expect((await decide(petition, first)).body).toEqual({ code: 'original_needed' });
    expect((await decide(petition, { ...first, original: 999_999 })).body).toEqual({
      code: 'original_not_found',
    });
    const said = await decide(petition, { command: 'reject', code: 'unclear', reason: 'Which chapel?' });
    expect(said.body).toMatchObject({ state: 'rejected' });
    const decision = said.body['decision'] as string;
    expect((await publicly(petition)).body).toMatchObject({
      title: 'Lower the kerb at the chapel',
      rejection: { code: 'unclear', reason: 'Which chapel?' },
    });
    const log = await town.visitor().call('listPetitionDecisions', { query: {} });
    expect(log.items[0]).toMatchObject({ petition, command: 'reject', reason: 'Which chapel?' });
    const appeal = { decision, words: 'There is only one chapel.' };
    await grace.call('appealPetitionDecision', { params: { petition }, body: appeal });
    const again = await grace.say('appealPetitionDecision', { params: { petition }, body: appeal });
    expect(again.body).toEqual({ code: 'already_appealed' });
    const body = { decision, upheld: 'yes' as const, reason: 'Clear enough.' };
    const same = await rhian.say('decidePetitionAppeal', { params: { petition }, body });
    expect(same.body).toEqual({ code: 'same_moderator' });
    const owen = await town.as('Owen Vaughan');
    expect((await owen.call('listPetitionQueue', { query: { tab: 'appealed' } })).items[0]!.id).toBe(
      petition,
    );
    const decided = await owen.call('decidePetitionAppeal', { params: { petition }, body });
    expect(decided).toEqual({ state: 'open' });
    expect(await mine(petition)).toMatchObject({ state: 'open', signatures: 6, rejection: null });
  });

  it('shows nothing of what is libellous but the reason', async () => {
    const { petition } = await waiting('Somebody took the money');
    await decide(petition, { command: 'reject', code: 'libellous', reason: 'It accuses somebody.' });
    expect((await publicly(petition)).body).toMatchObject({
      title: '…',
      why: '…',
      rejection: { reason: 'It accuses somebody.' },
    });
    expect((await mine(petition)).title).toBe('Somebody took the money');
  });

  it('is hidden in part by Owen, signed all the same, and shown again', async () => {
    const { petition } = await waiting('Seats at the bus station');
    const owen = await town.as('Owen Vaughan');
    await decide(petition, { command: 'publish' });
    expect((await decide(petition, { command: 'hide', parts: [], reason: 'x' })).body).toEqual({
      code: 'not_allowed',
    });
    await decide(petition, { command: 'hide', parts: ['why'], reason: 'Names a neighbour.' }, owen);
    const { rows } = await town.sql.query(`select code from postcodes where ward_id is not null limit 1`);
    const counted = await signByMail(town, petition, signer('After Hidden', rows[0].code));
    expect(counted.total).toBe(7);
    expect((await publicly(petition)).body).toMatchObject({
      why: '…',
      title: 'Seats at the bus station',
      hiddenReason: 'Names a neighbour.',
    });
    await decide(petition, { command: 'show', reason: 'Put right.' }, owen);
    await expect.poll(async () => (await publicly(petition)).body['why']).not.toBe('…');
  });

  it('waits while publishing is paused, and its clock waits, too', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const { organisations } = await tomasz.call('listPauses', {});
    await tomasz.call('makePause', {
      body: {
        organisation: organisations[0]!.id,
        what: 'publishing',
        from: '2025-10-16',
        to: '2025-10-26',
        reason: { en: 'Election' },
      },
    });
    const { petition } = await waiting('A crossing at the school gate');
    const desk = await atDesk(petition);
    expect(desk.moderateBy! > '2025-10-27').toBe(true);
    expect((await decide(petition, { command: 'publish' })).body).toEqual({ code: 'paused' });
  });

  it('is taken back by Grace with a reason that everybody reads', async () => {
    const { items } = await town.visitor().call('listPetitions', { query: { q: 'kerb chapel' } });
    const petition = items[0]!.id;
    const silent = await grace.say('withdrawPetition', { params: { petition }, body: {} });
    expect(silent.body).toEqual({ code: 'reason_needed' });
    await grace.call('withdrawPetition', { params: { petition }, body: { reason: 'It was mended.' } });
    await expect
      .poll(async () => (await publicly(petition)).body)
      .toMatchObject({ state: 'withdrawn', endedReason: 'It was mended.' });
  });

  it('ends when nobody moves it on, so that what supporters gave is not kept for ever', async () => {
    const { petition, key, code } = await nightBus(town, grace, 'A swing at the quay');
    await signByMail(town, petition, { ...signer('Una Quay', code), key });
    const left = async () =>
      (
        await town.sql.query('select 1 from signatures where petition_id = $1 and name is not null', [
          petition,
        ])
      ).rowCount;
    const lapse = async () => {
      await town.app.house.jobs.run('lapse_petitions');
      const { rows } = await town.sql.query('select state from petitions where id = $1', [petition]);
      return rows[0].state as string;
    };
    town.later(179 * 24 * 60);
    expect(await lapse()).toBe('gathering_supporters');
    town.later(2 * 24 * 60);
    expect(await lapse()).toBe('withdrawn');
    expect((await town.mailTo('grace@anybridge.example')).subject).toContain('has ended');
    expect((await publicly(petition)).status).toBe(404);
    town.later(181 * 24 * 60);
    expect(await left()).toBe(2);
    await town.app.house.jobs.run('anonymise_signatures');
    expect(await left()).toBe(0);
  });
});
