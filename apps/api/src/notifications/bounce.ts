/**
 * A mail that was taken and came back later: most servers say "no such mailbox" not at the door but in a mail of their
 * own. Read by RFC 3464 and believed only where it names the Message-ID of a mail that we sent, which nobody can guess:
 * else anybody could stop anybody's mails by writing to us.
 */
import type { Queryable } from '@folkmoot/db/client';
import { mails } from '@folkmoot/db/schema/notifications';
import { contacts } from '@folkmoot/db/schema/people';
import { and, eq, inArray } from 'drizzle-orm';

/** `status` is an enhanced code (RFC 3463), such as 5.1.1; `messageId` stands in its brackets. */
export type Bounce = { messageId: string; status: string };
/** What the address can do nothing about (a full mailbox, a filter, a size) does not stop it. */
const GONE = /^5\.(?:0\.0|1\.\d+|2\.[01]|4\.4)$/;
const MOST = 1_000_000;

/** `Name: value`, lines that go on folded; names in small letters, the first of each name. */
function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const at = line.indexOf(':');
    const name = line.slice(0, at).trim().toLowerCase();
    if (at > 0 && !fields.has(name)) fields.set(name, line.slice(at + 1).trim());
  }
  return fields;
}

function split(text: string): { head: Map<string, string>; body: string } {
  const end = text.indexOf('\n\n');
  return end < 0
    ? { head: fieldsOf(text), body: '' }
    : { head: fieldsOf(text.slice(0, end)), body: text.slice(end + 2) };
}

/** The parts of a multipart body, by the boundary that its type names. */
function partsOf(type: string, body: string): Array<ReturnType<typeof split>> {
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (!boundary) return [];
  return `\n${body}`
    .split(`\n--${boundary}`)
    .slice(1)
    .filter((part) => !part.startsWith('--'))
    .map((part) => split(part.replace(/^[ \t]*\n/, '')));
}

/** The first failure for good among those that a report tells of; null where it only says "later". */
function failureIn(report: string): string | null {
  for (const one of report.split(/\n{2,}/)) {
    const fields = fieldsOf(one);
    const status = /^5\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0];
    if (status && fields.get('action')?.toLowerCase() === 'failed') return status;
  }
  return null;
}

/** @returns null where it is no report of a failed delivery */
export function readBounce(raw: string): Bounce | null {
  const { head, body } = split(raw.slice(0, MOST).replaceAll('\r\n', '\n'));
  const type = head.get('content-type') ?? '';
  if (!/^multipart\/report/i.test(type)) return null;
  const parts = partsOf(type, body);
  const kindOf = (part: (typeof parts)[number]) => (part.head.get('content-type') ?? '').toLowerCase();
  const report = parts.find((part) => kindOf(part).startsWith('message/delivery-status'));
  const ours = parts.find((part) => /^(?:message\/rfc822|text\/rfc822-headers)/.test(kindOf(part)));
  const status = report ? failureIn(report.body) : null;
  const messageId = /<[^<>\s]+>/.exec(split(ours?.body ?? '').head.get('message-id') ?? '')?.[0];
  return status && messageId ? { messageId, status } : null;
}

/**
 * Notes what came back: the mail did not arrive, and an address that is gone takes nothing more until its owner asks
 * for something. @returns whether it was a mail of ours, and whether its address is stopped now
 */
export async function noteBounce(
  db: Queryable,
  { messageId, status }: Bounce,
  now: Date,
): Promise<{ ours: boolean; stopped: boolean }> {
  const gone = GONE.test(status);
  const noted = await db
    .update(mails)
    .set({ state: gone ? 'stopped' : 'failed', error: `bounce ${status}` })
    .where(and(eq(mails.messageId, messageId), inArray(mails.state, ['sent', 'sending', 'doubt'])))
    .returning({ contactId: mails.contactId });
  const ids = noted.flatMap(({ contactId }) => contactId ?? []);
  if (gone && ids.length) await db.update(contacts).set({ stoppedAt: now }).where(inArray(contacts.id, ids));
  return { ours: noted.length > 0, stopped: gone && ids.length > 0 };
}
