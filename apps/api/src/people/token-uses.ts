/** What pressing the button of a mailed link does: each domain says it for the kinds of token that it makes. */
import type { TokenKind } from '@folkmoot/core/people/plain';
import type { Tx } from '@folkmoot/db/client';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Token } from './tokens.ts';

type Pressed = { request: FastifyRequest; reply: FastifyReply };
export type TokenUse = {
  /** what the page with the button shows, such as the report's title */
  about: (token: Token) => Promise<{ about: string | null; to: string | null }>;
} & (
  | {
      /** does it, in the transaction that uses the token up; says where to go next */
      use: (tx: Tx, token: Token, call: Pressed) => Promise<Used>;
    }
  | {
      /** for what many do at once: uses the token up itself, in a batch of its own, or throws and leaves it as it was */
      together: (token: Token, call: Pressed) => Promise<{ to: string | null }>;
    }
);
/**
 * Where to go next (null: the page of the link itself says thank you). `after`: what may happen only once all of it
 * is kept, such as opening a session; may send them elsewhere. Confirming an act opens none: the phone may be shared,
 * and those who have just acted come back in crowds, to pages that are the same for all.
 */
export type Used = { to: string | null; after?: () => Promise<string | null> };

export function tokenUses() {
  const uses = new Map<TokenKind, TokenUse>();
  return {
    on: (kind: TokenKind, use: TokenUse) => void uses.set(kind, use),
    of: (kind: TokenKind) => uses.get(kind) ?? null,
    kinds: () => [...uses.keys()],
  };
}
export type TokenUses = ReturnType<typeof tokenUses>;
