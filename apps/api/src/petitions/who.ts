/** Who signs: what we know of somebody signed in, the form in which addresses are compared, and the ward of a postcode. */
import { canonicalBy, type EmailRule } from '@folkmoot/core/petitions/addresses';
import type { Basis } from '@folkmoot/core/petitions/plain';
import { canonicalPostcode } from '@folkmoot/core/places/plain';
import type { Queryable } from '@folkmoot/db/client';
import { contacts, people } from '@folkmoot/db/schema/people';
import { postcodes } from '@folkmoot/db/schema/places';
import { emailRules } from '@folkmoot/db/schema/signatures';
import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import { Invalid } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { sharedFor } from '../kit/shared.ts';

const RULES_MS = 60_000;
const POSTCODES = 50_000;
const POSTCODES_MS = 10 * 60_000;

export type Postcode = { code: string; known: boolean; wardId: string | null };

export function signersOf({ db }: Pick<House, 'db'>) {
  const shared = sharedFor<ReadonlyMap<string, EmailRule>>(RULES_MS);
  const readRules = async () => {
    const rows = await db.select().from(emailRules);
    return new Map(rows.map((row) => [row.domain, row]));
  };
  // the reading itself is kept, so that a crowd that comes at once with one postcode asks once
  const wards = new LRUCache<string, Promise<Postcode>>({ max: POSTCODES, ttl: POSTCODES_MS });
  const read = async (code: string): Promise<Postcode> => {
    const [row] = await db
      .select({ wardId: postcodes.wardId })
      .from(postcodes)
      .where(eq(postcodes.code, code));
    return { code, known: row !== undefined, wardId: row?.wardId ?? null };
  };
  return {
    canonical: async (email: string): Promise<string> => canonicalBy(await shared('rules', readRules), email),
    postcode(typed: string): Promise<Postcode> {
      const code = canonicalPostcode(typed);
      const kept = wards.get(code);
      if (kept) return kept;
      const found = read(code);
      wards.set(code, found);
      found.catch(() => wards.delete(code));
      return found;
    },
  };
}
export type Signers = ReturnType<typeof signersOf>;

/** The wards of postcodes in canonical form, asked once for all of them; one that is not here has none. */
export async function wardsByPostcode(
  db: Queryable,
  codes: readonly string[],
): Promise<Map<string, string | null>> {
  if (codes.length === 0) return new Map();
  const rows = await db
    .select({ code: postcodes.code, wardId: postcodes.wardId })
    .from(postcodes)
    .where(inArray(postcodes.code, [...codes]));
  return new Map(rows.map((row) => [row.code, row.wardId]));
}

/** @throws Invalid with what is missing */
export function required(fields: Record<string, unknown>): void {
  const missing = Object.entries(fields).filter(([, value]) => !value);
  if (missing.length) throw new Invalid(Object.fromEntries(missing.map(([name]) => [name, 'required'])));
}

/** Who says that they live here has a postcode of this place; who works or studies here may live anywhere. @throws Invalid */
export async function checkHere(signers: Signers, typed: string, basis: Basis) {
  const found = await signers.postcode(typed);
  if (basis === 'live' && !found.known) throw new Invalid({ postcode: 'not_here' });
  return { postcode: found.code, wardId: found.wardId };
}

/** The account of somebody signed in, with the oldest address they have proven. */
export async function accountOf(db: Queryable, person: string) {
  const [row] = await db
    .select({ name: people.name, postcode: people.postcode, wardId: people.wardId, lang: people.lang })
    .from(people)
    .where(eq(people.id, person));
  const [contact] = await db
    .select({ value: contacts.value })
    .from(contacts)
    .where(and(eq(contacts.personId, person), eq(contacts.kind, 'email'), isNotNull(contacts.verifiedAt)))
    .orderBy(asc(contacts.createdAt))
    .limit(1);
  return { ...row!, email: contact?.value ?? null };
}
