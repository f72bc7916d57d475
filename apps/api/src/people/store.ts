/** The queries of people. */
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { canonicalEmail } from '@folkmoot/core/people/plain';
import { canonicalPostcode } from '@folkmoot/core/places/plain';
import type { Lang } from '@folkmoot/core/kit/plain';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { contacts, people } from '@folkmoot/db/schema/people';
import { postcodes } from '@folkmoot/db/schema/places';

/** The contact of a typed address: the verified one where there is one, else the newest unverified, else a new one. */
export async function contactFor(
  tx: Queryable,
  typed: string,
): Promise<{ id: string; personId: string | null; value: string }> {
  const canonical = canonicalEmail(typed);
  const [known] = await tx
    .select({ id: contacts.id, personId: contacts.personId, value: contacts.value })
    .from(contacts)
    .where(and(eq(contacts.kind, 'email'), eq(contacts.canonical, canonical)))
    .orderBy(sql`verified_at desc nulls last, created_at desc`)
    .limit(1);
  if (known) {
    // asked for again: the two days after which an address nobody confirmed is forgotten begin anew
    await tx
      .update(contacts)
      .set({ createdAt: sql`now()` })
      .where(and(eq(contacts.id, known.id), isNull(contacts.verifiedAt)));
    return known;
  }
  const [made] = await tx
    .insert(contacts)
    .values({ kind: 'email', value: typed.trim(), canonical })
    .returning({ id: contacts.id, value: contacts.value });
  return { ...made!, personId: null };
}

/** Those of somebody's contacts at which they read mail: proven, and none that came back. */
export const provenMailboxes = (person: string) =>
  and(
    eq(contacts.personId, person),
    eq(contacts.kind, 'email'),
    isNotNull(contacts.verifiedAt),
    isNull(contacts.stoppedAt),
  );

/** The ward of a postcode; null where the postcode is not of this place. */
export async function wardOfPostcode(db: Queryable, code: string | null): Promise<string | null> {
  if (!code) return null;
  const [row] = await db.select({ ward: postcodes.wardId }).from(postcodes).where(eq(postcodes.code, code));
  return row?.ward ?? null;
}

export type LightPerson = {
  name: string | null;
  lang: Lang;
  postcode?: string | null;
  wardId?: string | null;
};

/**
 * The address is proven: the contact becomes verified, and its person is found or made. Two confirmations at once
 * meet at the unique index of verified addresses; the second joins the first.
 * @returns the person the address now belongs to
 */
export async function joinAccount(tx: Tx, contactId: string, who: LightPerson, now: Date): Promise<string> {
  const [contact] = await tx.select().from(contacts).where(eq(contacts.id, contactId)).for('no key update');
  if (!contact) throw new Error('a token outlived its contact');
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${contact.canonical}))`);
  const [owner] = await tx
    .select({ personId: contacts.personId })
    .from(contacts)
    .where(
      and(
        eq(contacts.kind, contact.kind),
        eq(contacts.canonical, contact.canonical),
        isNotNull(contacts.verifiedAt),
      ),
    );
  if (owner?.personId) {
    await tx
      .update(people)
      .set({ name: sql`coalesce(${people.name}, ${who.name})`, lastSeenAt: now })
      .where(eq(people.id, owner.personId));
    return owner.personId;
  }
  if (contact.personId) {
    // staff acted for them by phone and wrote this address down: now it is proven
    await tx.update(contacts).set({ verifiedAt: now }).where(eq(contacts.id, contactId));
    return contact.personId;
  }
  const postcode = who.postcode ? canonicalPostcode(who.postcode) : null;
  const [made] = await tx
    .insert(people)
    .values({
      name: who.name,
      lang: who.lang,
      postcode,
      wardId: who.wardId ?? (await wardOfPostcode(tx, postcode)),
      createdAt: now,
      lastSeenAt: now,
    })
    .returning({ id: people.id });
  await tx.update(contacts).set({ personId: made!.id, verifiedAt: now }).where(eq(contacts.id, contactId));
  return made!.id;
}
