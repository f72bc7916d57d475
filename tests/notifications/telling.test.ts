import type { Caller } from '@folkmoot/testkit/town';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heardAll } from './heard.ts';

const weirStreet = { lon: -3.0018, lat: 51.842 };
type Mail = {
  id: string;
  subject: string;
  text: string;
  html: string;
  kind: string;
  lang: string;
  headers: Record<string, string>;
};

describe('Who follows a report', () => {
  let town: Town;
  let pothole: { id: string; group: string };
  beforeAll(async () => {
    town = await openTown();
    const categories = await town.visitor().call('listReportCategories', { query: weirStreet });
    pothole = categories.find((category) => category.code === 'pothole')!;
  });
  afterAll(() => town.close());

  const heard = () => heardAll(town);
  const tell = async (who: Caller, title: string, at = weirStreet) =>
    (
      await who.call('makeReport', {
        body: {
          ...at,
          category: pothole.id,
          answers: { depth: 'deep' },
          title,
          detail: 'By the baker’s.',
          lang: 'en',
        },
      })
    ).report;
  const addressOf = async (name: string) =>
    (
      await town.sql.query<{ value: string }>(
        'select value from contacts c join people p on p.id = c.person_id where p.name = $1',
        [name],
      )
    ).rows[0]!.value;
  const mailsTo = async (name: string, report?: number) =>
    (
      await town.sql.query<Mail>(
        'select * from mails where "to" = $1 and ($2::text is null or text like $2) order by id',
        [await addressOf(name), report ? `%/reports/${report}%` : null],
      )
    ).rows;
  const state = (report: number) =>
    town
      .as('Dylan Rees')
      .then((dylan) => dylan.call('readReport', { params: { report } }).then((it) => it.state));
  /** Dylan moves a report from the state it is in, as the county. */
  const move = async (report: number, command: 'start' | 'fix', text: string) => {
    const dylan = await town.as('Dylan Rees');
    await dylan.call('changeReportState', {
      params: { report },
      body: { command, text, lang: 'en', saw: await state(report) },
    });
  };

  it('hears at once, in Welsh if that is their language, with the words of the county and a way to stop it', async () => {
    const mair = await town.as('Mair Pritchard');
    const report = await tell(mair, 'Deep hole by the baker’s');
    await heard();
    // what she did herself is no news to her
    expect(await mailsTo('Mair Pritchard', report)).toEqual([]);
    await move(report, 'start', 'The crew comes at ten.');
    await heard();
    const [mail, ...more] = await mailsTo('Mair Pritchard', report);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      lang: 'cy',
      kind: 'report_state',
      subject: 'Yn cael ei drwsio: Deep hole by the baker’s',
    });
    expect(mail!.text).toContain('“The crew comes at ten.”');
    expect(mail!.text).toContain('Being fixed');
    expect(mail!.html).toContain('<html lang="cy">');
    expect(mail!.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    const inbox = await mair.call('listInbox', { query: {} });
    expect(inbox.unread).toBe(1);
    expect(inbox.items[0]).toMatchObject({
      kind: 'report_state',
      state: 'in_progress',
      to: `/reports/${report}`,
      says: { text: 'The crew comes at ten.', council: true },
    });
    expect((await mair.call('readMe', {})).unread).toBe(1);
  });

  it('is asked whether it really is fixed, and the button of that mail answers', async () => {
    const grace = await town.as('Grace Okafor');
    const report = await tell(grace, 'Loose kerb at the crossing');
    await heard();
    await move(report, 'fix', 'Set in fresh mortar.');
    await heard();
    const mail = (await mailsTo('Grace Okafor')).find((one) => one.kind === 'report_fixed')!;
    expect(mail.subject).toBe('Fixed: Loose kerb at the crossing');
    const token = /\/confirm\/([\w-]+)/.exec(mail.text)![1]!;
    expect(await town.visitor().call('readToken', { params: { token } })).toMatchObject({
      kind: 'verdict',
      state: 'ready',
    });
    await town.visitor().fetch(`/api/v1/tokens/${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fixed: 'no' }),
    });
    expect(await state(report)).toBe('new');
  });

  it('hears nothing twice, however often the same events are read', async () => {
    const counts = async () =>
      (
        await town.sql.query(
          'select (select count(*)::int from notifications) as notes, (select count(*)::int from mails) as mails, (select count(*)::int from follows) as follows',
        )
      ).rows[0];
    const again = async () => {
      await town.sql.query(`update cursors set tx = '0', id = 0 where name = 'notifications'`);
      await heard();
    };
    const told = async (name: string) => (await mailsTo(name)).map((mail) => mail.id);
    const toMair = await told('Mair Pritchard');
    const toGrace = await told('Grace Okafor');
    expect(toMair).toHaveLength(1);
    // the first time brings what was said before this consumer began; after that there is nothing new
    await again();
    const before = await counts();
    await again();
    expect(await counts()).toEqual(before);
    expect(await told('Mair Pritchard')).toEqual(toMair);
    expect(await told('Grace Okafor')).toEqual(toGrace);
  });

  it('hears nothing of a private report unless it is their own', async () => {
    const grace = await town.as('Grace Okafor');
    const mair = await town.as('Mair Pritchard');
    const report = await tell(grace, 'Somebody sleeps in the bus shelter');
    await mair.call('follow', { body: { topic: `report:${report}` } });
    await heard();
    await town.sql.query('update reports set private = true where id = $1', [report]);
    await move(report, 'start', 'We have been there.');
    await heard();
    expect(await mailsTo('Mair Pritchard', report)).toEqual([]);
    const [mail] = await mailsTo('Grace Okafor', report);
    expect(mail!.subject).toBe(`Being fixed: your report ${report}`);
    expect((await mair.call('listFollows', { query: {} })).items.map((one) => one.topic)).not.toContain(
      `report:${report}`,
    );
  });

  it('who asked for one mail a day gets one, at six in the evening', async () => {
    await town.sql.query(`update people set digest = 'daily' where name = 'Huw Bevan'`);
    const huw = await town.as('Huw Bevan');
    const first = await tell(huw, 'Bin knocked over');
    const second = await tell(huw, 'Lamp is out');
    await heard();
    await move(first, 'start', 'On our way.');
    await move(second, 'fix', 'New bulb.');
    // a neighbour's that he follows moves, too, and is hidden before the evening
    const hidden = await tell(await town.as('Grace Okafor'), 'Grace’s whole address');
    await heard();
    await huw.call('follow', { body: { topic: `report:${hidden}`, byMail: true, lang: 'en' } });
    town.later(1);
    await move(hidden, 'start', 'Looked at it.');
    await heard();
    await town.sql.query('update reports set hidden_at = $2 where id = $1', [hidden, town.clock.now]);
    expect(await mailsTo('Huw Bevan')).toEqual([]);
    await town.app.house.jobs.run('mail_digests');
    await town.app.house.jobs.run('mail_digests');
    const [mail, ...more] = await mailsTo('Huw Bevan');
    expect(more).toEqual([]);
    expect(mail!.subject).toBe('2 things moved today in Anybridge');
    expect(mail!.text).toContain('Bin knocked over');
    expect(mail!.text).toContain('“New bulb.”');
    expect(mail!.text).not.toContain('whole address');
    expect(mail!.text).toMatch(/\/confirm\/[\w-]+/);
  });

  it('who wants no mail has it in the inbox alone', async () => {
    await town.sql.query(`update people set digest = 'none' where name = 'Rhian Pugh'`);
    const rhian = await town.as('Rhian Pugh');
    const report = await tell(rhian, 'Sign turned round');
    await heard();
    await move(report, 'start', 'Soon.');
    await heard();
    await town.app.house.jobs.run('mail_digests');
    expect(await mailsTo('Rhian Pugh')).toEqual([]);
    expect((await rhian.call('listInbox', { query: {} })).unread).toBe(1);
  });

  it('somebody without an account follows by the button of a mail, and stops by one press without a cookie', async () => {
    const mair = await town.as('Mair Pritchard');
    const report = await tell(mair, 'Broken bench');
    await heard();
    const visitor = town.visitor();
    const topic = `report:${report}`;
    const asked = await visitor.call('follow', {
      body: { topic, email: 'new.neighbour@example.org', lang: 'en' },
    });
    expect(asked).toEqual({ following: false, waits: true, email: 'new.neighbour@example.org' });
    const followers = () => town.sql.query('select * from follows where topic = $1', [topic]);
    expect((await followers()).rowCount).toBe(1);
    const token = await town.tokenTo('new.neighbour@example.org');
    await visitor.call('useToken', { params: { token }, body: {} });
    expect((await followers()).rowCount).toBe(2);
    town.later(1);
    await move(report, 'start', 'New slats.');
    await heard();
    const mail = (
      await town.sql.query<Mail>(
        `select * from mails where "to" = 'new.neighbour@example.org' and kind = 'report_state'`,
      )
    ).rows[0]!;
    const url = /<(.+)>/.exec(mail.headers['List-Unsubscribe']!)![1]!;
    const path = new URL(url).pathname;
    const link = path.split('/').at(-1)!;
    expect(await visitor.call('readUnsubscribe', { params: { link } })).toEqual({
      what: 'follow',
      about: { en: 'Broken bench' },
      stopped: false,
    });
    // as a mail program does: from nowhere, with a form's body
    const pressed = await fetch(town.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(pressed.status).toBe(200);
    town.later(1);
    await move(report, 'fix', 'Done.');
    await heard();
    const all = await town.sql.query(
      `select * from mails where "to" = 'new.neighbour@example.org' and kind <> 'confirm_alert'`,
    );
    expect(all.rowCount).toBe(1);
    expect(
      (await visitor.say('readUnsubscribe', { params: { link: `${link.slice(0, -2)}xx` } })).status,
    ).toBe(404);
  });
});
