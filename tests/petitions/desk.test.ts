import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fiveSupporters, nightBus, noRates, openPetition, smallScheme } from './story.ts';

describe('Rhian and Owen at the petitions desk', () => {
  let town: Town;
  let grace: Caller;
  let rhian: Caller;
  let owen: Caller;
  let sunita: Caller;
  beforeAll(async () => {
    town = await openTown();
    await smallScheme(town);
    await noRates(town);
    grace = await town.as('Grace Okafor');
    rhian = await town.as('Rhian Pugh');
    owen = await town.as('Owen Vaughan');
    sunita = await town.as('Sunita Rao');
  });
  afterAll(() => town.close());

  const waiting = async (title: string): Promise<number> => {
    const made = await nightBus(town, grace, title);
    await fiveSupporters(town, made.petition, made.key, made.code);
    return made.petition;
  };
  const decide = (petition: number, body: object, who = rhian) =>
    who.say('decidePetition', { params: { petition }, body: { lang: 'en', ...body } as never });
  const atDesk = (petition: number, who = rhian) => who.call('readPetitionAtDesk', { params: { petition } });
  const opens = (who: Caller, petition: number, open: 'yes' | 'take' | 'no' = 'yes') =>
    who.call('openPetitionAtDesk', { params: { petition }, body: { open } });
  const undo = (petition: number, who = rhian) =>
    who.say('undoPetitionDecision', { params: { petition }, body: {} });

  it('have a petition in one pair of hands, which the other may take over', async () => {
    const petition = await waiting('A bench at the chapel');
    expect(await opens(rhian, petition)).toEqual({ open: [], holder: null });
    expect(await opens(owen, petition)).toEqual({ open: ['Rhian Pugh'], holder: 'Rhian Pugh' });
    expect(await atDesk(petition)).toMatchObject({ open: ['Owen Vaughan'], holder: null });
    expect(await opens(owen, petition, 'take')).toMatchObject({ holder: null });
    expect(await opens(rhian, petition)).toMatchObject({ holder: 'Owen Vaughan' });
    const { items } = await rhian.call('listPetitionQueue', { query: {} });
    expect(items.find((one) => one.id === petition)).toMatchObject({
      by: 'Grace Okafor',
      open: ['Owen Vaughan'],
    });
    await opens(owen, petition, 'no');
    expect(await opens(rhian, petition)).toEqual({ open: [], holder: null });
    town.later(2);
    expect(await opens(owen, petition)).toEqual({ open: [], holder: null });
  });

  it('read who asks, what she asked before, what people flagged and since when it waits', async () => {
    const petition = await waiting('A second bench at the chapel');
    const read = await atDesk(petition);
    expect(read).toMatchObject({
      by: 'Grace Okafor',
      supported: 5,
      may: { decide: true, hide: false, answer: true },
      pausedUntil: null,
      overdue: false,
      undo: null,
    });
    expect(read.since).toBe(town.clock.now.toISOString());
    expect(read.earlier.map((one) => one.title)).toContain('A bench at the chapel');
    expect((await sunita.say('readPetitionAtDesk', { params: { petition } })).status).toBe(404);
  });

  it('take a rejection back before anybody was told, and it waits by the day it had', async () => {
    const petition = await waiting('A third bench at the chapel');
    const before = await atDesk(petition);
    const says = {
      command: 'reject',
      code: 'joke',
      reason: 'It is not meant seriously.',
      otherReason: 'Nid yw o ddifrif.',
    };
    expect((await decide(petition, says)).body).toMatchObject({ state: 'rejected' });
    expect((await undo(petition, owen)).body).toEqual({ code: 'nothing_to_undo' });
    expect((await atDesk(petition)).undo).not.toBe(null);
    expect((await undo(petition)).body).toEqual({ state: 'in_moderation' });
    expect((await undo(petition)).body).toEqual({ code: 'nothing_to_undo' });
    const after = await atDesk(petition);
    expect(after).toMatchObject({ state: 'in_moderation', moderateBy: before.moderateBy, rejection: null });
    expect(after.decisions).toMatchObject([{ undone: true, mine: true, otherReason: 'Nid yw o ddifrif.' }]);
    const organisers = await (await town.as('Grace Okafor')).call('readMyPetition', { params: { petition } });
    expect(organisers.decisions).toEqual([]);
    const { items } = await town.visitor().call('listPetitionDecisions', { query: {} });
    expect(items.filter((one) => one.petition === petition)).toEqual([]);
    const { rows } = await town.sql.query(
      `select state from mails where kind = 'petition_rejected' and headers->>'X-Folkmoot-About' = $1`,
      [`petition:${petition}`],
    );
    expect(rows).toEqual([{ state: 'stopped' }]);
    town.later(5);
    await town.app.house.jobs.run('mail_milestones');
    const told = await town.sql.query(`select 1 from mails where kind = 'petition_signers_rejected'`);
    expect(told.rowCount).toBe(0);

    expect((await decide(petition, says)).status).toBe(200);
    const shown = await town.visitor().call('readPetition', { params: { petition }, query: {} });
    // whoever reads Welsh is told in Welsh
    expect(shown.rejection).toMatchObject({
      reason: 'It is not meant seriously.',
      lang: 'en',
      otherReason: 'Nid yw o ddifrif.',
    });
    town.later(3);
    expect((await undo(petition)).body).toEqual({ code: 'too_late' });
    await town.app.house.jobs.run('mail_milestones');
    const heard = await town.sql.query(`select 1 from mails where kind = 'petition_signers_rejected'`);
    expect(heard.rowCount).toBe(5);
    const log = await town.visitor().call('listPetitionDecisions', { query: {} });
    expect(log.items[0]).toMatchObject({ petition, code: 'joke', otherReason: 'Nid yw o ddifrif.' });
    expect(JSON.stringify(log)).not.toContain('note');
  });

  it('merge one into another, and its supporters are led to the one that they can sign', async () => {
    const { petition: original } = await openPetition(town, 'A bench at the mill');
    const petition = await waiting('Another bench at the mill');
    const says = { command: 'reject', code: 'duplicate', reason: 'It is asked already.', original };
    expect((await decide(petition, says)).body).toMatchObject({ state: 'rejected' });
    town.later(3);
    await town.app.house.jobs.run('mail_milestones');
    const { rows } = await town.sql.query<{ text: string }>(
      `select text from mails where kind = 'petition_signers_rejected' and subject like '%Another bench at the mill'`,
    );
    expect(rows).toHaveLength(5);
    expect(rows[0]!.text).toContain('Another petition asks for the same');
    expect(rows[0]!.text).toContain(`/petitions/${original}\n`);
  });

  it('send words back with passages as a form without a script says them, and take that back, too', async () => {
    const petition = await waiting('A fourth bench at the chapel');
    const says = {
      command: 'return',
      reason: 'Which chapel?',
      passages: ['title:2-8', 'why:0-6'],
      note: 'Mind.',
    };
    expect((await decide(petition, says)).body).toMatchObject({ state: 'returned' });
    expect((await atDesk(petition)).decisions[0]).toMatchObject({
      note: 'Mind.',
      passages: [
        { field: 'title', from: 2, to: 8 },
        { field: 'why', from: 0, to: 6 },
      ],
    });
    expect((await decide(petition, { ...says, passages: ['somewhere'] })).status).toBe(422);
    expect((await undo(petition)).body).toEqual({ state: 'in_moderation' });
    expect((await atDesk(petition)).returned).toBe(0);
    await decide(petition, { command: 'publish', reason: 'It keeps to the rules.' });
    expect((await undo(petition)).body).toEqual({ code: 'not_to_undo' });
  });

  it('find what was flagged and what was appealed in the same queue', async () => {
    const { petition } = await openPetition(town, 'A bin at the chapel');
    await (
      await town.as('Mair Pritchard')
    ).call('flagSomething', { body: { topic: `petition:${petition}`, part: 'text', reason: 'rude' } });
    const flagged = await rhian.call('listPetitionQueue', { query: { tab: 'flagged' } });
    expect(flagged.items).toMatchObject([{ id: petition, flags: 1, appealed: false }]);
    expect(flagged.counts.flagged).toBe(1);
    const { body } = await decide(petition, { command: 'hide', parts: [], reason: 'Rude.' }, owen);
    await grace.call('appealPetitionDecision', {
      params: { petition },
      body: { decision: body['decision'] as string, words: 'It is not.' },
    });
    const appealed = await rhian.call('listPetitionQueue', { query: { tab: 'appealed' } });
    expect(appealed.items).toMatchObject([{ id: petition, appealed: true }]);
    expect(await rhian.call('countPetitionDesk', { query: {} })).toMatchObject({
      moderate: (await rhian.call('listPetitionQueue', { query: {} })).total,
    });
    expect((await sunita.call('countPetitionDesk', { query: {} })).moderate).toBe(null);
    // the county takes no petitions
    const dylan = await town.as('Dylan Rees');
    expect(await dylan.call('countPetitionDesk', { query: {} })).toEqual({ moderate: null, answer: null });
  });

  it('owe an answer and a debate by a day, which Sunita sees and a pause moves', async () => {
    const { petition } = await openPetition(town, 'A lamp at the chapel');
    const reached = town.clock.now;
    await town.sql.query(
      `update petitions set response = 'awaiting', debate = 'awaiting', response_reached_at = $2,
       evidence_reached_at = $2, debate_reached_at = $2 where id = $1`,
      [petition, reached],
    );
    const read = () => sunita.call('readPetitionToAnswer', { params: { petition } });
    const first = await read();
    expect(first).toMatchObject({
      answerDue: { daysLeft: 20, overdue: false },
      evidenceDue: { daysLeft: 40, overdue: false },
      debateDue: { daysLeft: 60, overdue: false },
      may: { answer: true, stop: false, moderate: false },
      mailing: null,
      // Grace herself
      readers: 1,
    });
    expect(first.kinds).toEqual(['response', 'evidence', 'debate_scheduled', 'not_debated', 'update']);
    const list = await sunita.call('listPetitionsToAnswer', { query: { tab: 'answer' } });
    expect(list.items.find((one) => one.id === petition)).toMatchObject({ due: first.answerDue.due });
    const evidence = await sunita.call('listPetitionsToAnswer', { query: { tab: 'evidence' } });
    expect(evidence.items).toMatchObject([{ id: petition, due: first.evidenceDue.due }]);
    const seen = await town.visitor().call('readPetition', { params: { petition }, query: {} });
    expect(seen.promised).toEqual([
      { threshold: 'response', by: first.answerDue.due, late: false },
      { threshold: 'evidence', by: first.evidenceDue.due, late: false },
      { threshold: 'debate', by: first.debateDue.due, late: false },
    ]);
    const tomasz = await town.as('Tomasz Nowak');
    const from = new Date(reached.getTime() + 2 * 86_400_000).toISOString().slice(0, 10);
    const to = new Date(reached.getTime() + 8 * 86_400_000).toISOString().slice(0, 10);
    await tomasz.call('makePause', {
      body: { organisation: list.organisation.id, what: 'responding', from, to, reason: { en: 'Election' } },
    });
    expect((await read()).answerDue.due! > first.answerDue.due!).toBe(true);
    town.later(90 * 24 * 60);
    // half an hour without a word, and staff sign in again
    sunita = await town.as('Sunita Rao');
    grace = await town.as('Grace Okafor');
    rhian = await town.as('Rhian Pugh');
    expect((await read()).answerDue).toMatchObject({ overdue: true });
    expect((await read()).answerDue.daysLeft).toBeLessThan(0);
    expect((await rhian.say('readPetitionToAnswer', { params: { petition: 999_999 } })).status).toBe(404);
  });

  it('answer in somebody’s name with steps of the scheme; what scrutiny said waits until it was asked', async () => {
    const { petition } = await openPetition(town, 'A roof at the chapel');
    const says = (body: object) =>
      sunita.say('answerPetition', { params: { petition }, body: { lang: 'en', ...body } as never });
    const answer = {
      kind: 'response',
      summary: 'We will build it.',
      by: 'Councillor Rhian Pugh',
      happensOn: '',
      takes: ['do_it', 'research'],
    };
    expect((await says(answer)).status).toBe(200);
    expect((await says({ kind: 'scrutiny_outcome', summary: 'Well done.' })).body).toEqual({
      code: 'not_asked',
    });
    await grace.call('askScrutiny', { params: { petition }, body: { words: 'It was slow.', lang: 'en' } });
    const scrutiny = await sunita.call('listPetitionsToAnswer', { query: { tab: 'scrutiny' } });
    expect(scrutiny.items.map((one) => one.id)).toEqual([petition]);
    expect((await says({ kind: 'scrutiny_outcome', summary: 'Answer sooner.' })).status).toBe(200);
    const debated = {
      kind: 'debate_scheduled',
      summary: 'In full council.',
      happensOn: '2026-03-04',
      data: { meeting: 'Full council', video: '', votesFor: '' },
    };
    expect((await says(debated)).status).toBe(200);
    const held = {
      kind: 'debated',
      summary: 'Agreed.',
      happensOn: '2026-03-04',
      data: { video: 'https://video.example/1', videoFrom: '1:02:03', votesFor: '14' },
    };
    expect((await says(held)).status).toBe(200);
    const { steps } = await sunita.call('readPetitionToAnswer', { params: { petition } });
    expect(steps[0]).toMatchObject({ by: 'Councillor Rhian Pugh', data: { takes: 'do_it,research' } });
    expect(steps.at(-1)!.data).toEqual({ video: 'https://video.example/1', videoFrom: 3723, votesFor: 14 });
    const bad = await says({ ...held, data: { videoFrom: 'later' } });
    expect(bad.body).toMatchObject({ code: 'invalid' });
  });

  it('see that a mailing still on its way is replaced by what is said next', async () => {
    const { items } = await sunita.call('listPetitionsToAnswer', { query: { tab: 'published' } });
    const petition = items.find((one) => one.title === 'A roof at the chapel')!.id;
    const read = () => sunita.call('readPetitionToAnswer', { params: { petition } });
    expect((await read()).mailing).toMatchObject({ kind: 'debated', sent: 0 });
    await sunita.call('answerPetition', {
      params: { petition },
      body: { kind: 'update', summary: 'The roof is on its way.', lang: 'en' },
    });
    expect((await read()).mailing).toMatchObject({ kind: 'update' });
    await town.app.house.jobs.run('mail_milestones');
    expect((await read()).mailing).toBe(null);
  });
});
