/** What everybody may do: point at something, read what was decided, and ask once for another look. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { APPEAL_DAYS } from '@folkmoot/core/moderation/plain';
import { appeal } from '@folkmoot/core/moderation/rules';
import { decisions, flags } from '@folkmoot/db/schema/moderation';
import { and, count, desc, eq, gt, sql } from 'drizzle-orm';
import { notFound, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { limit, networkOf } from '../kit/limits.ts';
import { personOf, serve } from '../kit/serve.ts';
import { visitorOf } from '../kit/who.ts';
import { announce } from './deciding.ts';
import { roomOf } from './desk.routes.ts';
import { type DecisionRow, factsOf, findDecision, inPublic } from './store.ts';
import type { Things } from './things.ts';

const PER_PAGE = 25;
const LATELY_DAYS = 30;

function flagging(app: FastifyInstance, house: House, things: Things): void {
  /** What is not there for everybody cannot be pointed at: its being there would be told. */
  const seen = async (topic: string, part: string) => {
    const thing = await things.read(house.db, topic, part);
    if (!thing || !thing.visible || thing.hidden) throw notFound();
    return thing;
  };

  serve(app, contracts.readFlaggable, async ({ query: { topic, part } }) => {
    const { kind, title, text, photo, lang, to, at } = await seen(topic, part);
    return { topic, part, kind, title, text, photo, lang, to, at: at.toISOString() };
  });

  serve(app, contracts.flagSomething, async ({ body, actor, request, reply }) => {
    const { topic, part, reason, detail, idempotencyKey } = body;
    await limit(house, 'flag', actor.person ?? networkOf(request.ip));
    const thing = await seen(topic, part);
    const room = await roomOf(house, things);
    const visitor = actor.person ? null : visitorOf(request, reply, house.publicUrl().startsWith('https:'));
    await house.db.transaction(async (tx) => {
      const made = await tx
        .insert(flags)
        .values({
          topic,
          part,
          personId: actor.person,
          visitor,
          organisationId: thing.organisation,
          areaId: thing.area,
          reason,
          detail: detail ?? null,
          idempotencyKey: idempotencyKey ?? null,
          at: house.clock(),
        })
        .onConflictDoNothing()
        .returning({ id: flags.id });
      if (made.length) await announce(tx, room, thing, 'moderation.flagged', { topic, part });
    });
    house.saved();
    return { ok: true as const };
  });
}

/** The page of the thing, where everybody may open it. */
const linkIn =
  (house: House, things: Things) =>
  async (row: DecisionRow): Promise<string | null> => {
    const thing = await things.read(house.db, row.topic, row.part);
    return thing?.visible ? thing.to : null;
  };

function log(app: FastifyInstance, house: House, things: Things): void {
  const link = linkIn(house, things);

  serve(app, contracts.listDecisions, async ({ query }) => {
    const where = eq(decisions.public, true);
    const since = new Date(house.clock().getTime() - LATELY_DAYS * 86_400_000);
    const [[all], rows, [lately]] = await Promise.all([
      house.db.select({ n: count() }).from(decisions).where(where),
      house.db
        .select()
        .from(decisions)
        .where(where)
        .orderBy(desc(decisions.at), desc(decisions.id))
        .limit(PER_PAGE)
        .offset((query.page - 1) * PER_PAGE),
      house.db
        .select({
          hidden: sql<number>`(count(*) filter (where decision = 'hide' and undone_at is null))::int`,
          stood: sql<number>`(count(*) filter (where decision = 'let_stand' and undone_at is null))::int`,
          appeals: sql<number>`(count(*) filter (where appealed_at is not null))::int`,
          upheld: sql<number>`(count(*) filter (where appeal_upheld))::int`,
        })
        .from(decisions)
        .where(and(where, gt(decisions.at, since))),
    ]);
    const total = all?.n ?? 0;
    return {
      items: await inPublic(house.db, rows, link),
      page: query.page,
      pages: Math.min(1000, Math.max(1, Math.ceil(total / PER_PAGE))),
      total,
      lately: lately ?? { hidden: 0, stood: 0, appeals: 0, upheld: 0 },
    };
  });
}

function one(app: FastifyInstance, house: House, things: Things): void {
  const link = linkIn(house, things);

  serve(app, contracts.readDecision, async ({ params, actor }) => {
    const row = await findDecision(house.db, params.decision);
    const mine = row !== null && row.author !== null && row.author === actor.person;
    if (!row || !(row.public || mine)) throw notFound();
    const [shown] = await inPublic(house.db, [row], link);
    const thing = await things.read(house.db, row.topic, row.part);
    const now = house.clock();
    return {
      ...shown!,
      // its title may be what was taken down
      title: thing && (mine || (thing.visible && !thing.hidden)) ? thing.title : null,
      mine,
      mayAppeal: mine && appeal(await factsOf(house.db, row), actor.person!, now).ok,
      appealUntil: new Date(row.at.getTime() + APPEAL_DAYS * 86_400_000).toISOString(),
    };
  });

  serve(app, contracts.appealDecision, async ({ params, body, actor }) => {
    const person = personOf(actor);
    const room = await roomOf(house, things);
    await house.db.transaction(async (tx) => {
      const [row] = await tx
        .select()
        .from(decisions)
        .where(eq(decisions.id, params.decision))
        .for('no key update');
      if (!row) throw notFound();
      const now = house.clock();
      const decided = appeal(await factsOf(tx, row), person, now);
      if (!decided.ok) throw decided.refused === 'not_found' ? notFound() : new Refused(decided.refused);
      await tx.update(decisions).set({ appealedAt: now, appeal: body.text }).where(eq(decisions.id, row.id));
      const thing = await things.read(tx, row.topic, row.part);
      const { topic, part, id: decision } = row;
      if (thing) await announce(tx, room, thing, 'moderation.appealed', { topic, part, decision });
    });
    house.saved();
    return { ok: true as const };
  });
}

export function mountModerationPublic(app: FastifyInstance, things: Things): void {
  const { house } = app;
  flagging(app, house, things);
  log(app, house, things);
  one(app, house, things);
}
