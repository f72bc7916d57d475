import { randomUUID } from 'node:crypto';
import { type Caller, openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';

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
});
afterAll(() => town.close());

const category = async (code: string) => {
  const all = await town.visitor().call('listReportCategories', { query: weirStreet });
  return all.find((one) => one.code === code)!;
};
async function about(code = 'pothole') {
  const it = await category(code);
  const required = it.questions.filter((question) => question.required);
  const first = (question: (typeof required)[number]) =>
    question.options?.find((one) => !one.stopper)?.code ?? 'x';
  return {
    ...weirStreet,
    category: it.id,
    answers: Object.fromEntries(required.map((question) => [question.code, first(question)])),
    title: 'Deep hole by the baker’s',
    detail: 'Where you cross.',
    lang: 'en' as const,
    idempotencyKey: randomUUID(),
  };
}
const report = async (who: Caller, code?: string) =>
  (await who.call('makeReport', { body: await about(code) })).report;
const at = (id: number) => ({ params: { report: id } });

describe('what Dylan does besides deciding', () => {
  it('keeps notes and minutes among staff: no page and no public event tells of them', async () => {
    const id = await report(mair);
    await dylan.call('noteOnReport', {
      ...at(id),
      body: { text: 'Gas main below: ring first', minutes: 10 },
    });
    await dylan.call('noteOnReport', { ...at(id), body: { minutes: 5 } });
    const seen = await dylan.call('readReportAtDesk', at(id));
    expect(seen.minutes).toBe(15);
    expect(seen.notes.map((note) => note.text)).toContain('Gas main below: ring first');
    expect(JSON.stringify(await town.visitor().call('readReport', at(id)))).not.toContain('Gas main');
    const events = await town.sql.query(
      "select audience, data from events where type = 'report.noted' and topic = $1",
      [`report:${id}`],
    );
    expect(events.rows.map((row) => row.audience)).toEqual(['staff', 'staff']);
    expect(JSON.stringify(events.rows)).not.toContain('Gas');
    const nothing = await dylan.say('noteOnReport', { ...at(id), body: {} });
    expect(nothing.body).toMatchObject({ code: 'invalid', fields: { text: 'required' } });
  });

  it('gives it to colleagues of his own organisation only', async () => {
    const id = await report(mair);
    const stranger = await town.sql.query("select id from people where name = 'Sunita Rao'");
    const said = await dylan.say('assignReport', { ...at(id), body: { person: stranger.rows[0].id } });
    expect(said.body).toMatchObject({ fields: { person: 'not_an_option' } });
  });

  it('asks Mair, who gets a mail in Welsh first; her answer brings the report back to his desk', async () => {
    const id = await report(mair);
    await dylan.call('changeReportState', {
      ...at(id),
      body: { command: 'investigate', saw: 'new', lang: 'en' },
    });
    const needs = async () =>
      (await dylan.call('listReportQueue', { query: { q: `#${id}` } })).items.length === 1;
    expect(await needs()).toBe(false);
    town.later(1);
    const asked = await dylan.call('askReporter', {
      ...at(id),
      body: { text: 'Is it on the pavement or the road?', lang: 'en' },
    });
    expect(asked.mailed).toBe(true);
    const mail = await town.mailTo('mair@anybridge.example');
    expect(mail).toMatchObject({ kind: 'ask_reporter', lang: 'cy' });
    expect(mail.text).toContain('Is it on the pavement or the road?');
    expect((await dylan.call('readReportAtDesk', at(id))).reporter.asked).not.toBeNull();
    town.later(1);
    await mair.call('commentOnReport', { ...at(id), body: { text: 'The road.', lang: 'en' } });
    expect(await needs()).toBe(true);
    expect((await dylan.call('readReportAtDesk', at(id))).reporter.asked).toBeNull();
    town.later(1);
    await dylan.call('answerReport', { ...at(id), body: { text: 'Thank you.', lang: 'en' } });
    expect(await needs()).toBe(false);
  });

  it('passes a report to another organisation: it leaves his desk, comes to hers, and he may still take that back', async () => {
    const id = await report(mair);
    await dylan.call('changeReportState', { ...at(id), body: { command: 'investigate', saw: 'new' } });
    const bins = await category('bin');
    const moved = await dylan.call('moveReport', {
      ...at(id),
      body: { category: bins.id, saw: 'investigating', text: 'This is for the town council.', lang: 'en' },
    });
    expect(moved.away).toBe(true);
    expect((await dylan.say('readReportAtDesk', at(id))).status).toBe(404);
    expect(await sunita.call('readReportAtDesk', at(id))).toMatchObject({
      state: 'for_triage',
      category: { id: bins.id },
      assigned: { person: null, team: null },
    });
    expect(await dylan.call('undoReportChange', at(id))).toEqual({ state: 'investigating' });
    expect((await dylan.say('readReportAtDesk', at(id))).status).toBe(200);
    expect((await sunita.say('readReportAtDesk', at(id))).status).toBe(404);
  });

  it('never shows what was private by moving it to another kind', async () => {
    const id = await report(mair, 'rough_sleeper');
    const bins = await category('bin');
    await sunita.call('moveReport', { ...at(id), body: { category: bins.id, saw: 'new', lang: 'en' } });
    expect((await town.visitor().say('readReport', at(id))).status).toBe(404);
    expect(await sunita.call('readReportAtDesk', at(id))).toMatchObject({ private: true });
  });

  it('sees who else has it open, until they leave or fall silent', async () => {
    const id = await report(mair);
    const person = await town.sql.query("select id from people where name = 'Grace Okafor'");
    const { organisation } = await dylan.call('listReportQueue', { query: {} });
    await town.sql.query("insert into grants (person_id, organisation_id, role) values ($1, $2, 'officer')", [
      person.rows[0].id,
      organisation.id,
    ]);
    const grace = await town.as('Grace Okafor');
    expect(await grace.call('openReportAtDesk', { ...at(id), body: { open: 'yes' } })).toEqual({ open: [] });
    const seen = await dylan.call('openReportAtDesk', { ...at(id), body: { open: 'yes' } });
    expect(seen).toEqual({ open: ['Grace Okafor'] });
    expect((await grace.call('readReportAtDesk', at(id))).open).toEqual(['Dylan Rees']);
    await grace.call('openReportAtDesk', { ...at(id), body: { open: 'no' } });
    expect((await dylan.call('readReportAtDesk', at(id))).open).toEqual([]);
    town.later(2);
    expect((await grace.call('readReportAtDesk', at(id))).open).toEqual([]);
  });
});

describe('ready-made answers', () => {
  it('are written by an administrator, offered with the blanks filled, and end', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const { organisation, mayEdit } = await tomasz.call('listReportTemplates', { query: {} });
    expect(mayEdit).toBe(true);
    const body = {
      organisation: organisation.id,
      group: 'bins',
      command: 'plan' as const,
      name: { en: 'On the round', cy: 'Ar y rownd' },
      text: { en: 'We empty {place} by {expected}.', cy: 'Byddwn yn gwagio {place} erbyn {expected}.' },
    };
    const { template } = await tomasz.call('saveReportTemplate', { body });
    const id = await report(mair, 'bin');
    const offered = async () =>
      (await sunita.call('readReportAtDesk', at(id))).templates.find((one) => one.id === template);
    const { place } = await sunita.call('readReportAtDesk', at(id));
    expect((await offered())?.text.en).toMatch(new RegExp(`^We empty ${place} by \\w+ \\d+ \\w+\\.$`));
    expect((await sunita.say('saveReportTemplate', { body })).status).toBe(403);
    expect((await sunita.say('endReportTemplate', { params: { template } })).status).toBe(404);
    await tomasz.call('endReportTemplate', { params: { template } });
    expect(await offered()).toBeUndefined();
  });
});

describe('Mair rings', () => {
  it('has her report typed in by Dylan: it is hers, and says by which way it came', async () => {
    const person = await town.sql.query("select id from people where name = 'Mair Pritchard'");
    const { idempotencyKey, ...it } = await about();
    const { report: id } = await dylan.call('makeReportForSomeone', {
      body: { ...it, idempotencyKey, person: person.rows[0].id, channel: 'phone' },
    });
    const row = await town.sql.query(
      'select p.name, e.name as by, r.channel, r.state from reports r join people p on p.id = r.person_id join people e on e.id = r.entered_by where r.id = $1',
      [id],
    );
    expect(row.rows).toEqual([{ name: 'Mair Pritchard', by: 'Dylan Rees', channel: 'phone', state: 'new' }]);
    const rhian = await town.as('Rhian Pugh');
    expect((await rhian.say('makeReportForSomeone', { body: { ...it, channel: 'phone' } })).status).toBe(403);
  });
});

describe('the desk is live', () => {
  const watch = async (who: Caller, topic: string) => {
    const socket = new WebSocket(`${town.url.replace('http', 'ws')}/live`, {
      headers: { cookie: who.cookie, origin: town.url },
    });
    const heard: Array<Record<string, unknown>> = [];
    socket.on('message', (data) => heard.push(JSON.parse(String(data)) as Record<string, unknown>));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ subscribe: { [topic]: null } }));
    return { heard, close: () => socket.close() };
  };

  it('tells of a new report and of a private one, but of the private one no councillor', async () => {
    const hers = await sunita.call('listReportQueue', { query: {} });
    const rhian = await town.as('Rhian Pugh');
    const [officer, councillor, refused] = [
      await watch(sunita, hers.topic),
      await watch(rhian, `desk:${hers.organisation.id}:public`),
      await watch(rhian, hers.topic),
    ];
    await expect.poll(() => refused.heard).toEqual([{ topic: hers.topic, refused: true }]);
    const hidden = await report(mair, 'rough_sleeper');
    const shown = await report(mair, 'bin');
    // The hub tells of what the tests above made a moment later, perhaps only when these already listen.
    const told = (heard: typeof officer.heard) =>
      heard
        .filter((one) => one['type'] === 'report.confirmed')
        .map((one) => (one['data'] as { report: number }).report)
        .filter((number) => number >= hidden);
    await expect.poll(() => told(officer.heard)).toEqual([hidden, shown]);
    await expect.poll(() => told(councillor.heard)).toEqual([shown]);
    for (const one of [officer, councillor, refused]) one.close();
  });
});
