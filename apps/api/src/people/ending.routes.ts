/** Ending a role, and letting somebody who lost phone and codes begin anew. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Tx } from '@folkmoot/db/client';
import { grants, memberships, organisations, recoveryCodes, secondFactors } from '@folkmoot/db/schema/people';
import { and, eq, isNull, ne } from 'drizzle-orm';
import { notFound, Refused } from '../kit/errors.ts';
import { personOf, serve } from '../kit/serve.ts';
import { mayWith, recordRole } from './administering.ts';
import type { Doors } from './doors.ts';
import { accountMail, type Post } from './mails.ts';
import type { Sessions } from './sessions.ts';

const done = { ok: true as const };
export type Needs = { post: Post; doors: Doors; sessions: Sessions };

type Grant = typeof grants.$inferSelect;

/** Ends one role; with the last one of an organisation the membership ends, too. @throws last_admin */
async function end(tx: Tx, { id, personId, organisationId, role }: Grant, now: Date): Promise<void> {
  const others = and(eq(grants.organisationId, organisationId), isNull(grants.endedAt), ne(grants.id, id));
  if (role === 'admin') {
    const left = await tx
      .select({ id: grants.id })
      .from(grants)
      .where(and(others, eq(grants.role, 'admin')));
    if (left.length === 0) throw new Refused('last_admin');
  }
  await tx.update(grants).set({ endedAt: now }).where(eq(grants.id, id));
  if ((await tx.$count(grants, and(others, eq(grants.personId, personId)))) > 0) return;
  const theirs = and(eq(memberships.personId, personId), eq(memberships.organisationId, organisationId));
  await tx
    .update(memberships)
    .set({ leftAt: now })
    .where(and(theirs, isNull(memberships.leftAt)));
}

function mountEnding(app: FastifyInstance, { post, doors, sessions }: Needs): void {
  const { house } = app;
  serve(app, contracts.endGrant, async ({ actor, params, request }) => {
    const now = house.clock();
    await doors.mustBeFresh(request);
    await house.db.transaction(async (tx) => {
      const [row] = await tx
        .select()
        .from(grants)
        .where(and(eq(grants.id, params.grant), isNull(grants.endedAt)));
      if (!row || !(await mayWith(house, actor, 'endRole', row.organisationId))) throw notFound();
      // one change of roles at a time: two administrators who end each other's role would leave none
      await tx
        .select({ id: organisations.id })
        .from(organisations)
        .where(eq(organisations.id, row.organisationId))
        .for('no key update');
      const { personId: person, organisationId: organisation, role } = row;
      await end(tx, row, now);
      await sessions.closeAll(person, null, tx);
      await accountMail(tx, post, person, 'role');
      await recordRole(tx, { type: 'role.ended', organisation, by: personOf(actor), person, role }, now);
    });
    house.saved();
    return done;
  });
}

function mountResetting(app: FastifyInstance, { post, doors, sessions }: Needs): void {
  const { house } = app;

  serve(app, contracts.resetSecondFactor, async ({ actor, params, request }) => {
    if (params.person === actor.person) throw new Refused('own');
    const now = house.clock();
    await doors.mustBeFresh(request);
    await house.db.transaction(async (tx) => {
      const held = await tx
        .select({ organisation: grants.organisationId })
        .from(grants)
        .where(and(eq(grants.personId, params.person), isNull(grants.endedAt)));
      const allowed = await Promise.all(
        held.map(({ organisation }) => mayWith(house, actor, 'resetSecondFactor', organisation)),
      );
      const first = held[allowed.indexOf(true)];
      // somebody who serves two bodies is reset by an administrator of both, or of the whole place
      if (!first || allowed.includes(false)) throw notFound();
      await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, params.person));
      await tx.delete(secondFactors).where(eq(secondFactors.personId, params.person));
      await sessions.closeAll(params.person, null, tx);
      await accountMail(tx, post, params.person, 'second_factor');
      await recordRole(
        tx,
        {
          type: 'role.second_factor_reset',
          organisation: first.organisation,
          by: personOf(actor),
          person: params.person,
        },
        now,
      );
    });
    house.saved();
    return done;
  });
}

export function mountEndings(app: FastifyInstance, needs: Needs): void {
  mountEnding(app, needs);
  mountResetting(app, needs);
}
