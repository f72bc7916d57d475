/** What pressing the button of a mailed link does: each domain says it for the kinds of token that it makes. */
import type { TokenKind } from '@folkmoot/core/people/plain';
import type { Tx } from '@folkmoot/db/client';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Token } from './tokens.ts';

export type TokenUse = {
  /** what the page with the button shows, such as the report's title */
  about: (token: Token) => Promise<{ about: string | null; to: string | null }>;
  /** does it, in the transaction that uses the token up; says where to go next */
  use: (tx: Tx, token: Token, call: { request: FastifyRequest; reply: FastifyReply }) => Promise<Used>;
};
/**
 * `after`: what may happen only once all of it is kept, such as opening a session; may send them elsewhere.
 * `proven`: whose mailbox the button proved. Who is not signed in then is, so that they can change or take back what
 * they just confirmed; staff are not, since a mailbox is one factor of two.
 */
export type Used = { to: string; after?: () => Promise<string | null>; proven?: string };

export function tokenUses() {
  const uses = new Map<TokenKind, TokenUse>();
  return {
    on: (kind: TokenKind, use: TokenUse) => void uses.set(kind, use),
    of: (kind: TokenKind) => uses.get(kind) ?? null,
    kinds: () => [...uses.keys()],
  };
}
export type TokenUses = ReturnType<typeof tokenUses>;
