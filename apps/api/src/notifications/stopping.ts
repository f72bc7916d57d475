/**
 * How a mail is stopped: one link, signed, with no row of its own, so that it works for as long as the mail lies
 * about. Mail programs press it by themselves when somebody presses "unsubscribe" (RFC 8058: a POST without cookie).
 */
import { and, eq, isNull } from 'drizzle-orm';
import type { Queryable } from '@folkmoot/db/client';
import { alerts, follows } from '@folkmoot/db/schema/notifications';
import { people } from '@folkmoot/db/schema/people';
import type { House } from '../kit/house.ts';

/** What is stopped: `follow report:12`, `alert 019…`, or every mail that is not asked for that minute. */
export type Stops = { what: 'follow'; topic: string } | { what: 'alert'; alert: string } | { what: 'all' };

const worded = (it: Stops): string =>
  it.what === 'follow' ? `f ${it.topic}` : it.what === 'alert' ? `a ${it.alert}` : '*';

function understood(said: string): Stops | null {
  const [, what = '', about = ''] = /^([fa*]) ?(.*)$/.exec(said) ?? [];
  if (what === '*') return { what: 'all' };
  if (!about) return null;
  return what === 'f'
    ? { what: 'follow', topic: about }
    : what === 'a'
      ? { what: 'alert', alert: about }
      : null;
}

const signed = (claim: string): string => `unsubscribe ${claim}`;

/** `MDE5.signature`, safe in a path. */
export function stopLink({ signer }: Pick<House, 'signer'>, person: string, it: Stops): string {
  const claim = Buffer.from(`${person} ${worded(it)}`).toString('base64url');
  return `${claim}.${signer.sign(signed(claim))}`;
}

/** @returns what a link stops and for whom; null for one that we did not make */
export function readStopLink(
  { signer }: Pick<House, 'signer'>,
  link: string,
): { person: string; it: Stops } | null {
  const [claim = '', signature = ''] = link.split('.');
  if (!signer.verify(signed(claim), signature)) return null;
  const [, person = '', said = ''] =
    /^(\S+) (.*)$/.exec(Buffer.from(claim, 'base64url').toString('utf8')) ?? [];
  const it = understood(said);
  return it && person ? { person, it } : null;
}

/** Stops it; again is the same. The inbox of who has an account still shows what they follow. */
export async function stop(db: Queryable, person: string, it: Stops, now: Date): Promise<void> {
  if (it.what === 'follow')
    await db
      .update(follows)
      .set({ byMail: false })
      .where(and(eq(follows.personId, person), eq(follows.topic, it.topic)));
  else if (it.what === 'alert')
    await db
      .update(alerts)
      .set({ endedAt: now })
      .where(and(eq(alerts.personId, person), eq(alerts.id, it.alert), isNull(alerts.endedAt)));
  else await db.update(people).set({ digest: 'none' }).where(eq(people.id, person));
}

/** What RFC 8058 asks of a mail that goes to many. */
export const stopHeaders = (publicUrl: string, link: string): Record<string, string> => ({
  'List-Unsubscribe': `<${publicUrl}/api/v1/unsubscribe/${link}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});
