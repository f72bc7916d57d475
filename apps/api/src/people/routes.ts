import { eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { peoplePolicy } from '@folkmoot/core/people/policy';
import { people } from '@folkmoot/db/schema/people';
import { areas } from '@folkmoot/db/schema/places';
import { notFound, Refused } from '../kit/errors.ts';
import { guardLooks, reveal } from '../kit/reveal.ts';
import { personOf, serve } from '../kit/serve.ts';
import type { Places } from '../places/index.ts';
import { mountAccepting } from './accepting.routes.ts';
import { startAssisted } from './acting-for.ts';
import { mountMyAccount } from './details.routes.ts';
import { doorsOf } from './doors.ts';
import { mountEndings } from './ending.routes.ts';
import { forget } from './forgetting.ts';
import { mountGroups } from './groups/index.ts';
import { mountHeld } from './held.routes.ts';
import { mountInviting } from './inviting.routes.ts';
import { mountMembers } from './members.routes.ts';
import { mountOrganisations } from './organisations.routes.ts';
import { mountRoleLists } from './role-lists.routes.ts';
import { mountSecondFactor } from './second-factor.routes.ts';
import { unreadOf } from '../notifications/index.ts';
import type { Sessions } from './sessions.ts';
import { mountSigningIn } from './signing-in.routes.ts';
import { takeToken, type Token, tokenOf } from './tokens.ts';
import type { TokenUses } from './token-uses.ts';

const stateOf = (token: Token, now: Date): 'used' | 'ready' | 'too_late' =>
  token.usedAt ? 'used' : token.expiresAt <= now ? 'too_late' : 'ready';

const nobody = {
  person: null,
  name: null,
  lang: 'en' as const,
  grants: [],
  strong: false,
  ward: null,
  unread: 0,
};

function mountMe(app: FastifyInstance): void {
  const { house } = app;
  serve(app, contracts.readMe, async ({ actor, reply }) => {
    void reply.header('cache-control', 'no-store');
    if (!actor.person) return nobody;
    const [row] = await house.db
      .select({ name: people.name, lang: people.lang, id: areas.id, slug: areas.slug, ward: areas.name })
      .from(people)
      .leftJoin(areas, eq(areas.id, people.wardId))
      .where(eq(people.id, actor.person));
    const ward = row?.id && row.slug && row.ward ? { id: row.id, slug: row.slug, name: row.ward } : null;
    return {
      person: actor.person,
      name: row?.name ?? null,
      lang: row?.lang ?? 'en',
      grants: [...actor.grants],
      strong: actor.strong,
      ward,
      unread: await unreadOf(house.db, actor.person),
    };
  });
}

/** The page behind a mailed link, and its button. */
function mountTokens(app: FastifyInstance, uses: TokenUses): void {
  const { house } = app;

  serve(app, contracts.readToken, async ({ params, request }) => {
    const token = await tokenOf(house, request, params.token);
    const use = uses.of(token.kind);
    if (!use) throw notFound();
    const state = stateOf(token, house.clock());
    return { kind: token.kind, state, ...(await use.about(token)) };
  });

  serve(app, contracts.useToken, async ({ params, request, reply }) => {
    const told = await tokenOf(house, request, params.token);
    const use = uses.of(told.kind);
    if (!use) throw notFound();
    if ('together' in use) {
      const state = stateOf(told, house.clock());
      if (state !== 'ready') throw new Refused(state);
      const { to } = await use.together(told, { request, reply });
      return { kind: told.kind, to: to ?? `/confirm/${params.token}` };
    }
    const done = await house.db.transaction(async (tx) => {
      const token = await takeToken(tx, params.token, uses.kinds(), house.clock());
      if (!token)
        throw new Refused(told.usedAt ? 'used' : told.expiresAt <= house.clock() ? 'too_late' : 'used');
      return use.use(tx, token, { request, reply });
    });
    house.saved();
    return { kind: told.kind, to: (await done.after?.()) ?? done.to ?? `/confirm/${params.token}` };
  });
}

function mountActingFor(app: FastifyInstance): void {
  const { house } = app;
  serve(app, contracts.actFor, async ({ actor, body, request }) => {
    const { organisation } = body;
    if (!peoplePolicy.actForSomeone(actor, { organisation })) throw new Refused('not_allowed', 403);
    const enteredBy = personOf(actor);
    return house.db.transaction(async (tx) => {
      const assisted = await startAssisted(tx, { ...body, enteredBy }, house.clock());
      await reveal(request, { what: 'account', why: 'acting_for', person: assisted.person }, tx);
      return assisted;
    });
  });
}

/** Every night: sessions that ran out, and what has had its time. Counts are logged, never contents. */
async function nightly({ house }: FastifyInstance, sessions: Sessions): Promise<void> {
  await sessions.sweep();
  house.log.info({ forgot: await forget(house) }, 'forgotten');
}

export function mountPeople(app: FastifyInstance, sessions: Sessions, uses: TokenUses, places: Places): void {
  const post = { house: app.house, places };
  const doors = doorsOf(app.house, sessions);
  guardLooks(app);
  app.house.jobs.add({
    name: 'forget',
    every: '40 2 * * *',
    seconds: 1800,
    work: () => nightly(app, sessions),
  });
  mountMe(app);
  mountTokens(app, uses);
  mountSigningIn(app, post, doors, uses);
  mountSecondFactor(app, post, doors);
  mountMyAccount(app, post, doors, sessions, uses);
  mountHeld(app, doors);
  mountOrganisations(app, post);
  mountGroups(app, post);
  mountMembers(app, post, doors);
  mountInviting(app, post, doors);
  mountEndings(app, { post, doors, sessions });
  mountRoleLists(app);
  mountAccepting(app, doors);
  mountActingFor(app);
}
