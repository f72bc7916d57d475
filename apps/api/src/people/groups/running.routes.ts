/** The page of a group, as its organisers change it: each part by itself. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { CallReceived } from '@folkmoot/core/kit/contract';
import { canonicalEmail } from '@folkmoot/core/people/plain';
import { invitations, organisations } from '@folkmoot/db/schema/people';
import { and, eq, sql } from 'drizzle-orm';
import { notFound } from '../../kit/errors.ts';
import { limit } from '../../kit/limits.ts';
import { personOf, serve } from '../../kit/serve.ts';
import { recordRole } from '../administering.ts';
import { invite } from '../inviting.routes.ts';
import type { Post } from '../mails.ts';
import { type Organisation, unanswered } from '../organisations.ts';
import { writtenAnew } from './flagging.ts';
import { belongs, doorOf, groupAt, listInvited, listPeople, mayRun, organises, runGroup } from './store.ts';

const done = { ok: true as const };
type Saved = CallReceived<(typeof contracts)['saveGroup']>['body'];

/** Words in whichever language somebody gave; what stands in one only stands there in both. */
const written = (it: { en?: string | undefined; cy?: string | undefined }) => {
  const en = it.en ?? it.cy;
  return en === undefined ? null : { en, ...(it.cy !== undefined && { cy: it.cy }) };
};

/** An empty field takes away what stood there; a field that was not sent leaves it. */
const changes = ({ about, meets, email, phone, website }: Saved): Partial<Organisation> => ({
  ...(about && { about: written(about) }),
  ...(meets && { meets: written(meets) }),
  ...(email !== undefined && { email: email || null }),
  ...(phone !== undefined && { phone: phone || null }),
  ...(website !== undefined && { website: website || null }),
});

function mountPage(app: FastifyInstance): void {
  const { house } = app;

  serve(app, contracts.readGroup, async ({ actor, params, reply }) => {
    void reply.header('cache-control', 'no-store');
    const it = await groupAt(house.db, params.slug);
    const me = personOf(actor);
    const mine = (await organises(house.db, it.id, me))
      ? ('organiser' as const)
      : (await belongs(house.db, it.id, me))
        ? ('member' as const)
        : null;
    if (!(await mayRun(house, actor, it.id))) return { mine, desk: null };
    const listed = await listPeople(house.db, it.id, me);
    const invited = await listInvited(house.db, it.id, house.clock());
    return { mine, desk: { people: listed, invited, door: doorOf(house, it) } };
  });

  serve(app, contracts.saveGroup, async ({ actor, params, body }) => {
    const it = await runGroup(house, actor, params.slug);
    const now = house.clock();
    await house.db.transaction(async (tx) => {
      const [locked] = await tx
        .select()
        .from(organisations)
        .where(eq(organisations.id, it.id))
        .for('no key update');
      const set = writtenAnew(locked!, changes(body));
      if (Object.keys(set).length === 0) return;
      await tx.update(organisations).set(set).where(eq(organisations.id, it.id));
      await recordRole(tx, { type: 'organisation.edited', organisation: it.id, by: personOf(actor) }, now);
    });
    house.saved();
    return done;
  });
}

function mountAsking(app: FastifyInstance, post: Post): void {
  const { house } = app;

  serve(app, contracts.renewGroupDoor, async ({ actor, params }) => {
    const it = await runGroup(house, actor, params.slug);
    const [fresh] = await house.db
      .update(organisations)
      .set({ door: sql`${organisations.door} + 1` })
      .where(eq(organisations.id, it.id))
      .returning();
    return { door: doorOf(house, fresh!) };
  });

  serve(app, contracts.inviteOrganiser, async ({ actor, params, body }) => {
    const it = await runGroup(house, actor, params.slug);
    await limit(house, 'mail', canonicalEmail(body.email));
    const by = personOf(actor);
    const invitation = await house.db.transaction((tx) =>
      invite(tx, post, { it, by, body: { ...body, role: 'organiser' } }),
    );
    house.saved();
    return { invitation };
  });

  serve(app, contracts.endOrganiserInvitation, async ({ actor, params }) => {
    const it = await runGroup(house, actor, params.slug);
    const now = house.clock();
    await house.db.transaction(async (tx) => {
      const ended = await tx
        .update(invitations)
        .set({ endedAt: now })
        .where(
          and(eq(invitations.id, params.invitation), eq(invitations.organisationId, it.id), unanswered()),
        )
        .returning({ role: invitations.role });
      if (!ended[0]) throw notFound();
      const by = personOf(actor);
      const { role } = ended[0];
      await recordRole(tx, { type: 'role.invitation_ended', organisation: it.id, by, role }, now);
    });
    house.saved();
    return done;
  });
}

export function mountRunning(app: FastifyInstance, post: Post): void {
  mountPage(app);
  mountAsking(app, post);
}
