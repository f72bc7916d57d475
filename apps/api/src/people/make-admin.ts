/** The first keys: `pnpm folkmoot user make-admin EMAIL`. Everyone after is invited by an admin, in the pages. */
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { canonicalEmail } from '@folkmoot/core/people/plain';
import type { Db } from '@folkmoot/db/client';
import { contacts, grants, memberships, organisations, people } from '@folkmoot/db/schema/people';

/** Who runs the command owns the server, so the address counts as proven; signing in still asks for the mailed link. */
export async function makeAdmin(db: Db, email: string, name: string | null): Promise<string> {
  const canonical = canonicalEmail(email);
  return db.transaction(async (tx) => {
    const [council] = await tx
      .select()
      .from(organisations)
      .where(and(eq(organisations.kind, 'council'), isNull(organisations.endedAt)))
      .limit(1);
    const body =
      council ??
      (
        await tx
          .insert(organisations)
          .values({ slug: 'council', kind: 'council', name: { en: 'The council', cy: 'Y cyngor' } })
          .returning()
      )[0]!;
    const verified = and(
      eq(contacts.kind, 'email'),
      eq(contacts.canonical, canonical),
      isNotNull(contacts.verifiedAt),
    );
    const [known] = await tx.select({ personId: contacts.personId }).from(contacts).where(verified);
    let person = known?.personId;
    if (!person) {
      person = (await tx.insert(people).values({ name }).returning({ id: people.id }))[0]!.id;
      await tx
        .insert(contacts)
        .values({ personId: person, kind: 'email', value: email.trim(), canonical, verifiedAt: sql`now()` });
    }
    await tx.insert(memberships).values({ personId: person, organisationId: body.id }).onConflictDoNothing();
    const already = await tx
      .select({ id: grants.id })
      .from(grants)
      .where(
        and(
          eq(grants.personId, person),
          eq(grants.organisationId, body.id),
          eq(grants.role, 'admin'),
          isNull(grants.endedAt),
        ),
      );
    if (already.length) return `${email} is an admin already.`;
    await tx.insert(grants).values({ personId: person, organisationId: body.id, role: 'admin' });
    return `${email} is an admin now. They sign in by the mailed link and set up their second factor there.`;
  });
}
