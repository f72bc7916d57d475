/** My details, addresses, password and devices. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { canonicalEmail } from '@folkmoot/core/people/plain';
import { contacts, passwords, people, tokens } from '@folkmoot/db/schema/people';
import { and, eq, isNotNull } from 'drizzle-orm';
import { notFound, Refused } from '../kit/errors.ts';
import type { House } from '../kit/house.ts';
import { limit } from '../kit/limits.ts';
import { personOf, serve } from '../kit/serve.ts';
import { addressesOf, detailsOf } from './details.ts';
import type { Doors } from './doors.ts';
import { erasePerson } from './held.ts';
import { accountMail, addressMail, type Post } from './mails.ts';
import { hashPassword, isPassword, tooCommon } from './passwords.ts';
import type { Sessions } from './sessions.ts';
import { contactFor, wardOfPostcode } from './store.ts';
import type { TokenUses } from './token-uses.ts';
import { makeToken } from './tokens.ts';

const LINK_MINUTES = 60;
/** who has just come in by a mailed link may set a password without the one they forgot */
const JUST_NOW_MS = 15 * 60_000;
const done = { ok: true as const };

/** A child who has just come in keeps no account. An older account may be a slip of the finger: it stays as it is. */
async function forgetChild(house: House, person: string): Promise<void> {
  const dayAgo = new Date(house.clock().getTime() - 86_400_000);
  await house.db.transaction(async (tx) => {
    const [row] = await tx.select().from(people).where(eq(people.id, person)).for('no key update');
    if (row && row.createdAt > dayAgo) await erasePerson(tx, person, house.clock());
  });
}

function mountDetails(app: FastifyInstance, doors: Doors): void {
  const { house } = app;

  serve(app, contracts.readMyDetails, async ({ actor, request, reply }) => {
    void reply.header('cache-control', 'no-store');
    const [details, fresh] = await Promise.all([
      detailsOf(house.db, personOf(actor)),
      doors.isFresh(request),
    ]);
    return { ...details, fresh };
  });

  serve(app, contracts.saveMyDetails, async ({ actor, body, request, reply }) => {
    const person = personOf(actor);
    if (body.age === 'under_13') {
      await forgetChild(house, person);
      await doors.close({ request, reply });
      throw new Refused('too_young', 403);
    }
    await house.db.transaction(async (tx) => {
      const [now] = await tx.select().from(people).where(eq(people.id, person)).for('no key update');
      const under18 = body.age ? body.age === '13_to_17' : now!.under18;
      if (under18 && body.publicName) throw new Refused('not_under_18');
      await tx
        .update(people)
        .set({
          under18,
          // nobody under 18 stands in public by name, also when the age is told after the name
          publicName: under18 ? false : (body.publicName ?? now!.publicName),
          ...(body.name !== undefined && { name: body.name }),
          ...(body.lang && { lang: body.lang }),
          ...(body.digest && { digest: body.digest }),
          ...(body.postcode !== undefined && {
            postcode: body.postcode,
            wardId: await wardOfPostcode(tx, body.postcode),
          }),
        })
        .where(eq(people.id, person));
    });
    return done;
  });
}

/** Pressed while signed in as the one who asked: else a stranger could have somebody's address join their account. */
function provingAddresses({ house }: Post, uses: TokenUses): void {
  uses.on('verify_email', {
    about: async (token) => {
      const [row] = await house.db
        .select({ value: contacts.value })
        .from(contacts)
        .where(eq(contacts.id, token.contactId ?? ''));
      return { about: row?.value ?? null, to: '/me/details' };
    },
    use: async (tx, token, { request }) => {
      const { person } = await request.actor();
      if (!person || person !== token.personId) throw new Refused('other_person', 403);
      const [contact] = await tx
        .select()
        .from(contacts)
        .where(eq(contacts.id, token.contactId ?? ''))
        .for('no key update');
      if (!contact) throw notFound();
      const [owner] = await tx
        .select({ person: contacts.personId })
        .from(contacts)
        .where(and(eq(contacts.canonical, contact.canonical), isNotNull(contacts.verifiedAt)));
      if (owner && owner.person !== person) throw new Refused('taken');
      await tx
        .update(contacts)
        .set({ personId: person, verifiedAt: house.clock() })
        .where(eq(contacts.id, contact.id));
      return { to: '/me/details' };
    },
  });
}

function mountAddresses(app: FastifyInstance, post: Post): void {
  const { house } = app;

  serve(app, contracts.addMyAddress, async ({ actor, body }) => {
    const person = personOf(actor);
    await limit(house, 'mail', canonicalEmail(body.email));
    await limit(house, 'mail', person);
    const now = house.clock();
    await house.db.transaction(async (tx) => {
      const [me] = await tx.select({ lang: people.lang }).from(people).where(eq(people.id, person));
      const contact = await contactFor(tx, body.email);
      if (contact.personId === person) return;
      const token = await makeToken(
        tx,
        { kind: 'verify_email', personId: person, contactId: contact.id, minutes: LINK_MINUTES },
        now,
      );
      const until = new Date(now.getTime() + LINK_MINUTES * 60_000);
      const who = { to: contact.value, contactId: contact.id, lang: me!.lang };
      await addressMail(tx, post, who, token, until);
    });
    house.saved();
    return done;
  });

  serve(app, contracts.removeMyAddress, async ({ actor, params }) => {
    const person = personOf(actor);
    await house.db.transaction(async (tx) => {
      // one at a time, or two removals at once would leave no way in
      await tx.select({ id: people.id }).from(people).where(eq(people.id, person)).for('no key update');
      const it = (await addressesOf(tx, person)).find((one) => one.id === params.contact);
      if (!it) throw notFound();
      if (!it.mayGo) throw new Refused('last_address');
      await accountMail(tx, post, person, 'address');
      await tx.delete(tokens).where(eq(tokens.contactId, it.id));
      await tx.delete(contacts).where(eq(contacts.id, it.id));
    });
    return done;
  });
}

function mountPasswords(app: FastifyInstance, post: Post, doors: Doors, sessions: Sessions): void {
  const { house } = app;

  async function mayChange(person: string, current: string | undefined, request: FastifyRequest) {
    const session = await doors.current(request);
    const justNow = session && house.clock().getTime() - session.createdAt.getTime() < JUST_NOW_MS;
    if (justNow || (await house.db.$count(passwords, eq(passwords.personId, person))) === 0) return;
    await limit(house, 'sign_in', person);
    if (!current || !(await isPassword(house.db, person, current))) throw new Refused('not_matched');
  }

  serve(app, contracts.savePassword, async ({ actor, body, request }) => {
    const person = personOf(actor);
    await mayChange(person, body.current, request);
    const addresses = (await addressesOf(house.db, person)).map((one) => one.value);
    if (tooCommon(body.password, addresses)) throw new Refused('too_common');
    const row = { hash: await hashPassword(body.password), changedAt: house.clock() };
    const here = await doors.current(request);
    await house.db.transaction(async (tx) => {
      await tx
        .insert(passwords)
        .values({ personId: person, ...row })
        .onConflictDoUpdate({ target: passwords.personId, set: row });
      await sessions.closeAll(person, here?.publicId, tx);
      await accountMail(tx, post, person, 'password');
    });
    return done;
  });

  serve(app, contracts.removePassword, async ({ actor }) => {
    await house.db.delete(passwords).where(eq(passwords.personId, personOf(actor)));
    return done;
  });
}

function mountDevices(app: FastifyInstance, doors: Doors, sessions: Sessions): void {
  serve(app, contracts.listMyDevices, async ({ actor, request }) => {
    const here = await doors.current(request);
    const items = await sessions.list(personOf(actor));
    return {
      items: items.map(({ id, device, createdAt, seenAt }) => ({
        id,
        device,
        createdAt: createdAt.toISOString(),
        seenAt: seenAt.toISOString(),
        here: id === here?.publicId,
      })),
    };
  });

  serve(app, contracts.signOutDevice, async ({ actor, params }) => {
    if (!(await sessions.closeDevice(personOf(actor), params.device))) throw notFound();
    return done;
  });

  serve(app, contracts.signOutOthers, async ({ actor, request }) => {
    const here = await doors.current(request);
    await sessions.closeAll(personOf(actor), here?.publicId);
    return done;
  });
}

export function mountMyAccount(
  app: FastifyInstance,
  post: Post,
  doors: Doors,
  sessions: Sessions,
  uses: TokenUses,
): void {
  mountDetails(app, doors);
  provingAddresses(post, uses);
  mountAddresses(app, post);
  mountPasswords(app, post, doors, sessions);
  mountDevices(app, doors, sessions);
}
