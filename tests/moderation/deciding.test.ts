import { randomUUID } from 'node:crypto';
import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const weirStreet = { lon: -3.0018, lat: 51.842 };

let town: Town;
let mair: Caller;
let grace: Caller;
let rhian: Caller;
let dylan: Caller;
let sunita: Caller;
beforeAll(async () => {
  town = await openTown();
  [mair, grace, rhian, dylan, sunita] = (await Promise.all([
    town.as('Mair Pritchard'),
    town.as('Grace Okafor'),
    town.as('Rhian Pugh'),
    town.as('Dylan Rees'),
    town.as('Sunita Rao'),
  ])) as [Caller, Caller, Caller, Caller, Caller];
  // her ward has no part in these stories
  await town.sql.query("update grants set area_id = null where role = 'councillor'");
});
afterAll(() => town.close());

async function report(who: Caller, code: string): Promise<number> {
  const all = await who.call('listReportCategories', { query: weirStreet });
  const it = all.find((one) => one.code === code)!;
  const required = it.questions.filter((question) => question.required);
  const { report } = await who.call('makeReport', {
    body: {
      ...weirStreet,
      category: it.id,
      answers: Object.fromEntries(
        required.map((one) => [one.code, one.options?.find((option) => !option.stopper)?.code ?? 'x']),
      ),
      title: 'Bin by the chapel is full',
      detail: 'Ring Gwyn on 01555 550 187, it is his job.',
      lang: 'en',
      idempotencyKey: randomUUID(),
    },
  });
  return report;
}
const flag = (who: Caller, topic: string, part = 'text', reason = 'private_details' as const) =>
  who.say('flagSomething', { body: { topic, part, reason, detail: 'A telephone number' } });
const decide = (who: Caller, topic: string, body: Record<string, unknown>, part = 'text') =>
  who.say('decideFlagged', {
    body: {
      topic,
      part,
      decision: 'hide',
      saw: 'shown',
      rule: 2,
      reason: 'No numbers of others.',
      lang: 'en',
      ...body,
    } as never,
  });
const waiting = async (who: Caller, topic: string) =>
  (await who.call('listFlagged', { query: {} })).items.find((one) => one.topic === topic);

describe('somebody points at a report', () => {
  it('counts once a person and once a device, and stands in the queue of the place and of the organisation', async () => {
    const topic = `report:${await report(mair, 'bin')}`;
    const visitor = town.visitor();
    for (const who of [grace, grace, visitor, visitor]) expect((await flag(who, topic)).status).toBe(200);
    expect(await waiting(rhian, topic)).toMatchObject({
      flags: 2,
      kind: 'text',
      reasons: [{ reason: 'private_details', count: 2 }],
      late: false,
    });
    expect(await waiting(sunita, topic)).toBeDefined();
    expect(await waiting(dylan, topic)).toBeUndefined();
    expect((await dylan.say('readFlagged', { query: { topic } })).status).toBe(404);
    expect((await decide(dylan, topic, {})).status).toBe(404);
  });

  it('cannot point at what is private or not there: it answers as if there were nothing', async () => {
    const hidden = `report:${await report(mair, 'rough_sleeper')}`;
    for (const topic of [hidden, 'report:999999', 'petition:1'])
      expect([(await flag(grace, topic)).status, (await flag(town.visitor(), topic)).status]).toEqual([
        404, 404,
      ]);
  });

  it('is late after one working day', async () => {
    const topic = `report:${await report(mair, 'bin')}`;
    await flag(grace, topic);
    const before = town.clock.now;
    town.later(3 * 24 * 60);
    const again = await town.as('Rhian Pugh');
    expect(await waiting(again, topic)).toMatchObject({ late: true });
    town.clock.now = before;
  });
});

describe('Rhian decides', () => {
  it('hides it: nobody sees it, Mair is told by which rule and why, and the log says it without her name', async () => {
    const id = await report(mair, 'bin');
    const topic = `report:${id}`;
    await flag(grace, topic);
    const item = await rhian.call('readFlagged', { query: { topic } });
    expect(item).toMatchObject({
      hidden: false,
      rule: 2,
      author: { name: null, takenDown: 0, reachable: true },
    });
    expect(JSON.stringify(item)).not.toContain('Mair');
    expect((await decide(rhian, topic, { privateNote: 'Asked the clerk' })).body).toMatchObject({
      hidden: true,
    });
    expect((await town.visitor().say('readReport', { params: { report: id } })).status).toBe(404);
    expect(await waiting(rhian, topic)).toBeUndefined();

    const mail = await town.mailTo('mair@anybridge.example');
    expect(mail).toMatchObject({ kind: 'moderation_hidden', lang: 'cy' });
    expect(mail.text).toContain('No numbers of others.');
    const log = await town.visitor().call('listDecisions', { query: {} });
    expect(log.items[0]).toMatchObject({ decision: 'hide', rule: 2, by: 'Rhian Pugh', to: null });
    expect(JSON.stringify(log)).not.toMatch(/Mair|Asked the clerk|01555/);
    const events = await town.sql.query(
      'select type, audience from events where topic = $1 order by id desc limit 1',
      [topic],
    );
    expect(events.rows).toEqual([{ type: 'report.hidden', audience: 'public' }]);
  });

  it('takes it back within two minutes: it is shown, the flag waits again, and the mail never leaves', async () => {
    const id = await report(mair, 'bin');
    const topic = `report:${id}`;
    await flag(grace, topic);
    const { body } = await decide(rhian, topic, {});
    const params = { decision: body['decision'] as string };
    expect((await sunita.say('undoDecision', { params })).body).toEqual({ code: 'nothing_to_undo' });
    town.later(1);
    expect(await rhian.call('undoDecision', { params })).toEqual({ hidden: false });
    expect((await town.visitor().say('readReport', { params: { report: id } })).status).toBe(200);
    expect(await waiting(rhian, topic)).toMatchObject({ flags: 1 });
    const mails = await town.sql.query(
      "select state, next_at from mails where kind = 'moderation_hidden' order by event_id desc limit 1",
    );
    expect(mails.rows[0].state).toBe('stopped');
    expect((await rhian.say('undoDecision', { params })).body).toEqual({ code: 'nothing_to_undo' });
  });

  it('lets it stand: the author hears nothing, and the same people may point at it again later', async () => {
    const topic = `report:${await report(grace, 'bin')}`;
    await flag(mair, topic);
    const before = await town.sql.query("select count(*)::int as n from mails where kind like 'moderation%'");
    expect((await decide(rhian, topic, { decision: 'let_stand' })).body).toMatchObject({ hidden: false });
    const after = await town.sql.query("select count(*)::int as n from mails where kind like 'moderation%'");
    expect(after.rows).toEqual(before.rows);
    expect(await waiting(rhian, topic)).toBeUndefined();
    expect((await decide(rhian, topic, { decision: 'let_stand' })).body).toEqual({ code: 'nothing_open' });
    await flag(mair, topic);
    expect(await waiting(rhian, topic)).toBeDefined();
  });

  it('hides one comment and leaves the report; of two at the same moment one is told', async () => {
    const id = await report(grace, 'bin');
    const topic = `report:${id}`;
    const said = await mair.call('commentOnReport', {
      params: { report: id },
      body: { text: 'Typical of them.', lang: 'en' },
    });
    const part = `update:${said.update}`;
    await flag(grace, topic, part);
    const both = await Promise.all([decide(rhian, topic, {}, part), decide(sunita, topic, {}, part)]);
    expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
    const seen = await town.visitor().call('readReport', { params: { report: id } });
    expect(seen.timeline.map((line) => line.text)).not.toContain('Typical of them.');
  });

  it('never decides about her own words', async () => {
    const id = await report(grace, 'bin');
    const said = await rhian.call('commentOnReport', {
      params: { report: id },
      body: { text: 'I walked past it.', lang: 'en' },
    });
    const part = `update:${said.update}`;
    await flag(grace, `report:${id}`, part);
    expect((await decide(rhian, `report:${id}`, {}, part)).body).toEqual({ code: 'own_words' });
  });
});

describe('Mair asks for another look', () => {
  const hiddenOne = async () => {
    const id = await report(mair, 'bin');
    await flag(grace, `report:${id}`);
    const { body } = await decide(rhian, `report:${id}`, {});
    return { id, params: { decision: body['decision'] as string } };
  };

  it('once, from the page of the decision, and somebody else decides', async () => {
    const { id, params } = await hiddenOne();
    expect(await mair.call('readDecision', { params })).toMatchObject({ mine: true, mayAppeal: true });
    expect(await grace.call('readDecision', { params })).toMatchObject({
      mine: false,
      mayAppeal: false,
      title: null,
    });
    const ask = (who: Caller) =>
      who.say('appealDecision', { params, body: { text: 'The number is the council’s own.' } });
    expect((await ask(grace)).status).toBe(404);
    expect((await ask(mair)).status).toBe(200);
    expect((await ask(mair)).body).toEqual({ code: 'already_appealed' });
    expect(await waiting(sunita, `report:${id}`)).toMatchObject({ appeal: params.decision });

    const answer = { params, body: { upheld: 'yes' as const, reason: 'It is on our own page.' } };
    expect((await rhian.say('decideAppeal', answer)).body).toEqual({ code: 'same_moderator' });
    expect(await sunita.call('decideAppeal', answer)).toEqual({ hidden: false });
    expect((await sunita.say('decideAppeal', answer)).body).toEqual({ code: 'already_decided' });
    expect((await town.visitor().say('readReport', { params: { report: id } })).status).toBe(200);
    expect(await town.mailTo('mair@anybridge.example')).toMatchObject({ kind: 'moderation_appeal_upheld' });
    const log = await town.visitor().call('readDecision', { params });
    expect(log.appeal).toEqual({ decided: true, upheld: true, reason: 'It is on our own page.' });
  });

  it('not after 30 days', async () => {
    const { params } = await hiddenOne();
    const before = town.clock.now;
    town.later(31 * 1440);
    const later = await town.as('Mair Pritchard');
    expect((await later.say('appealDecision', { params, body: { text: 'Please' } })).body).toEqual({
      code: 'too_late',
    });
    town.clock.now = before;
  });
});
