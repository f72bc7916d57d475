/**
 * Acting for somebody who rings up or stands at the counter: the same acts, in their name, entered by staff, with
 * their consent in the words that were read to them.
 */
import type { Channel, Lang } from '@folkmoot/core/kit/plain';
import { canonicalEmail, canonicalPhone } from '@folkmoot/core/people/plain';
import { canonicalPostcode } from '@folkmoot/core/places/plain';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { consents, contacts, people } from '@folkmoot/db/schema/people';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { Invalid } from '../kit/errors.ts';
import { wardOfPostcode } from './store.ts';

export type ActFor = {
  name: string;
  email?: string | undefined;
  phone?: string | undefined;
  postcode?: string | undefined;
  lang: Lang;
  channel: Channel;
  /** what they agreed to, as it was read to them */
  wording: string;
  enteredBy: string;
};
export type Assisted = { person: string; known: boolean };
type Contact = { kind: 'email' | 'phone'; value: string; canonical: string };

function contactsOf({ email, phone }: ActFor): Contact[] {
  const found: Contact[] = [];
  if (email) found.push({ kind: 'email', value: email, canonical: canonicalEmail(email) });
  if (phone) {
    const canonical = canonicalPhone(phone);
    if (!canonical) throw new Invalid({ phone: 'not_a_phone' });
    found.push({ kind: 'phone', value: phone, canonical });
  }
  return found;
}

/**
 * Who they are to us already. A proven e-mail address is somebody's for certain; a number or an unproven address
 * only together with the same name, since a household shares a telephone.
 */
async function find(tx: Queryable, it: ActFor, given: readonly Contact[]): Promise<string | null> {
  for (const { kind, canonical } of given) {
    const same = and(eq(contacts.kind, kind), eq(contacts.canonical, canonical), isNull(people.erasedAt));
    const [proven] = await tx
      .select({ id: people.id })
      .from(contacts)
      .innerJoin(people, eq(people.id, contacts.personId))
      .where(and(same, isNotNull(contacts.verifiedAt)));
    if (proven) return proven.id;
    const [named] = await tx
      .select({ id: people.id })
      .from(contacts)
      .innerJoin(people, eq(people.id, contacts.personId))
      .where(and(same, sql`lower(${people.name}) = lower(${it.name})`))
      .limit(1);
    if (named) return named.id;
  }
  return null;
}

async function make(tx: Tx, it: ActFor, now: Date): Promise<string> {
  const postcode = it.postcode ? canonicalPostcode(it.postcode) : null;
  const wardId = await wardOfPostcode(tx, postcode);
  const [made] = await tx
    .insert(people)
    .values({ name: it.name, lang: it.lang, postcode, wardId, createdAt: now, lastSeenAt: now })
    .returning({ id: people.id });
  return made!.id;
}

/** Writes down how to reach them; an address nobody has proven becomes theirs when they press a button in a mail. */
async function keepContacts(tx: Tx, person: string, given: readonly Contact[], now: Date): Promise<void> {
  for (const it of given) {
    const [known] = await tx
      .select({ id: contacts.id })
      .from(contacts)
      .where(
        and(eq(contacts.kind, it.kind), eq(contacts.canonical, it.canonical), eq(contacts.personId, person)),
      );
    if (!known) await tx.insert(contacts).values({ ...it, personId: person, createdAt: now });
  }
}

/**
 * Finds or makes the person, and writes down their consent.
 * @returns the person to act for: `makeReport(…, { person, enteredBy, channel })`
 * @throws Invalid where the telephone number is none
 */
export async function startAssisted(tx: Tx, it: ActFor, now: Date): Promise<Assisted> {
  const given = contactsOf(it);
  for (const one of given) await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${one.canonical}))`);
  const known = await find(tx, it, given);
  const person = known ?? (await make(tx, it, now));
  await keepContacts(tx, person, given, now);
  await tx.insert(consents).values({
    personId: person,
    enteredBy: it.enteredBy,
    channel: it.channel,
    what: 'act_for',
    wording: it.wording,
    givenAt: now,
  });
  return { person, known: known !== null };
}
