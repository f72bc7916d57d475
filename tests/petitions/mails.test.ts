/** Mails in a surge: confirmations first, and a mail server that is not there delays them, loses none, stops nobody. */
import { smtpCourier } from '@folkmoot/api/notifications/courier';
import { queueMail } from '@folkmoot/api/notifications/mail';
import { type Sender, senderOf } from '@folkmoot/api/notifications/sender';
import { openTown, type Town } from '@folkmoot/testkit/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MailServer } from '../notifications/mail-server.ts';
import { mailsGoOut, noRates, openPetition, signer } from './story.ts';

const SIGNERS = 40;

describe('The mails of a petition that everybody signs', () => {
  let town: Town;
  let server: MailServer;
  let sender: Sender;
  let petition: number;
  let code: string;
  beforeAll(async () => {
    // the app's own sender rests, so that the test says when mail goes
    town = await openTown({ env: { ROLE: 'web' } });
    server = await new MailServer().open();
    sender = senderOf(town.app.house, smtpCourier(server.url, 10_000));
    await noRates(town);
    ({ petition, code } = await openPetition(town));
    await town.sql.query('delete from mails');
  });
  afterAll(async () => {
    await sender.stop();
    await server.close();
    await town.close();
  });

  const sign = (name: string) =>
    town.visitor().say('signPetition', { params: { petition }, body: signer(name, code) });
  const states = async () =>
    (await town.sql.query('select state, count(*)::int as n from mails group by 1 order by 1'))
      .rows as Array<{ state: string; n: number }>;

  it('wait while the mail server is away, though everybody may sign, and each goes once when it is back', async () => {
    await server.close();
    const news = {
      to: 'many@example.org',
      kind: 'test',
      lang: 'en',
      priority: 'many',
      subject: 'News',
      html: 'x',
      text: 'x',
    } as const;
    for (let n = 0; n < 30; n++)
      await queueMail(
        town.app.house.db,
        { ...news, to: `many${n}@example.org` },
        'localhost',
        town.clock.now,
      );
    const said = await Promise.all(Array.from({ length: SIGNERS }, (_, n) => sign(`Signer N${n}`)));
    expect(new Set(said.map(({ status }) => status))).toEqual(new Set([200]));
    await mailsGoOut(town);
    expect(await sender.run()).toBe(0);
    expect(await states()).toEqual([{ state: 'queued', n: SIGNERS + 30 }]);

    // whoever signs now hears how long it takes, as soon as what is shared of it is read anew
    town.later(12);
    for (let minutes = 0, n = 0; minutes < 12; n++) {
      const { status, body } = await sign(`Later N${n % 5}`);
      expect(status).toBe(200);
      minutes = Number(body['minutes']);
      await new Promise((soon) => setTimeout(soon, 200));
    }
    await mailsGoOut(town);
    await server.open();
    await sender.run();
    const rows = (
      await town.sql.query<{ to: string; message_id: string; priority: number; state: string }>(
        'select * from mails',
      )
    ).rows;
    expect(rows.filter((row) => row.state !== 'sent' && row.priority === 0)).toEqual([]);
    const times = server.times();
    expect(rows.filter((row) => times.get(row.message_id) !== 1)).toEqual([]);
    // the news had waited longest, and still every button was before it
    const kinds = server.taken.map(({ to }) => (to.startsWith('many') ? 'news' : 'button'));
    expect(kinds.lastIndexOf('button')).toBeLessThan(kinds.indexOf('news'));
    expect(new Set(server.taken.map(({ to }) => to)).size).toBe(rows.length);
  });
});
