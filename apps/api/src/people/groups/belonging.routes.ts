/** Joining a group by its link, leaving it, and being taken out of it. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { memberships } from '@folkmoot/db/schema/people';
import { notFound, Refused } from '../../kit/errors.ts';
import { personOf, serve } from '../../kit/serve.ts';
import { recordRole } from '../administering.ts';
import { accountMail, type Post } from '../mails.ts';
import {
  belongs,
  endBelonging,
  groupAt,
  lockGroup,
  opens,
  organiserCount,
  organises,
  runGroup,
} from './store.ts';

const done = { ok: true as const };

function mountJoining(app: FastifyInstance): void {
  const { house } = app;

  serve(app, contracts.readGroupDoor, async ({ params, query, actor, reply }) => {
    void reply.header('cache-control', 'no-store');
    const it = await groupAt(house.db, params.slug);
    const { person } = actor;
    return {
      open: opens(house, it, query.key),
      member: person !== null && (await belongs(house.db, it.id, person)),
      signedIn: person !== null,
    };
  });

  serve(app, contracts.joinGroup, async ({ actor, params, body }) => {
    const it = await groupAt(house.db, params.slug);
    if (!opens(house, it, body.key)) throw new Refused('too_late');
    const person = personOf(actor);
    const now = house.clock();
    await house.db.transaction(async (tx) => {
      const made = await tx
        .insert(memberships)
        .values({ personId: person, organisationId: it.id, joinedAt: now })
        .onConflictDoNothing()
        .returning({ id: memberships.id });
      if (made.length)
        await recordRole(tx, { type: 'group.joined', organisation: it.id, by: person, person }, now);
    });
    house.saved();
    return done;
  });
}

export function mountBelonging(app: FastifyInstance, post: Post): void {
  const { house } = app;
  mountJoining(app);

  serve(app, contracts.leaveGroup, async ({ actor, params }) => {
    const it = await groupAt(house.db, params.slug);
    const person = personOf(actor);
    const now = house.clock();
    await house.db.transaction(async (tx) => {
      await lockGroup(tx, it.id);
      const wasOrganiser = await organises(tx, it.id, person);
      if (wasOrganiser && (await organiserCount(tx, it.id)) === 1) throw new Refused('last_organiser');
      if (!(await endBelonging(tx, it.id, person, now))) throw notFound();
      const type = wasOrganiser ? 'role.ended' : 'group.left';
      const role = wasOrganiser ? { role: 'organiser' } : {};
      await recordRole(tx, { type, organisation: it.id, by: person, person, ...role }, now);
    });
    house.saved();
    return done;
  });

  serve(app, contracts.removeFromGroup, async ({ actor, params }) => {
    const it = await runGroup(house, actor, params.slug);
    const by = personOf(actor);
    const { person } = params;
    // leaving is for oneself; so a group cannot lose its last organiser here
    if (person === by) throw new Refused('own');
    const now = house.clock();
    await house.db.transaction(async (tx) => {
      await lockGroup(tx, it.id);
      const wasOrganiser = await organises(tx, it.id, person);
      if (!(await endBelonging(tx, it.id, person, now))) throw notFound();
      if (wasOrganiser) await accountMail(tx, post, person, 'role');
      const type = wasOrganiser ? 'role.ended' : 'group.left';
      const role = wasOrganiser ? { role: 'organiser' } : {};
      await recordRole(tx, { type, organisation: it.id, by, person, ...role }, now);
    });
    house.saved();
    return done;
  });
}
