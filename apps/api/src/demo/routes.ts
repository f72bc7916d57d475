/** The demo town's own doors: be somebody, and read every mail. They answer 404 anywhere else. */
import { and, asc, count, desc, eq, isNull } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { STAFF_ROLES } from '@folkmoot/core/people/roles';
import { mails } from '@folkmoot/db/schema/notifications';
import { grants, organisations, people } from '@folkmoot/db/schema/people';
import { settings } from '@folkmoot/db/schema/places';
import { Refused } from '../kit/errors.ts';
import { serve } from '../kit/serve.ts';
import { deviceOf } from '../kit/who.ts';
import type { Sessions } from '../people/index.ts';

const PER_PAGE = 25;

export function mountDemo(app: FastifyInstance, sessions: Sessions): void {
  const { house } = app;

  serve(app, contracts.listDemoPeople, async () => {
    const [row] = await house.db
      .select({ value: settings.value })
      .from(settings)
      .where(eq(settings.key, 'demo.people'));
    const ids = (row?.value ?? []) as string[];
    const known = await house.db
      .select({ person: people.id, name: people.name, role: grants.role, organisation: organisations.name })
      .from(people)
      .leftJoin(grants, and(eq(grants.personId, people.id), isNull(grants.endedAt)))
      .leftJoin(organisations, eq(organisations.id, grants.organisationId))
      .orderBy(asc(people.id))
      .where(isNull(people.erasedAt));
    const byId = new Map(known.map((one) => [one.person, one]));
    return ids
      .map((id) => byId.get(id))
      .filter((one) => one !== undefined)
      .map((one) => ({
        person: one.person,
        name: one.name ?? '',
        role: one.role,
        organisation: one.organisation as { en: string; cy?: string } | null,
      }));
  });

  serve(app, contracts.beSomeone, async ({ body, request, reply }) => {
    const [person] = await house.db
      .select()
      .from(people)
      .where(and(eq(people.id, body.person), isNull(people.erasedAt)));
    if (!person) throw new Refused('not_found', 404);
    const held = await house.db
      .select({ role: grants.role })
      .from(grants)
      .where(and(eq(grants.personId, person.id), isNull(grants.endedAt)));
    const staff = held.some((grant) => STAFF_ROLES.includes(grant.role));
    const cookie = await sessions.open(person.id, deviceOf(request.headers['user-agent']), {
      staff,
      strong: staff,
    });
    void reply.setCookie(cookie.name, cookie.value, cookie.options);
    return { name: person.name ?? '', to: staff ? '/desk' : '/' };
  });

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
