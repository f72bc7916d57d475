/** A sender in a process of its own, so that a test can kill it: DATABASE, SMTP and NOW come from outside. */
import { smtpCourier } from '@folkmoot/api/notifications/courier';
import { senderOf } from '@folkmoot/api/notifications/sender';
import { readSettings } from '@folkmoot/api/settings';
import { connect } from '@folkmoot/db/client';
import type { House } from '@folkmoot/api/kit/house';

const { DATABASE = '', SMTP = '', NOW = '' } = process.env;
const now = new Date(NOW);
const house = {
  db: connect(DATABASE),
  clock: () => now,
  log: { warn: () => undefined, error: () => undefined } as unknown as House['log'],
  settings: readSettings({}),
  saved: () => undefined,
};
const sender = senderOf(house, smtpCourier(SMTP));
await sender.run();
await sender.stop();
await house.db.$client.end();
