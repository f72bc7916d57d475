/** Accepting an invitation: the address is proven by the mail, the role is given, the second factor comes next. */
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { STAFF_ROLES } from '@folkmoot/core/people/roles';
import type { Queryable, Tx } from '@folkmoot/db/client';
import {
  contacts,
  grants,
  invitations,
  memberships,
  organisations,
  people,
} from '@folkmoot/db/schema/people';
import { areas } from '@folkmoot/db/schema/places';
import { eq } from 'drizzle-orm';
import { Invalid, notFound, Refused } from '../kit/errors.ts';
import { serve } from '../kit/serve.ts';
import type { Doors } from './doors.ts';
import { nameOf } from './organisations.ts';
import { recordRole } from './administering.ts';
import { joinAccount } from './store.ts';
import { takeToken, type Token, tokenOf } from './tokens.ts';

type Invitation = typeof invitations.$inferSelect;

async function invitationOf(db: Queryable, token: Token) {
  if (token.kind !== 'invitation') throw notFound();
  const [row] = await db
    .select({ invitation: invitations, organisation: organisations, area: areas.name, name: people.name })
    .from(invitations)
    .innerJoin(organisations, eq(organisations.id, invitations.organisationId))
    .leftJoin(areas, eq(areas.id, invitations.areaId))
    .leftJoin(contacts, eq(contacts.id, token.contactId ?? ''))
    .leftJoin(people, eq(people.id, contacts.personId))
    .where(eq(invitations.id, String(token.data['invitation'])));
  if (!row) throw notFound();
  return row;
}

const stateOf = (it: Invitation, token: Token, now: Date): 'used' | 'too_late' | 'ready' =>
  it.acceptedAt || token.usedAt ? 'used' : it.endedAt || token.expiresAt <= now ? 'too_late' : 'ready';

/** Makes the person a member with the role. */
async function join(tx: Tx, it: Invitation, person: string, now: Date): Promise<void> {
  const { organisationId, role, areaId, invitedBy } = it;
  await tx.update(invitations).set({ acceptedAt: now }).where(eq(invitations.id, it.id));
  await tx
    .insert(memberships)
    .values({ personId: person, organisationId, joinedAt: now })
    .onConflictDoNothing();
  await tx
    .insert(grants)
    .values({ personId: person, organisationId, role, areaId, grantedBy: invitedBy, grantedAt: now });
  await recordRole(
    tx,
    { type: 'role.given', organisation: organisationId, by: invitedBy, person, role },
    now,
  );
}

export function mountAccepting(app: FastifyInstance, doors: Doors): void {
  const { house } = app;

  serve(app, contracts.readInvitation, async ({ params, request }) => {
    const token = await tokenOf(house, request, params.token);
    const { invitation: it, organisation, area, name } = await invitationOf(house.db, token);
    return {
      state: stateOf(it, token, house.clock()),
      organisation: nameOf(organisation),
      slug: organisation.slug,
      role: it.role,
      area,
      email: it.email,
      expiresAt: it.expiresAt.toISOString(),
      secondFactor: STAFF_ROLES.includes(it.role),
      needsName: name === null,
    };
  });

  serve(app, contracts.acceptInvitation, async ({ params, body, request, reply }) => {
    const now = house.clock();
    const told = await tokenOf(house, request, params.token);
    const { invitation, name } = await invitationOf(house.db, told);
    const state = stateOf(invitation, told, now);
    if (state !== 'ready') throw new Refused(state);
    if (!name && !body.name) throw new Invalid({ name: 'required' });
    const person = await house.db.transaction(async (tx) => {
      const token = await takeToken(tx, params.token, ['invitation'], now);
      const [it] = await tx
        .select()
        .from(invitations)
        .where(eq(invitations.id, invitation.id))
        .for('no key update');
      if (!token?.contactId || !it || it.acceptedAt || it.endedAt) throw new Refused('used');
      const lang = token.data['lang'] === 'cy' ? 'cy' : 'en';
      const who = await joinAccount(tx, token.contactId, { name: body.name ?? null, lang }, now);
      await join(tx, it, who, now);
      return who;
    });
    house.saved();
    return { to: await doors.open({ request, reply }, person, {}) };
  });
}
