/** Signing in: by a mailed link or by password, then the code for staff. A stranger learns nothing from the answers. */
import type { FastifyInstance } from 'fastify';
import { canonicalEmail } from '@folkmoot/core/people/plain';
import { contracts } from '@folkmoot/core/contracts';
import { contacts, people } from '@folkmoot/db/schema/people';
import { eq } from 'drizzle-orm';
import { Refused } from '../kit/errors.ts';
import { limit, networkOf } from '../kit/limits.ts';
import { personOf, serve } from '../kit/serve.ts';
import type { Doors } from './doors.ts';
import { accountMail, type Post, signInMail } from './mails.ts';
import { personByPassword } from './passwords.ts';
import { recoveryCodesLeft, useCode } from './second-factor.ts';
import { contactFor, joinAccount } from './store.ts';
import type { TokenUses } from './token-uses.ts';
import { makeToken } from './tokens.ts';

const LINK_MINUTES = 30;

/** The button of the sign-in mail opens a session here, in the browser that pressed it: that is its purpose. */
function byLink({ house }: Post, doors: Doors, uses: TokenUses): void {
  uses.on('sign_in', {
    about: async () => ({ about: null, to: null }),
    use: async (tx, token, door) => {
      const now = house.clock();
      const lang = token.data['lang'] === 'cy' ? 'cy' : 'en';
      const known = await tx
        .select({ person: contacts.personId })
        .from(contacts)
        .where(eq(contacts.id, token.contactId ?? ''));
      const person = await joinAccount(tx, token.contactId ?? '', { name: null, lang }, now);
      const isNew = known[0]?.person === null;
      const asked = typeof token.data['to'] === 'string' ? token.data['to'] : undefined;
      const to = asked ?? (isNew ? '/me/details?new=1' : undefined);
      return { to: '/me', after: () => doors.open(door, person, to === undefined ? {} : { to }) };
    },
  });
}

export function mountSigningIn(app: FastifyInstance, post: Post, doors: Doors, uses: TokenUses): void {
  const { house } = app;
  byLink(post, doors, uses);

  serve(app, contracts.askForLink, async ({ body, request }) => {
    await limit(house, 'sign_in_network', networkOf(request.ip));
    // not the limit of passwords: who guesses at those must not lock the owner out of the mailed link
    await limit(house, 'mail', canonicalEmail(body.email));
    const now = house.clock();
    await house.db.transaction(async (tx) => {
      // a new address is no different: whoever proves it has an account from then on
      const contact = await contactFor(tx, body.email);
      const [state] = await tx
        .select({ stopped: contacts.stoppedAt, lang: people.lang })
        .from(contacts)
        .leftJoin(people, eq(people.id, contacts.personId))
        .where(eq(contacts.id, contact.id));
      const lang = state?.lang ?? body.lang;
      const data = { lang, ...(body.to && { to: body.to }) };
      const token = await makeToken(
        tx,
        { kind: 'sign_in', contactId: contact.id, data, minutes: LINK_MINUTES },
        now,
      );
      if (state?.stopped) return;
      const until = new Date(now.getTime() + LINK_MINUTES * 60_000);
      await signInMail(tx, post, { to: contact.value, contactId: contact.id, lang }, token, until);
    });
    house.saved();
    return { ok: true as const };
  });

  serve(app, contracts.signInByPassword, async ({ body, request, reply }) => {
    await limit(house, 'sign_in_network', networkOf(request.ip));
    await limit(house, 'sign_in', canonicalEmail(body.email));
    const person = await personByPassword(house.db, body.email, body.password);
    if (!person) throw new Refused('not_matched');
    return { to: await doors.open({ request, reply }, person, body.to ? { to: body.to } : {}) };
  });

  serve(app, contracts.signOut, async ({ request, reply }) => {
    await doors.close({ request, reply });
    return { ok: true as const };
  });

  serve(app, contracts.giveCode, async ({ body, actor, request, reply }) => {
    const person = personOf(actor);
    await limit(house, 'second_factor', person);
    const { right, recovery } = await house.db.transaction((tx) => useCode(tx, house, person, body.code));
    if (!right) throw new Refused('not_matched');
    if (recovery) await accountMail(house.db, post, person, 'recovery_code');
    const to = await doors.open({ request, reply }, person, {
      strong: true,
      ...(body.to && { to: body.to }),
    });
    return { to, recoveryCodesLeft: await recoveryCodesLeft(house.db, person) };
  });
}
