import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const weirStreet = { lon: -3.0018, lat: 51.842 };

let town: Town;
let mair: Caller;
let dylan: Caller;
let sunita: Caller;
beforeAll(async () => {
  town = await openTown();
  [mair, dylan, sunita] = await Promise.all([
    town.as('Mair Pritchard'),
    town.as('Dylan Rees'),
    town.as('Sunita Rao'),
  ]);
  // her ward has no part in these stories
  await town.sql.query("update grants set area_id = null where role = 'councillor'");
});
afterAll(() => town.close());

const category = async (code: string) => {
  const all = await town.visitor().call('listReportCategories', { query: weirStreet });
  return all.find((one) => one.code === code)!;
};

/** What a required question may be answered with: its first option. */
const answersOf = (it: Awaited<ReturnType<typeof category>>) =>
  Object.fromEntries(
    it.questions
      .filter((question) => question.required)
      .map((question) => [
        question.code,
        question.options ? question.options.find((one) => !one.stopper)!.code : 'x',
      ]),
  );

let made = 0;
async function report(who: Caller, code = 'pothole', title = 'Deep hole by the baker’s'): Promise<number> {
  const it = await category(code);
  made += 1;
  const sent = await who.call('makeReport', {
    body: {
      lon: weirStreet.lon + made / 1e6,
      lat: weirStreet.lat,
      category: it.id,
      answers: answersOf(it),
      title,
      detail: 'Where you cross.',
      lang: 'en',
      idempotencyKey: `desk-test-${made}`,
    },
  });
  return sent.report;
}
const at = (id: number) => ({ params: { report: id } });
const change = (who: Caller, id: number, body: Record<string, unknown>) =>
  who.say('changeReportState', { ...at(id), body: { saw: 'new', ...body } as never });

describe('Dylan opens his desk', () => {
  it('finds a new report there, counted as something that needs a person, with the minutes it takes', async () => {
    const before = await dylan.call('listReportQueue', { query: {} });
    const id = await report(mair);
    const after = await dylan.call('listReportQueue', { query: {} });
    expect(after.counts.needs).toBe(before.counts.needs + 1);
    expect(after.minutes).toBe(Math.ceil((after.counts.needs * 45) / 60));
    const found = await dylan.call('listReportQueue', { query: { q: `#${id}` } });
    expect(found.items).toMatchObject([{ id, state: 'new', fresh: true, assigned: null }]);
    expect(after.topic).toBe(`desk:${after.organisation.id}:reports`);
  });

  it('has the oldest promise first', async () => {
    await report(mair);
    const { items } = await dylan.call('listReportQueue', { query: { view: 'open' } });
    const days = items.map((item) => item.expectedOn ?? '9999');
    expect(days).toEqual([...days].sort());
  });

  it('sees as new only what came after he said that he has seen the rest', async () => {
    const { organisation } = await dylan.call('listReportQueue', { query: {} });
    await dylan.call('markQueueSeen', { body: { organisation: organisation.id } });
    town.later(1);
    expect((await dylan.call('listReportQueue', { query: { view: 'fresh' } })).total).toBe(0);
    const id = await report(mair);
    const fresh = await dylan.call('listReportQueue', { query: { view: 'fresh' } });
    expect(fresh.items.map((item) => item.id)).toEqual([id]);
  });

  it('finds his own, his team’s, what is late, and by words', async () => {
    const id = await report(mair, 'pothole', 'Crater beside the clock tower');
    const { colleagues } = await dylan.call('readReportAtDesk', at(id));
    const person = colleagues.find((one) => one.name === 'Dylan Rees')!.person;
    await dylan.call('assignReport', { ...at(id), body: { person, team: 'Road crew 2' } });
    const mine = await dylan.call('listReportQueue', { query: { view: 'mine' } });
    expect(mine.items.find((item) => item.id === id)).toMatchObject({
      assigned: { name: 'Dylan Rees', team: 'Road crew 2', mine: true },
    });
    const team = await dylan.call('listReportQueue', { query: { view: 'open', team: 'Road crew 2' } });
    expect(team.items.map((item) => item.id)).toEqual([id]);
    const words = await dylan.call('listReportQueue', { query: { view: 'open', q: 'crater clock' } });
    expect(words.items.map((item) => item.id)).toEqual([id]);
    await town.sql.query('update reports set expected_on = $1 where id = $2', ['2025-10-01', id]);
    const late = await dylan.call('listReportQueue', { query: { view: 'open', overdue: 'on' } });
    expect(late.items.find((item) => item.id === id)).toMatchObject({ overdue: true });
  });
});

describe('whose report it is', () => {
  it('is not there for the officer of another organisation, whatever she tries', async () => {
    const id = await report(mair);
    for (const said of [
      await sunita.say('readReportAtDesk', at(id)),
      await sunita.say('readReporter', { ...at(id), body: { why: 'handling' } }),
      await change(sunita, id, { command: 'fix' }),
      await sunita.say('assignReport', { ...at(id), body: { team: 'Bins' } }),
      await sunita.say('noteOnReport', { ...at(id), body: { text: 'Ours?' } }),
      await sunita.say('undoReportChange', at(id)),
    ])
      expect([said.status, said.body]).toEqual([404, { code: 'not_found' }]);
    const { items } = await sunita.call('listReportQueue', { query: { view: 'open' } });
    expect(items.map((item) => item.id)).not.toContain(id);
    const county = await dylan.call('listReportQueue', { query: {} });
    const asked = await sunita.say('listReportQueue', { query: { organisation: county.organisation.id } });
    expect(asked.status).toBe(403);
  });

  it('is read by a councillor of the same organisation and changed by officers only', async () => {
    const id = await report(mair, 'bin');
    const rhian = await town.as('Rhian Pugh');
    const seen = await rhian.call('readReportAtDesk', at(id));
    expect(seen.may).toMatchObject({ change: false, commands: [] });
    expect((await change(rhian, id, { command: 'fix' })).status).toBe(404);
    expect((await rhian.say('readReporter', { ...at(id), body: { why: 'handling' } })).status).toBe(404);
    const queue = await rhian.call('listReportQueue', { query: {} });
    expect(queue).toMatchObject({ mayChange: false, topic: `desk:${queue.organisation.id}:public` });
  });

  it('is hidden from councillors and every visitor where its kind is private, and looking at it is written down', async () => {
    const hers = await category('rough_sleeper');
    expect(hers.private).toBe(true);
    const id = await report(mair, 'rough_sleeper', 'Somebody sleeps in the bus shelter');
    const rhian = await town.as('Rhian Pugh');
    expect((await rhian.say('readReportAtDesk', at(id))).status).toBe(404);
    const open = await rhian.call('listReportQueue', { query: { view: 'open', q: `#${id}` } });
    expect(open.items).toEqual([]);
    expect((await town.visitor().say('readReport', at(id))).status).toBe(404);
    const listed = await sunita.call('listReportQueue', { query: { view: 'open', q: `#${id}` } });
    expect(listed.items).toMatchObject([{ id, private: true, title: '' }]);
    expect(await sunita.call('readReportAtDesk', at(id))).toMatchObject({ private: true });
    const looks = await town.sql.query('select what, why from access_log where topic = $1', [`report:${id}`]);
    expect(looks.rows).toEqual([{ what: 'private_thing', why: 'handling' }]);
    await change(sunita, id, { command: 'investigate' });
    const told = await town.sql.query('select distinct audience from events where topic = $1', [
      `report:${id}`,
    ]);
    expect(told.rows).toEqual([{ audience: 'staff' }]);
  });

  it('shows only one ward to an officer whose role is for that ward', async () => {
    const id = await report(mair, 'bin');
    const person = await town.sql.query("select id from people where name = 'Sunita Rao'");
    const other = await town.sql.query(
      "select id from areas where kind = 'ward' and id <> (select ward_id from reports where id = $1) limit 1",
      [id],
    );
    await town.sql.query('update grants set area_id = $1 where person_id = $2', [
      other.rows[0].id,
      person.rows[0].id,
    ]);
    expect((await sunita.say('readReportAtDesk', at(id))).status).toBe(404);
    const queue = await sunita.call('listReportQueue', { query: { view: 'open', q: `#${id}` } });
    expect(queue.items).toEqual([]);
    await town.sql.query('update grants set area_id = null where person_id = $1', [person.rows[0].id]);
    expect((await sunita.say('readReportAtDesk', at(id))).status).toBe(200);
  });
});

describe('how to reach Mair', () => {
  it('is on no page until it is asked for, with a reason that she can read', async () => {
    const id = await report(mair);
    expect(JSON.stringify(await dylan.call('readReportAtDesk', at(id)))).not.toContain('@anybridge.example');
    const told = await dylan.call('readReporter', { ...at(id), body: { why: 'handling' } });
    expect(told).toMatchObject({
      name: 'Mair Pritchard',
      lang: 'cy',
      contacts: [{ kind: 'email', value: 'mair@anybridge.example', verified: true }],
    });
    const looks = await town.sql.query('select what, why from access_log where topic = $1', [`report:${id}`]);
    expect(looks.rows).toEqual([{ what: 'contact', why: 'handling' }]);
  });
});

describe('Dylan decides', () => {
  it('moves a report on, and everyone reads what he wrote', async () => {
    const id = await report(mair);
    const said = await change(dylan, id, {
      command: 'investigate',
      text: 'We look at it on Monday.',
      lang: 'en',
    });
    expect(said.body).toMatchObject({ state: 'investigating' });
    const seen = await town.visitor().call('readReport', at(id));
    expect(seen.timeline[0]).toMatchObject({
      stateTo: 'investigating',
      text: 'We look at it on Monday.',
      by: { name: null, organisation: { en: expect.any(String) } },
    });
  });

  it('is told when a colleague was quicker', async () => {
    const id = await report(mair);
    await change(dylan, id, { command: 'start' });
    const late = await change(dylan, id, { command: 'fix' });
    expect([late.status, late.body]).toEqual([409, { code: 'changed_meanwhile' }]);
    const both = await Promise.all([
      change(dylan, id, { command: 'fix', saw: 'in_progress' }),
      change(dylan, id, { command: 'plan', saw: 'in_progress' }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
  });

  it('turns nobody away without a word, and sets no date without the day', async () => {
    const id = await report(mair);
    expect((await change(dylan, id, { command: 'cannot_fix' })).body).toMatchObject({
      fields: { text: 'required' },
    });
    expect((await change(dylan, id, { command: 'schedule' })).body).toMatchObject({
      fields: { on: 'required' },
    });
    await change(dylan, id, { command: 'schedule', on: '2025-11-03' });
    expect(await mair.call('readReport', at(id))).toMatchObject({
      state: 'action_scheduled',
      expectedOn: '2025-11-03',
    });
  });

  it('takes his last change back within two minutes, and not later', async () => {
    const id = await report(mair);
    await change(dylan, id, { command: 'fix', text: 'Mended.' });
    expect((await dylan.call('readReportAtDesk', at(id))).may.undo).toBe(true);
    town.later(1);
    expect(await dylan.call('undoReportChange', at(id))).toEqual({ state: 'new' });
    const seen = await mair.call('readReport', at(id));
    expect(seen.timeline.map((line) => line.text)).not.toContain('Mended.');
    expect((await dylan.say('undoReportChange', at(id))).body).toEqual({ code: 'nothing_to_undo' });
    await change(dylan, id, { command: 'fix' });
    town.later(3);
    expect((await dylan.say('undoReportChange', at(id))).body).toEqual({ code: 'too_late' });
  });

  it('changes many at once; one that moved meanwhile stops no other', async () => {
    const [one, two, three] = [await report(mair), await report(mair), await report(mair)];
    await change(dylan, two, { command: 'start' });
    const { results, changed } = await dylan.call('changeReportsInBulk', {
      body: {
        reports: [`${one}:new`, `${two}:new`, `${three}:new`, '999999:new'],
        command: 'plan',
        lang: 'en',
      },
    });
    expect(changed).toBe(2);
    expect(results).toEqual([
      { report: one, ok: true, code: null },
      { report: two, ok: false, code: 'changed_meanwhile' },
      { report: three, ok: true, code: null },
      { report: 999999, ok: false, code: 'not_found' },
    ]);
    const fiftyOne = Array.from({ length: 51 }, (_, i) => `${i + 1}:new`);
    const said = await dylan.say('changeReportsInBulk', { body: { reports: fiftyOne, command: 'plan' } });
    expect(said.status).toBe(422);
  });
});

describe('the same hole, told twice', () => {
  it('is joined to the first: me-toos are carried there once, followers follow it, and undoing brings them back', async () => {
    const grace = await town.as('Grace Okafor');
    const first = await report(mair);
    const second = await report(grace);
    await mair.call('supportReport', { ...at(second), body: {} });
    await town.visitor().call('supportReport', { ...at(second), body: {} });
    const nearby = (await dylan.call('readReportAtDesk', at(second))).nearby.map((one) => one.id);
    expect(nearby).not.toContain(second);
    expect((await change(dylan, second, { command: 'mark_duplicate' })).body).toEqual({
      code: 'original_needed',
    });
    const own = await change(dylan, second, { command: 'mark_duplicate', original: second });
    expect(own.body).toEqual({ code: 'duplicate_of_itself' });

    await change(dylan, second, { command: 'mark_duplicate', original: first, text: 'Told before.' });
    // the visitor and Grace; Mair made the first herself
    expect((await mair.call('readReport', at(first))).supports).toBe(2);
    const follows = await town.sql.query(
      'select p.name from follows f join people p on p.id = f.person_id where topic = $1',
      [`report:${first}`],
    );
    expect(follows.rows.map((row) => row.name)).toContain('Grace Okafor');
    expect(await mair.call('readReport', at(second))).toMatchObject({
      state: 'duplicate',
      duplicateOf: first,
    });

    await dylan.call('undoReportChange', at(second));
    expect((await mair.call('readReport', at(first))).supports).toBe(0);
    expect(await mair.call('readReport', at(second))).toMatchObject({ state: 'new', duplicateOf: null });
  });
});
