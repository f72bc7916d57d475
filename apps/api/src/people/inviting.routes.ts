/** Inviting somebody to a role, and taking the invitation back. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { CallReceived } from '@folkmoot/core/kit/contract';
import { canonicalEmail } from '@folkmoot/core/people/plain';
import type { Tx } from '@folkmoot/db/client';
import { invitations } from '@folkmoot/db/schema/people';
import { and, eq } from 'drizzle-orm';
import { notFound, Refused } from '../kit/errors.ts';
import { limit } from '../kit/limits.ts';
import { personOf, serve } from '../kit/serve.ts';
import { administered, mayWith, recordRole } from './administering.ts';
import type { Doors } from './doors.ts';
import { invitationMail, type Post } from './mails.ts';
import { alreadyHolds, nameOf, type Organisation, unanswered } from './organisations.ts';
import { contactFor } from './store.ts';
import { makeToken } from './tokens.ts';

const INVITATION_DAYS = 7;

type Inviting = {
  it: Organisation;
  by: string;
  body: CallReceived<(typeof contracts)['inviteMember']>['body'];
};

/** The invitation, its token and its mail, together or not at all. */
export async function invite(tx: Tx, post: Post, { it, by, body }: Inviting): Promise<string> {
  const now = post.house.clock();
  const until = new Date(now.getTime() + INVITATION_DAYS * 86_400_000);
  const { email, role, area = null, lang } = body;
  if (await alreadyHolds(tx, canonicalEmail(email), it.id, role)) throw new Refused('already_holds');
  const contact = await contactFor(tx, email);
  const [row] = await tx
    .insert(invitations)
    .values({
      organisationId: it.id,
      email,
      role,
      areaId: area,
      invitedBy: by,
      createdAt: now,
      expiresAt: until,
    })
    .returning({ id: invitations.id });
  const data = { invitation: row!.id, lang };
  const minutes = INVITATION_DAYS * 24 * 60;
  const token = await makeToken(tx, { kind: 'invitation', contactId: contact.id, data, minutes }, now);
  const who = { to: contact.value, contactId: contact.id, lang };
  await invitationMail(tx, post, who, { token, until, organisation: nameOf(it), role });
  await recordRole(tx, { type: 'role.invited', organisation: it.id, by, role }, now);
  return row!.id;
}

export function mountInviting(app: FastifyInstance, post: Post, doors: Doors): void {
  const { house } = app;

  serve(app, contracts.inviteMember, async ({ actor, params, body, request }) => {
    const it = await administered(house, actor, 'giveRole', params.slug);
    await doors.mustBeFresh(request);
    await limit(house, 'mail', canonicalEmail(body.email));
    const by = personOf(actor);
    const invitation = await house.db.transaction((tx) => invite(tx, post, { it, by, body }));
    house.saved();
    return { invitation };
  });

  serve(app, contracts.endInvitation, async ({ actor, params }) => {
    const now = house.clock();
    await house.db.transaction(async (tx) => {
      const [row] = await tx
        .select()
        .from(invitations)
        .where(and(eq(invitations.id, params.invitation), unanswered()))
        .for('no key update');
      if (!row || !(await mayWith(house, actor, 'giveRole', row.organisationId))) throw notFound();
      await tx.update(invitations).set({ endedAt: now }).where(eq(invitations.id, row.id));
      const { organisationId: organisation, role } = row;
      await recordRole(tx, { type: 'role.invitation_ended', organisation, by: personOf(actor), role }, now);
    });
    house.saved();
    return { ok: true as const };
  });
}
