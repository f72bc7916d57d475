/** The demo town's own doors: be somebody, and read every mail. They answer 404 anywhere else. */
import { and, count, desc, eq, inArray, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { type Role, STAFF_ROLES } from '@folkmoot/core/people/roles';
import type { Db } from '@folkmoot/db/client';
import { mails } from '@folkmoot/db/schema/notifications';
import { grants, memberships, organisations, people } from '@folkmoot/db/schema/people';
import { areas, settings } from '@folkmoot/db/schema/places';
import { Refused } from '../kit/errors.ts';
import { serve } from '../kit/serve.ts';
import { deviceOf } from '../kit/who.ts';
import type { Sessions } from '../people/index.ts';

const PER_PAGE = 25;

/** Whom one may be, in the order of the seeds: one line a person, however many roles they hold. */
async function castOf(db: Db) {
  const [row] = await db
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, 'demo.people'));
  const ids = z.array(z.string()).catch([]).parse(row?.value);
  const known = await db
    .select({
      person: people.id,
      name: people.name,
      lang: people.lang,
      ward: areas.name,
      role: grants.role,
      organisation: organisations.name,
      title: memberships.title,
    })
    .from(people)
    .leftJoin(areas, eq(areas.id, people.wardId))
    .leftJoin(grants, and(eq(grants.personId, people.id), isNull(grants.endedAt)))
    .leftJoin(organisations, eq(organisations.id, grants.organisationId))
    .leftJoin(
      memberships,
      and(eq(memberships.personId, people.id), eq(memberships.organisationId, grants.organisationId)),
    )
    .where(and(inArray(people.id, ids), isNull(people.erasedAt)));
  const byId = new Map(known.map((one) => [one.person, one]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Where each begins: at what is theirs. */
function startOf(held: ReadonlyArray<{ role: Role; organisation: string }>): string {
  const group = held.find((grant) => grant.role === 'organiser');
  if (held.some((grant) => grant.role === 'admin')) return '/admin';
  if (held.some((grant) => STAFF_ROLES.includes(grant.role))) return '/desk';
  return group ? `/organisations/${group.organisation}` : '/';
}

function mountCast(app: FastifyInstance, sessions: Sessions): void {
  const { house } = app;

  serve(app, contracts.listDemoPeople, async () =>
    (await castOf(house.db)).slice(0, 20).map((one) => ({ ...one, name: one.name ?? '' })),
  );

  serve(app, contracts.beSomeone, async ({ body, request, reply }) => {
    const [person] = await house.db
      .select()
      .from(people)
      .where(and(eq(people.id, body.person), isNull(people.erasedAt)));
    if (!person) throw new Refused('not_found', 404);
    const held = await house.db
      .select({ role: grants.role, organisation: organisations.slug })
      .from(grants)
      .innerJoin(organisations, eq(organisations.id, grants.organisationId))
      .where(and(eq(grants.personId, person.id), isNull(grants.endedAt)));
    const staff = held.some((grant) => STAFF_ROLES.includes(grant.role));
    const cookie = await sessions.open(person.id, deviceOf(request.headers['user-agent']), {
      staff,
      strong: staff,
    });
    void reply.setCookie(cookie.name, cookie.value, cookie.options);
    return { name: person.name ?? '', to: startOf(held) };
  });
}

function mountMailbox(app: FastifyInstance): void {
  const { house } = app;

  serve(app, contracts.listDemoMails, async ({ query }) => {
    const where = query.to ? eq(mails.to, query.to) : undefined;
    const [[all], rows] = await Promise.all([
      house.db.select({ n: count() }).from(mails).where(where),
      house.db
        .select()
        .from(mails)
        .where(where)
        .orderBy(desc(mails.createdAt), desc(mails.id))
        .limit(PER_PAGE)
        .offset((query.page - 1) * PER_PAGE),
    ]);
    const total = all?.n ?? 0;
    const items = rows.map(({ id, to, subject, lang, kind, createdAt, state }) => ({
      id,
      to,
      subject,
      lang,
      kind,
      at: createdAt.toISOString(),
      state,
    }));
    return { items, page: query.page, pages: Math.max(1, Math.ceil(total / PER_PAGE)), total };
  });

  serve(app, contracts.readDemoMail, async ({ params }) => {
    const [row] = await house.db.select().from(mails).where(eq(mails.id, params.mail));
    if (!row) throw new Refused('not_found', 404);
    const { id, to, subject, lang, kind, createdAt, state, html, text } = row;
    return { id, to, subject, lang, kind, at: createdAt.toISOString(), state, html, text };
  });
}

export function mountDemo(app: FastifyInstance, sessions: Sessions): void {
  mountCast(app, sessions);
  mountMailbox(app);
}
