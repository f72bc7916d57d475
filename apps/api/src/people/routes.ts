import { eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { people } from '@folkmoot/db/schema/people';
import { Refused } from '../kit/errors.ts';
import { serve } from '../kit/serve.ts';
import type { Sessions } from './sessions.ts';
import { peekToken, takeToken, type Token } from './tokens.ts';
import type { TokenUses } from './token-uses.ts';

const stateOf = (token: Token, now: Date): 'used' | 'too_late' | 'ready' =>
  token.usedAt ? 'used' : token.expiresAt <= now ? 'too_late' : 'ready';

export function mountPeople(app: FastifyInstance, sessions: Sessions, uses: TokenUses): void {
  const { house } = app;

  serve(app, contracts.readMe, async ({ actor, reply }) => {
    void reply.header('cache-control', 'no-store');
    if (!actor.person)
      return { person: null, name: null, lang: 'en' as const, grants: [], strong: false, ward: null, unread: 0 };
    const [row] = await house.db
      .select({ name: people.name, lang: people.lang })
      .from(people)
      .where(eq(people.id, actor.person));
    return {
      person: actor.person,
      name: row?.name ?? null,
      lang: row?.lang ?? 'en',
      grants: [...actor.grants],
      strong: actor.strong,
      ward: null,
      unread: 0,
    };
  });

  serve(app, contracts.readToken, async ({ params }) => {
    const token = await peekToken(house.db, params.token);
    const use = token && uses.of(token.kind);
    if (!token || !use) throw new Refused('not_found', 404);
    const state = stateOf(token, house.clock());
    return { kind: token.kind, state, ...(await use.about(token)) };
  });

  serve(app, contracts.useToken, async ({ params, request, reply }) => {
    const told = await peekToken(house.db, params.token);
    const use = told && uses.of(told.kind);
    if (!told || !use) throw new Refused('not_found', 404);
    const done = await house.db.transaction(async (tx) => {
      const token = await takeToken(tx, params.token, uses.kinds(), house.clock());
      if (!token)
        throw new Refused(told.usedAt ? 'used' : told.expiresAt <= house.clock() ? 'too_late' : 'used');
      return use.use(tx, token, { request, reply });
    });
    house.saved();
    return { kind: told.kind, to: done.to };
  });

  serve(app, contracts.signOut, async ({ request, reply }) => {
    const raw = request.cookies[sessions.cookieName()];
    if (raw) {
      const gone = await sessions.close(raw);
      void reply.setCookie(gone.name, gone.value, gone.options);
    }
    return { ok: true as const };
  });
}
