/** Passwords: argon2id (19 MiB, two passes, as OWASP's cheat sheet of 2024 asks), and no faster for a stranger. */
import { hash, verify } from '@node-rs/argon2';
import { canonicalEmail } from '@folkmoot/core/people/plain';
import type { Queryable } from '@folkmoot/db/client';
import { contacts, passwords } from '@folkmoot/db/schema/people';
import { and, eq, isNotNull } from 'drizzle-orm';
import { randomToken } from '../kit/secrets.ts';

/** the beginnings of what people choose first; length does the rest */
const COMMON = /^(password|passw0rd|qwerty|12345|letmein|welcome|iloveyou|cyfrinair|folkmoot|anybridge)/i;

export const hashPassword = (plain: string): Promise<string> => hash(plain.normalize('NFKC'));

/** "aaaaaaaaaa", "password123", and one's own address: guessed in the first minute. */
export const tooCommon = (plain: string, addresses: readonly string[]): boolean =>
  COMMON.test(plain) ||
  new Set(plain.toLowerCase()).size < 5 ||
  addresses.some((address) => plain.toLowerCase().includes(address.split('@')[0]!.toLowerCase()));

// Checked where there is no account or no password, so that the answer takes the same time.
const nobody = hashPassword(randomToken());

/** @returns the person of the address when the password is theirs, else null, in the same time */
export async function personByPassword(db: Queryable, email: string, plain: string): Promise<string | null> {
  const [row] = await db
    .select({ person: contacts.personId, hash: passwords.hash })
    .from(contacts)
    .leftJoin(passwords, eq(passwords.personId, contacts.personId))
    .where(
      and(
        eq(contacts.kind, 'email'),
        eq(contacts.canonical, canonicalEmail(email)),
        isNotNull(contacts.verifiedAt),
      ),
    );
  const right = await verify(row?.hash ?? (await nobody), plain.normalize('NFKC'));
  return right && row?.hash ? row.person : null;
}

export async function isPassword(db: Queryable, person: string, plain: string): Promise<boolean> {
  const [row] = await db.select().from(passwords).where(eq(passwords.personId, person));
  return row !== undefined && (await verify(row.hash, plain.normalize('NFKC')));
}
