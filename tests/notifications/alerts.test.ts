import type { Caller } from '@folkmoot/testkit/town';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heardAll } from './heard.ts';

const weirStreet = { lon: -3.0018, lat: 51.842 };
const twoStreetsOn = { lon: -3.0018, lat: 51.8447 };
const faraway = { lon: -3.0018, lat: 51.85 };

describe('Grace wants to hear of what is reported near her', () => {
  let town: Town;
  let pothole: { id: string; group: string };
  beforeAll(async () => {
    town = await openTown();
    const categories = await town.visitor().call('listReportCategories', { query: weirStreet });
    pothole = categories.find((category) => category.code === 'pothole')!;
  });
  afterAll(() => town.close());

  const heard = () => heardAll(town);
  const hourly = () => town.app.house.jobs.run('mail_alerts');
  const tell = async (who: Caller, title: string, at = weirStreet) =>
    (
      await who.call('makeReport', {
        body: {
          ...at,
          category: pothole.id,
          answers: { depth: 'deep' },
          title,
          detail: 'A hole.',
          lang: 'en',
        },
      })
    ).report;
  const alertsTo = async (address: string) =>
    (
      await town.sql.query<{ subject: string; text: string; headers: Record<string, string> }>(
        `select * from mails where "to" = $1 and kind in ('alert', 'digest') order by id`,
        [address],
      )
    ).rows;
  const grace = 'grace@anybridge.example';

  it('gets one mail an hour with everything inside her circle, and nothing from outside it or of her own', async () => {
    const her = await town.as('Grace Okafor');
    const mair = await town.as('Mair Pritchard');
    const body = { kind: 'radius' as const, ...weirStreet, radius: 500 };
    const pressed = await Promise.all([1, 2, 3, 4].map(() => her.call('makeAlert', { body })));
    const { alert } = pressed[0]!;
    expect(alert).not.toBeNull();
    expect(new Set(pressed.map((one) => one.alert)).size).toBe(1);
    expect((await her.call('listAlerts', {})).items).toMatchObject([
      { kind: 'radius', radius: 500, ward: null },
    ]);
    await heard();
    await tell(mair, 'Hole at the weir');
    await tell(mair, 'Hole two streets on', twoStreetsOn);
    await tell(mair, 'Hole far away', faraway);
    await tell(her, 'Hole that Grace told of');
    await heard();
    expect(await alertsTo(grace)).toEqual([]);
    await hourly();
    await hourly();
    const [mail, ...more] = await alertsTo(grace);
    expect(more).toEqual([]);
    expect(mail!.subject).toMatch(/^2 new reports: the 500 m round /);
    expect(mail!.text).toContain('Hole at the weir');
    expect(mail!.text).toContain('Hole two streets on');
    expect(mail!.text).not.toContain('far away');
    expect(mail!.text).not.toContain('Grace told of');
    expect(
      (await her.call('listInbox', { query: {} })).items.filter((one) => one.kind === 'alert'),
    ).toHaveLength(2);
  });

  it('does not hear while the county may not promote anything before an election, and hears afterwards', async () => {
    const mair = await town.as('Mair Pritchard');
    const report = await tell(mair, 'Hole before the election');
    await heard();
    const { rows } = await town.sql.query('select organisation_id as id from reports where id = $1', [
      report,
    ]);
    await town.sql.query(
      `insert into pauses (organisation_id, what, starts_on, ends_on, reason) values ($1, 'promoting', '2025-10-16', '2025-10-18', '{"en": "Election"}')`,
      [rows[0].id],
    );
    const before = (await alertsTo(grace)).length;
    await hourly();
    expect(await alertsTo(grace)).toHaveLength(before);

    // however much of the county's waits for somebody who comes before her, she hears of what another body looks after
    const first = '00000000-0000-7000-8000-000000000001';
    await town.sql.query(`insert into people (id, name) values ($1, 'Aaron Abbot')`, [first]);
    await town.sql.query(
      `insert into notifications (person_id, event_id, kind, topic, data, at)
       select $1, -n, 'alert', 'report:' || $2::int, jsonb_build_object('report', $2::int, 'alert', gen_random_uuid()), $3
       from generate_series(1, 6000) n`,
      [first, report, town.clock.now],
    );
    const other = await tell(mair, 'Hole of another body');
    await heard();
    await town.sql.query(
      `update reports set organisation_id = (select id from organisations where id <> $2 limit 1) where id = $1`,
      [other, rows[0].id],
    );
    await hourly();
    expect((await alertsTo(grace)).at(-1)!.subject).toBe('New near you: Hole of another body');

    await town.sql.query('delete from notifications where person_id = $1', [first]);
    town.later(3 * 24 * 60);
    await hourly();
    expect((await alertsTo(grace)).at(-1)!.subject).toBe('New near you: Hole before the election');
  });

  it('ends it with the link in the mail', async () => {
    const [mail] = await alertsTo(grace);
    const link = /unsubscribe\/([\w.-]+)>/.exec(mail!.headers['List-Unsubscribe']!)![1]!;
    const visitor = town.visitor();
    expect(await visitor.call('readUnsubscribe', { params: { link } })).toMatchObject({
      what: 'alert',
      stopped: false,
    });
    await visitor.call('unsubscribe', { params: { link } });
    await visitor.call('unsubscribe', { params: { link } });
    expect(await visitor.call('readUnsubscribe', { params: { link } })).toMatchObject({ stopped: true });
    const her = await town.as('Grace Okafor');
    expect((await her.call('listAlerts', {})).items).toEqual([]);
    await tell(await town.as('Mair Pritchard'), 'Hole after the end');
    await heard();
    const before = (await alertsTo(grace)).length;
    await hourly();
    expect(await alertsTo(grace)).toHaveLength(before);
  });

  it('somebody without an account asks for a ward, in Welsh, and is asked once whether it was them', async () => {
    const visitor = town.visitor();
    const wards = await visitor.call('listWards', { query: {} });
    const point = await visitor.call('readPoint', { query: weirStreet });
    const ward = wards.find((one) => one.id === point.ward!.id)!;
    const asked = await visitor.call('makeAlert', {
      body: { kind: 'ward', ward: ward.slug, group: pothole.group, email: 'cymydog@example.org', lang: 'cy' },
    });
    expect(asked).toEqual({ alert: null, waits: true, email: 'cymydog@example.org' });
    const mail = await town.mailTo('cymydog@example.org');
    expect(mail).toMatchObject({ lang: 'cy', kind: 'confirm_alert' });
    expect(mail.subject).toContain(ward.name.cy);
    const token = await town.tokenTo('cymydog@example.org');
    await visitor.call('useToken', { params: { token }, body: {} });
    await tell(await town.as('Mair Pritchard'), 'Hole in the ward');
    await heard();
    await hourly();
    expect((await alertsTo('cymydog@example.org'))[0]!.subject).toBe('Newydd yn eich ymyl: Hole in the ward');
  });

  it('is told which field is missing, and that a place lies outside', async () => {
    const visitor = town.visitor();
    const body = { kind: 'radius' as const, radius: 500, email: 'a@example.org' };
    expect((await visitor.say('makeAlert', { body })).body).toEqual({
      code: 'invalid',
      fields: { place: 'required' },
    });
    expect((await visitor.say('makeAlert', { body: { kind: 'ward', ward: 'nowhere' } })).body).toMatchObject({
      fields: { ward: 'not_an_option' },
    });
    expect((await visitor.say('makeAlert', { body: { ...body, lon: 2, lat: 48 } })).body).toEqual({
      code: 'outside',
    });
    const noMail = await visitor.say('makeAlert', { body: { kind: 'radius', ...weirStreet, radius: 500 } });
    expect(noMail.body).toEqual({ code: 'invalid', fields: { email: 'required' } });
  });
});
