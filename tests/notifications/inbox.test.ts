import type { Caller } from '@folkmoot/testkit/town';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { heardAll } from './heard.ts';

const weirStreet = { lon: -3.0018, lat: 51.842 };
type Said = { topic: string; type?: string; refused?: true };

/** Somebody's page: a real socket with their cookie. */
async function page(town: Town, who: Caller, topic: string) {
  const heard: Said[] = [];
  const waiting: Array<() => void> = [];
  const socket = new WebSocket(`${town.url.replace('http', 'ws')}/live`, {
    headers: { cookie: who.cookie, origin: town.url },
  });
  socket.on('message', (raw) => {
    heard.push(JSON.parse(String(raw)) as Said);
    for (const done of waiting.splice(0)) done();
  });
  await new Promise((done) => socket.once('open', done));
  socket.send(JSON.stringify({ subscribe: { [topic]: null } }));
  // the socket answers in order: a second topic that is refused says that the first is watched
  socket.send(JSON.stringify({ subscribe: { 'nothing:1': null } }));
  const until = async (found: (said: Said) => boolean): Promise<void> => {
    while (!heard.some(found)) await new Promise<void>((done) => waiting.push(done));
  };
  await until((said) => said.topic === 'nothing:1');
  return { heard, until, close: () => socket.close() };
}

describe('The inbox', () => {
  let town: Town;
  let report: number;
  beforeAll(async () => {
    town = await openTown();
    const mair = await town.as('Mair Pritchard');
    const categories = await mair.call('listReportCategories', { query: weirStreet });
    const category = categories.find((one) => one.code === 'pothole')!.id;
    ({ report } = await mair.call('makeReport', {
      body: {
        ...weirStreet,
        category,
        answers: { depth: 'deep' },
        title: 'A hole',
        detail: 'Deep.',
        lang: 'en',
      },
    }));
    await heardAll(town);
  });
  afterAll(() => town.close());
  const move = async (
    command: 'investigate' | 'plan' | 'start',
    saw: 'new' | 'investigating' | 'planned',
  ) => {
    const dylan = await town.as('Dylan Rees');
    await dylan.call('changeReportState', {
      params: { report },
      body: { command, text: 'Soon.', lang: 'en', saw },
    });
    await heardAll(town);
  };

  it('moves on every device of a person when something is new and when it is read, and on nobody else’s', async () => {
    const mair = await town.as('Mair Pritchard');
    const phone = await page(town, mair, 'me');
    const tablet = await page(town, await town.as('Mair Pritchard'), 'me');
    const other = await page(town, await town.as('Grace Okafor'), 'me');
    await move('investigate', 'new');
    for (const one of [phone, tablet]) await one.until((said) => said.type === 'me.inbox_changed');
    const inbox = await mair.call('listInbox', { query: {} });
    expect(inbox).toMatchObject({ unread: 1, total: 1 });
    phone.heard.length = 0;
    const answer = await mair.call('readNotification', { params: { notification: inbox.items[0]!.id } });
    expect(answer).toEqual({ ok: true, unread: 0, to: `/reports/${report}` });
    await phone.until((said) => said.type === 'me.inbox_changed');
    expect((await mair.call('listInbox', { query: {} })).items[0]).toMatchObject({ read: true });
    expect(other.heard.filter((said) => said.type)).toEqual([]);
    for (const one of [phone, tablet, other]) one.close();
  });

  it('cannot be watched by somebody else, nor read', async () => {
    const grace = await town.as('Grace Okafor');
    const { rows } = await town.sql.query(`select id from people where name = 'Mair Pritchard'`);
    const spy = await page(town, grace, `me:${rows[0].id}`);
    expect(spy.heard[0]).toEqual({ topic: `me:${rows[0].id}`, refused: true });
    spy.close();
    const mair = await town.as('Mair Pritchard');
    const [note] = (await mair.call('listInbox', { query: {} })).items;
    expect((await grace.say('readNotification', { params: { notification: note!.id } })).status).toBe(404);
    expect((await town.visitor().say('listInbox', { query: {} })).status).toBe(401);
  });

  it('is emptied of what is new in one press', async () => {
    await move('plan', 'investigating');
    await move('start', 'planned');
    const mair = await town.as('Mair Pritchard');
    expect((await mair.call('readMe', {})).unread).toBe(2);
    expect(await mair.call('readAllNotifications', {})).toEqual({ ok: true, unread: 0 });
    expect((await mair.call('readMe', {})).unread).toBe(0);
  });

  it('asks after the promised day whether it was fixed, once, and tells the officer once that a promise was missed', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const { rows: whose } = await town.sql.query('select organisation_id as id from reports where id = $1', [
      report,
    ]);
    const { place } = await tomasz.call('listReportNumbers', {});
    // a week is usual; this organisation asks after five days
    await tomasz.call('saveReportNumbers', {
      body: { ...place, organisation: whose[0].id, askAfterExpectedDays: 5 },
    });
    await town.sql.query('update reports set expected_on = null, asked_at = null where id <> $1', [report]);
    await town.sql.query(
      `update reports set expected_on = '2025-10-20', assigned_to = (select id from people where name = 'Dylan Rees') where id = $1`,
      [report],
    );
    const { house } = town.app;
    const run = async () => {
      for (const job of ['ask_whether_fixed', 'note_overdue']) await house.jobs.run(job);
      await heardAll(town);
    };
    const about = async (name: string, kind: string) =>
      (
        await town.sql.query(
          `select 1 from notifications n join people p on p.id = n.person_id where p.name = $1 and kind = $2 and topic = $3`,
          [name, kind, `report:${report}`],
        )
      ).rowCount;
    await run();
    expect(await about('Dylan Rees', 'report_overdue')).toBe(0);
    town.later(5 * 24 * 60);
    await run();
    expect(await about('Dylan Rees', 'report_overdue')).toBe(1);
    expect(await about('Mair Pritchard', 'report_asked')).toBe(0);
    town.later(3 * 24 * 60);
    await run();
    expect(await about('Mair Pritchard', 'report_asked')).toBe(0);
    town.later(24 * 60);
    await run();
    await run();
    expect(await about('Dylan Rees', 'report_overdue')).toBe(1);
    expect(await about('Mair Pritchard', 'report_asked')).toBe(1);
    const { rows } = await town.sql.query(
      `select * from mails where kind = 'report_asked' and text like '%A hole%'`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0].subject).toBe('A gafodd ei drwsio? A hole');
  });
});

describe('Administrators', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  it('see mails that need a person with half the address, send one again and let another go', async () => {
    const put = (to: string, state: string) =>
      town.sql.query(
        `insert into mails ("to", kind, lang, priority, subject, html, text, message_id, state, attempts, next_at, created_at)
         values ($1, 'alert', 'en', 9, 'News', 'x', 'x', '<x@x>', $2, 27, $3, $3)`,
        [to, state, town.clock.now],
      );
    await put('mair.pritchard@example.org', 'failed');
    await put('grace@example.org', 'doubt');
    const tomasz = await town.as('Tomasz Nowak');
    const { items } = await tomasz.call('listTroubledMails', { query: {} });
    expect(items.map((one) => [one.to, one.state]).sort()).toEqual([
      ['gr…@example.org', 'doubt'],
      ['ma…@example.org', 'failed'],
    ]);
    const id = (state: string) => items.find((one) => one.state === state)!.id;
    await tomasz.call('sendMailAgain', { params: { mail: id('failed') } });
    await tomasz.call('letMailGo', { params: { mail: id('doubt') } });
    expect((await tomasz.call('listTroubledMails', { query: {} })).total).toBe(0);
    expect((await tomasz.say('sendMailAgain', { params: { mail: id('doubt') } })).status).toBe(404);
    const dylan = await town.as('Dylan Rees');
    expect((await dylan.say('listTroubledMails', { query: {} })).body).toEqual({ code: 'not_allowed' });
  });

  it('set a pause of their own organisation, not of another, and end it', async () => {
    const tomasz = await town.as('Tomasz Nowak');
    const { organisations } = await tomasz.call('listPauses', {});
    const [mine] = organisations;
    const body = {
      what: 'promoting' as const,
      from: '2025-10-20',
      to: '2025-11-06',
      reason: { en: 'Council by-election', cy: 'Isetholiad y cyngor' },
    };
    await tomasz.call('makePause', { body: { ...body, organisation: mine!.id } });
    const again = await tomasz.say('makePause', { body: { ...body, organisation: mine!.id } });
    expect(again.body).toEqual({ code: 'already_there' });
    const other = (
      await town.sql.query('select id from organisations where id <> all($1::uuid[]) limit 1', [
        organisations.map((one) => one.id),
      ])
    ).rows[0].id as string;
    expect((await tomasz.say('makePause', { body: { ...body, organisation: other } })).status).toBe(403);
    const wrong = await tomasz.say('makePause', {
      body: { ...body, organisation: mine!.id, to: '2025-10-01' },
    });
    expect(wrong.body).toEqual({ code: 'invalid', fields: { to: 'before_start' } });
    const [pause] = (await tomasz.call('listPauses', {})).items;
    expect(pause).toMatchObject({ state: 'to_come', from: '2025-10-20', to: '2025-11-06' });
    town.later(5 * 24 * 60);
    const back = await town.as('Tomasz Nowak');
    expect((await back.call('listPauses', {})).items[0]).toMatchObject({ state: 'on' });
    await back.call('endPause', { params: { pause: pause!.id } });
    expect((await back.call('listPauses', {})).items[0]).toMatchObject({ state: 'over', to: '2025-10-20' });
    const dylan = await town.as('Dylan Rees');
    expect((await dylan.say('listPauses', {})).body).toEqual({ code: 'not_allowed' });
  });
});
