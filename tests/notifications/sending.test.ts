import { noteBounce, readBounce } from '@folkmoot/api/notifications/bounce';
import { queueMail } from '@folkmoot/api/notifications/mail';
import { smtpCourier } from '@folkmoot/api/notifications/courier';
import { nextTry, outboxHealth, type Sender, senderOf } from '@folkmoot/api/notifications/sender';
import type { PRIORITY } from '@folkmoot/core/notifications/plain';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MailServer } from './mail-server.ts';

const HOUR = 60;

describe('The sender', () => {
  let town: Town;
  let server: MailServer;
  let sender: Sender;
  beforeAll(async () => {
    // the app's own sender rests, so that the test says when mail goes
    town = await openTown({ env: { ROLE: 'web' } });
    server = await new MailServer().open();
    sender = senderOf(town.app.house, smtpCourier(server.url));
  });
  afterAll(async () => {
    await sender.stop();
    await server.close();
    await town.close();
  });
  beforeEach(async () => {
    await town.sql.query('delete from mails');
    server.taken.length = 0;
    server.behaviour = {};
    // past any minute in which the server was thought to be away
    town.later(2);
  });

  const queue = (to: string, priority: keyof typeof PRIORITY = 'answer', contactId: string | null = null) =>
    queueMail(
      town.app.house.db,
      { to, contactId, kind: 'test', lang: 'en', priority, subject: `To ${to}`, html: '<p>x</p>', text: 'x' },
      'localhost',
      town.clock.now,
    );
  const mailOf = async (to: string) =>
    (await town.sql.query('select * from mails where "to" = $1', [to])).rows[0] as {
      id: string;
      state: string;
      attempts: number;
      error: string | null;
      next_at: Date;
      message_id: string;
    };
  const contactOf = async (name: string) =>
    (
      await town.sql.query(
        'select c.id, c.value, c.stopped_at from contacts c join people p on p.id = c.person_id where p.name = $1',
        [name],
      )
    ).rows[0] as { id: string; value: string; stopped_at: Date | null };

  it('hands over confirmations before answers, and answers before mailings to many', async () => {
    await queue('many@example.org', 'many');
    await queue('answer@example.org', 'answer');
    await queue('confirm@example.org', 'confirm');
    await sender.run();
    expect(server.taken[0]!.to).toBe('confirm@example.org');
    expect(new Set(server.taken.map((mail) => mail.to))).toEqual(
      new Set(['confirm@example.org', 'answer@example.org', 'many@example.org']),
    );
    expect(await mailOf('many@example.org')).toMatchObject({ state: 'sent', attempts: 1, error: null });
  });

  it('sends what the row says: addresses, words in both forms, the fixed Message-ID, the way to stop it', async () => {
    await queueMail(
      town.app.house.db,
      {
        to: 'mair@example.org',
        kind: 'test',
        lang: 'cy',
        priority: 'many',
        subject: 'Twll dwfn yn y ffordd: wedi’i drwsio',
        html: '<p>Wedi’i drwsio</p>',
        text: 'Wedi’i drwsio',
        headers: {
          'List-Unsubscribe': '<https://x.example/u>',
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      },
      'localhost',
      town.clock.now,
    );
    await sender.run();
    const [mail] = server.taken;
    const row = await mailOf('mair@example.org');
    expect(mail).toMatchObject({ to: 'mair@example.org', messageId: row.message_id });
    expect(mail!.data).toMatch(/^List-Unsubscribe: <https:\/\/x\.example\/u>$/im);
    expect(mail!.data).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/im);
    expect(mail!.data).toContain('multipart/alternative');
  });

  it('loses nothing while the mail server is away, and bothers it once a minute only', async () => {
    await server.close();
    for (let n = 0; n < 30; n++) await queue(`resident${n}@example.org`);
    const before = (await town.sql.query("select count(*)::int as n from mails where state = 'queued'"))
      .rows[0];
    expect(before).toEqual({ n: 30 });
    await sender.run();
    await sender.run();
    const tried = await town.sql.query('select state, attempts from mails where attempts > 0');
    expect(tried.rows).toEqual([{ state: 'queued', attempts: 1 }]);
    expect((await outboxHealth(town.app.house)).waiting).toBe(30);
    town.later(10);
    expect((await outboxHealth(town.app.house)).oldestSeconds).toBe(600);
    await server.open();
    await sender.run();
    expect(server.taken).toHaveLength(30);
    expect([...server.times().values()].every((times) => times === 1)).toBe(true);
    expect(await outboxHealth(town.app.house)).toEqual({ waiting: 0, oldestSeconds: 0, needsPerson: 0 });
  });

  it('tries again after 5 and 30 minutes, then every hour for a day, then asks a person', async () => {
    server.behaviour = { rcpt: () => '451 try later' };
    await queue('busy@example.org');
    const waited: number[] = [];
    for (let tries = 0; tries < 40; tries++) {
      await sender.run();
      const mail = await mailOf('busy@example.org');
      if (mail.state === 'failed') break;
      expect(mail.state).toBe('queued');
      const wait = Math.round((mail.next_at.getTime() - town.clock.now.getTime()) / 60_000);
      waited.push(wait);
      town.later(wait - 1);
      await sender.run();
      expect((await mailOf('busy@example.org')).attempts).toBe(mail.attempts);
      town.later(1);
    }
    expect(waited.slice(0, 4)).toEqual([5, 30, HOUR, HOUR]);
    expect(waited.reduce((sum, wait) => sum + wait, 0)).toBe(35 + 24 * HOUR);
    expect(await mailOf('busy@example.org')).toMatchObject({ state: 'failed', error: 'smtp 451 RCPT TO' });
    expect(nextTry(27)).toBeNull();
  });

  it('stops an address that bounces, and what else waits for it, but not what its owner asks for', async () => {
    const grace = await contactOf('Grace Okafor');
    server.behaviour = { rcpt: (to) => (to === grace.value ? '550 no such mailbox' : '250 ok') };
    await queue(grace.value, 'answer', grace.id);
    await sender.run();
    expect(await mailOf(grace.value)).toMatchObject({ state: 'stopped', error: 'smtp 550 RCPT TO' });
    expect((await contactOf('Grace Okafor')).stopped_at).toEqual(town.clock.now);

    server.behaviour = {};
    await town.sql.query('delete from mails');
    await queue(grace.value, 'many', grace.id);
    await sender.run();
    expect(await mailOf(grace.value)).toMatchObject({ state: 'stopped', error: 'address stopped' });
    expect(server.taken).toHaveLength(0);

    await town.sql.query('delete from mails');
    await queue(grace.value, 'confirm', grace.id);
    await sender.run();
    expect(await mailOf(grace.value)).toMatchObject({ state: 'sent' });
    expect((await contactOf('Grace Okafor')).stopped_at).toBeNull();
  });

  it('stops an address whose mail came back later, if it was ours, and not for a full mailbox', async () => {
    const grace = await contactOf('Grace Okafor');
    const { db } = town.app.house;
    const report = (messageId: string, status: string, action = 'failed') =>
      [
        'From: MAILER-DAEMON@mail.example',
        'Content-Type: multipart/report; report-type=delivery-status;',
        '\tboundary="=_cut"',
        'Subject: Undelivered',
        '',
        '--=_cut',
        'Content-Type: text/plain',
        '',
        'It could not be delivered.',
        '--=_cut',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mail.example',
        '',
        `Final-Recipient: rfc822; ${grace.value}`,
        `Action: ${action}`,
        `Status: ${status} (no such mailbox)`,
        '--=_cut',
        'Content-Type: message/rfc822',
        '',
        `Message-ID: ${messageId}`,
        'Subject: To you',
        '',
        'x',
        '--=_cut--',
      ].join('\r\n');
    await queue(grace.value, 'answer', grace.id);
    await sender.run();
    const mail = await mailOf(grace.value);
    expect(mail.state).toBe('sent');
    const hear = async (raw: string) => {
      const bounce = readBounce(raw);
      return bounce && (await noteBounce(db, bounce, town.clock.now));
    };
    expect(await hear('Subject: I am away until Monday\r\n\r\nMessage-ID: <x@y>')).toBeNull();
    expect(await hear(report(mail.message_id, '5.1.1', 'delayed'))).toBeNull();
    expect(await hear(report('<guessed@localhost>', '5.1.1'))).toEqual({ ours: false, stopped: false });
    expect((await contactOf('Grace Okafor')).stopped_at).toBeNull();

    expect(await hear(report(mail.message_id, '5.2.2'))).toEqual({ ours: true, stopped: false });
    expect(await mailOf(grace.value)).toMatchObject({ state: 'failed', error: 'bounce 5.2.2' });
    await town.sql.query(`update mails set state = 'sent'`);
    expect(await hear(report(mail.message_id, '5.1.1'))).toEqual({ ours: true, stopped: true });
    expect(await mailOf(grace.value)).toMatchObject({ state: 'stopped', error: 'bounce 5.1.1' });
    expect((await contactOf('Grace Okafor')).stopped_at).toEqual(town.clock.now);
    await town.sql.query('update contacts set stopped_at = null');
  });

  it('gives a mail that is not wanted to a person at once, and goes on with the others', async () => {
    server.behaviour = {
      data: (mail) => (mail.to === 'one@example.org' ? '554 looks like spam' : '250 taken'),
    };
    await queue('one@example.org');
    await queue('two@example.org');
    await sender.run();
    expect(await mailOf('one@example.org')).toMatchObject({ state: 'failed' });
    expect(await mailOf('two@example.org')).toMatchObject({ state: 'sent' });
  });

  it('sends each of 200 mails once with three senders at work', async () => {
    for (let n = 0; n < 200; n++) await queue(`many${n}@example.org`, 'many');
    const others = [1, 2].map(() => senderOf(town.app.house, { ...smtpFree(server) }));
    await Promise.all([senderOf(town.app.house, smtpFree(server)), ...others].map((one) => one.run()));
    expect(server.taken).toHaveLength(200);
    expect(server.times().size).toBe(200);
  });
});

/** Straight into the server's list: the bounded rate of the real one would make 200 mails take ten seconds. */
const smtpFree = (server: MailServer) => ({
  hand: async (mail: { to: string; messageId: string }) => {
    await new Promise((done) => setTimeout(done, 1));
    server.taken.push({ from: '', to: mail.to, data: '', messageId: mail.messageId });
    return { how: 'sent' as const };
  },
  close: () => undefined,
});
