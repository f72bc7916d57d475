/**
 * Tokens: single-use, hashed at rest, short-lived. The mailed link opens a page with a button; only the button
 * (POST) uses the token, because mail scanners follow links. What using one does is told by the domain that made it.
 */
import { and, eq, gt, isNull } from 'drizzle-orm';
import type { TokenKind } from '@folkmoot/core/people/plain';
import type { Queryable, Tx } from '@folkmoot/db/client';
import { tokens } from '@folkmoot/db/schema/people';
import type { FastifyRequest } from 'fastify';
import { notFound } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { limit, networkOf } from '../kit/limits.ts';
import { randomToken, sha256 } from '../kit/secrets.ts';

export type NewToken = {
  kind: TokenKind;
  personId?: string | null;
  contactId?: string | null;
  data?: Record<string, unknown>;
  minutes: number;
};
export type Token = typeof tokens.$inferSelect;

/** Makes tokens, many at once. @returns the raw ones, in the same order: they go into the mails and nowhere else */
export async function makeTokens(tx: Queryable, all: readonly NewToken[], now: Date): Promise<string[]> {
  const made = all.map((it) => ({ raw: randomToken(), it }));
  if (made.length)
    await tx.insert(tokens).values(
      made.map(({ raw, it }) => ({
        hash: sha256(raw),
        kind: it.kind,
        personId: it.personId ?? null,
        contactId: it.contactId ?? null,
        data: it.data ?? {},
        createdAt: now,
        expiresAt: new Date(now.getTime() + it.minutes * 60_000),
      })),
    );
  return made.map(({ raw }) => raw);
}

/** Makes a token. @returns the raw one, which goes into the mail and nowhere else */
export async function makeToken(tx: Queryable, it: NewToken, now: Date): Promise<string> {
  const [raw] = await makeTokens(tx, [it], now);
  return raw!;
}

/** Looks at a token without using it: what the page with the button shows. Used ones are found, too. */
export async function peekToken(db: Queryable, raw: string): Promise<Token | null> {
  const [row] = await db
    .select()
    .from(tokens)
    .where(eq(tokens.hash, sha256(raw)));
  return row ?? null;
}

/** The token of a link somebody opened. @throws not_found; too_many where a network keeps trying wrong ones */
export async function tokenOf(house: House, request: FastifyRequest, raw: string): Promise<Token> {
  const token = await peekToken(house.db, raw);
  if (token) return token;
  // only wrong ones count: a whole school may press its buttons behind one address
  await limit(house, 'token', networkOf(request.ip));
  throw notFound();
}

/** Uses a token once; of two that press at the same moment one gets null. */
export async function takeToken(
  tx: Tx,
  raw: string,
  kinds: readonly TokenKind[],
  now: Date,
): Promise<Token | null> {
  const [row] = await tx
    .update(tokens)
    .set({ usedAt: now })
    .where(and(eq(tokens.hash, sha256(raw)), isNull(tokens.usedAt), gt(tokens.expiresAt, now)))
    .returning();
  return row && kinds.includes(row.kind) ? row : null;
}
