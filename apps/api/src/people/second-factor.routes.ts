import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import { contacts } from '@folkmoot/db/schema/people';
import { and, eq, isNotNull } from 'drizzle-orm';
import { Refused } from '../kit/errors.ts';
import { limit } from '../kit/limits.ts';
import { personOf, serve } from '../kit/serve.ts';
import { isStaff } from './actors.ts';
import { type Doors, hasSecondFactor } from './doors.ts';
import { accountMail, type Post } from './mails.ts';
import { keepSecret, newRecoveryCodes, offerSecret } from './second-factor.ts';

export function mountSecondFactor(app: FastifyInstance, post: Post, doors: Doors): void {
  const { house } = app;

  /** Staff set it up; who has one already gives a code before changing it. */
  async function mayChange(actor: Actor, request: Parameters<Doors['isFresh']>[0]): Promise<string> {
    const person = personOf(actor);
    if (!isStaff(actor.grants)) throw new Refused('not_needed');
    if (await hasSecondFactor(house.db, person)) await doors.mustBeFresh(request);
    return person;
  }

  serve(app, contracts.readNewSecondFactor, async ({ actor, query, request, reply }) => {
    const person = await mayChange(actor, request);
    void reply.header('cache-control', 'no-store');
    const [known] = await house.db
      .select({ value: contacts.value })
      .from(contacts)
      .where(and(eq(contacts.personId, person), eq(contacts.kind, 'email'), isNotNull(contacts.verifiedAt)));
    return offerSecret(house, person, known?.value ?? 'Folkmoot', query.pending);
  });

  serve(app, contracts.saveSecondFactor, async ({ actor, body, request, reply }) => {
    const person = await mayChange(actor, request);
    await limit(house, 'second_factor', person);
    const codes = await house.db.transaction(async (tx) => {
      await keepSecret(tx, house, person, body.pending, body.code);
      await accountMail(tx, post, person, 'second_factor');
      return newRecoveryCodes(tx, person);
    });
    await doors.open({ request, reply }, person, { strong: true });
    return { codes };
  });

  serve(app, contracts.makeRecoveryCodes, async ({ actor, request }) => {
    const person = personOf(actor);
    if (!(await hasSecondFactor(house.db, person))) throw new Refused('not_set_up');
    await doors.mustBeFresh(request);
    return { codes: await house.db.transaction((tx) => newRecoveryCodes(tx, person)) };
  });
}
