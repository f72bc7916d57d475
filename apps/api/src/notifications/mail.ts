/**
 * The outbox: a mail is a row, written in the transaction of what it tells. It leaves later, confirmations first.
 * One (event, person, kind) is one mail, however often its cause is read.
 */
import { PRIORITY } from '@folkmoot/core/notifications/plain';
import type { Lang } from '@folkmoot/core/kit/plain';
import type { Queryable } from '@folkmoot/db/client';
import { mails } from '@folkmoot/db/schema/notifications';
import { randomToken } from '../kit/secrets.ts';

export type NewMail = {
  to: string;
  kind: string;
  lang: Lang;
  priority: keyof typeof PRIORITY;
  subject: string;
  html: string;
  text: string;
  eventId?: number | null;
  personId?: string | null;
  contactId?: string | null;
  headers?: Record<string, string>;
};

/** so many rows in one statement */
const CHUNK = 200;

/** Puts mails into the outbox, many at once. */
export async function queueMails(
  tx: Queryable,
  all: readonly NewMail[],
  host: string,
  now: Date,
): Promise<void> {
  const rows = all.map((mail) => ({
    ...mail,
    eventId: mail.eventId ?? null,
    personId: mail.personId ?? null,
    contactId: mail.contactId ?? null,
    headers: mail.headers ?? {},
    priority: PRIORITY[mail.priority],
    messageId: `<${randomToken()}@${host}>`,
    nextAt: now,
    createdAt: now,
  }));
  for (let from = 0; from < rows.length; from += CHUNK)
    await tx
      .insert(mails)
      .values(rows.slice(from, from + CHUNK))
      .onConflictDoNothing();
}

export const queueMail = (tx: Queryable, mail: NewMail, host: string, now: Date): Promise<void> =>
  queueMails(tx, [mail], host, now);
