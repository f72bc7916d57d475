/** Everything that notifications put into the server: who reads events, who sends mail, what the clock asks for. */
import type { FastifyInstance } from 'fastify';
import type { LiveTopics } from '../live/socket.ts';
import type { TokenUses } from '../people/index.ts';
import { mountPauses, pausedNow, type Places } from '../places/index.ts';
import { mailAlerts } from './alerts.ts';
import { askWhetherFixed, noteOverdue } from './asking.ts';
import { demoCourier, smtpCourier } from './courier.ts';
import { mailDigests } from './digest.ts';
import { mountFollowing } from './following.routes.ts';
import { mountInbox } from './inbox.routes.ts';
import { mountMails } from './mails.routes.ts';
import { senderOf } from './sender.ts';
import { notificationsConsumer } from './telling.ts';

export type Parts = { places: Places; uses: TokenUses; topics: LiveTopics };

export function mountNotifications(app: FastifyInstance, parts: Parts): void {
  const { places, topics } = parts;
  const { house } = app;
  const { smtpUrl, mailRate, demo, role } = house.settings;
  const paused = () => pausedNow(house, 'promoting');

  house.consumers.add(notificationsConsumer(house));
  house.jobs.add({
    name: 'mail_alerts',
    every: '10 * * * *',
    work: async () => mailAlerts(house, places, await paused()),
  });
  house.jobs.add({
    name: 'mail_digests',
    every: '0 18 * * *',
    work: async () => mailDigests(house, await paused()),
  });
  house.jobs.add({ name: 'ask_whether_fixed', every: '0 10 * * *', work: () => askWhetherFixed(house) });
  house.jobs.add({ name: 'note_overdue', every: '0 7 * * *', work: () => noteOverdue(house) });

  mountInbox(app);
  mountFollowing(app, parts);
  mountMails(app, parts);
  mountPauses(app);

  topics.allow('me', (actor, rest) => actor.person !== null && actor.person === rest);
  topics.allow('demo', () => demo);

  // with no mail server and no demo the mails wait, and the health page says so: nothing pretends to be sent
  const courier = smtpUrl ? smtpCourier(smtpUrl, mailRate) : demo ? demoCourier : null;
  if (!courier || role === 'web') return;
  const sender = senderOf(house, courier);
  app.addHook('onReady', async () => sender.start());
  app.addHook('preClose', async () => sender.stop());
}
