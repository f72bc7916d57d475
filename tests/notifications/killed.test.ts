import { type ChildProcess, spawn } from 'node:child_process';
import { queueMail } from '@folkmoot/api/notifications/mail';
import { smtpCourier } from '@folkmoot/api/notifications/courier';
import { senderOf } from '@folkmoot/api/notifications/sender';
import type { PRIORITY } from '@folkmoot/core/notifications/plain';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MailServer } from './mail-server.ts';

describe('A sender that is killed while mails are on their way', () => {
  let town: Town;
  let server: MailServer;
  beforeAll(async () => {
    town = await openTown({ env: { ROLE: 'web' } });
    server = await new MailServer().open();
  });
  afterAll(async () => {
    await server.close();
    await town.close();
  });

  const queue = (to: string, priority: keyof typeof PRIORITY) =>
    queueMail(
      town.app.house.db,
      { to, kind: 'test', lang: 'en', priority, subject: to, html: 'x', text: 'x' },
      'localhost',
      town.clock.now,
    );
  const states = async () =>
    Object.fromEntries(
      (
        await town.sql.query<{ state: string; n: number }>(
          'select state, count(*)::int as n from mails group by 1',
        )
      ).rows.map((row) => [row.state, row.n]),
    );
  const start = (): ChildProcess =>
    spawn(process.execPath, [new URL('./sender-process.ts', import.meta.url).pathname], {
      env: {
        ...process.env,
        DATABASE: town.database.appUrl,
        SMTP: server.url,
        NOW: town.clock.now.toISOString(),
      },
      stdio: 'ignore',
    });

  it('loses none, sends again what somebody waits for under the same Message-ID, and leaves the rest to a person', async () => {
    for (let n = 0; n < 4; n++) await queue(`waits${n}@example.org`, 'confirm');
    for (let n = 0; n < 20; n++) await queue(`many${n}@example.org`, 'many');
    const inHand: string[] = [];
    let child: ChildProcess;
    const killed = new Promise<void>((done) => {
      // the first is taken and said so; those in hand after it are taken, and the answer finds nobody
      server.behaviour = {
        data: async (mail) => {
          inHand.push(mail.messageId);
          if (inHand.length === 1) return '250 taken';
          if (inHand.length === 2) child.kill('SIGKILL');
          await killed;
          return '250 taken';
        },
      };
      child = start();
      child.once('exit', () => done());
    });
    await killed;

    const left = await states();
    expect(left['sent']).toBe(1);
    expect(left['sending']).toBeGreaterThan(0);
    expect((left['sent'] ?? 0) + (left['sending'] ?? 0) + (left['queued'] ?? 0)).toBe(24);

    // another process comes soon: it takes only what is certainly free
    server.behaviour = {};
    const sender = senderOf(town.app.house, smtpCourier(server.url));
    const before = left['sending']!;
    await sender.run();
    expect((await states())['sending']).toBe(before);

    town.later(6);
    await sender.run();
    await sender.stop();
    const after = await states();
    expect(after['sending'] ?? 0).toBe(0);
    expect(after['queued'] ?? 0).toBe(0);
    const { rows } = await town.sql.query<{
      to: string;
      state: string;
      message_id: string;
      priority: number;
    }>('select * from mails');
    const times = server.times();
    for (const mail of rows.filter((one) => one.priority === 0)) {
      expect(mail.state).toBe('sent');
      expect(times.get(mail.message_id)).toBeGreaterThan(0);
    }
    for (const mail of rows.filter((one) => one.priority === 9)) {
      expect(['sent', 'doubt']).toContain(mail.state);
      // a mailing is never sent twice by itself
      const taken = times.get(mail.message_id) ?? 0;
      expect(mail.state === 'sent' ? [1] : [0, 1]).toContain(taken);
    }
    expect(after['doubt']).toBeGreaterThan(0);
  });
});
