/** Stopping mail by its own link, and the mails that need a person. */
import { and, count, desc, eq, inArray } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import type { Actor } from '@folkmoot/core/kit/policy';
import { notificationPolicy } from '@folkmoot/core/notifications/policy';
import { alerts, follows, mails } from '@folkmoot/db/schema/notifications';
import { people } from '@folkmoot/db/schema/people';
import { notFound, Refused } from '../kit/errors.ts';
import { serve } from '../kit/serve.ts';
import { whereOf } from './alerts.ts';
import { titleOfTopic } from './topics.ts';
import type { Parts } from './mount.ts';
import { outboxHealth } from './sender.ts';
import { readStopLink, stop, type Stops } from './stopping.ts';

const PER_PAGE = 25;

function stopping(app: FastifyInstance, { places }: Parts): void {
  const { house } = app;
  const linked = (link: string) => {
    const read = readStopLink(house, link);
    if (!read) throw notFound();
    return read;
  };

  /** What it is, in words, and whether it has been stopped already. */
  async function about(person: string, it: Stops) {
    if (it.what === 'all') {
      const [row] = await house.db.select().from(people).where(eq(people.id, person));
      return { about: null, stopped: !row || row.digest === 'none' };
    }
    if (it.what === 'follow') {
      const [row] = await house.db
        .select()
        .from(follows)
        .where(and(eq(follows.personId, person), eq(follows.topic, it.topic)));
      const title = await titleOfTopic(house.db, it.topic);
      return { about: title ? { en: title } : null, stopped: !row?.byMail };
    }
    const [row] = await house.db.select().from(alerts).where(eq(alerts.id, it.alert));
    if (!row) return { about: null, stopped: true };
    const words = {
      en: await whereOf(house.db, places, row, 'en'),
      cy: await whereOf(house.db, places, row, 'cy'),
    };
    return { about: words, stopped: row.endedAt !== null };
  }

  serve(app, contracts.readUnsubscribe, async ({ params, request, reply }) => {
    const { person, it } = linked(params.link);
    // the address in the mail's header, followed by a person: they want the page
    if (request.headers.accept?.includes('text/html'))
      void reply.redirect(`/unsubscribe/${params.link}`, 303);
    return { what: it.what, ...(await about(person, it)) };
  });

  // mail programs post `List-Unsubscribe=One-Click` as a form; only this endpoint takes one
  void app.register(async (scope) => {
    scope.addContentTypeParser(
      ['application/x-www-form-urlencoded', 'multipart/form-data'],
      { parseAs: 'string', bodyLimit: 10_000 },
      (_request, _body, done) => done(null, {}),
    );
    serve(scope, contracts.unsubscribe, async ({ params }) => {
      const { person, it } = linked(params.link);
      await stop(house.db, person, it, house.clock());
      return { ok: true as const };
    });
  });
}

/** `mair.pritchard@example.org` → `ma…@example.org`: enough to know which, too little to write to. */
const masked = (address: string): string => address.replace(/^(.{1,2})[^@]*/, '$1…');

const TROUBLED = inArray(mails.state, ['failed', 'doubt']);

function troubled(app: FastifyInstance): void {
  const { house } = app;
  const allow = (actor: Actor) => {
    if (!notificationPolicy.settleMails(actor, {})) throw new Refused('not_allowed', 403);
  };

  serve(app, contracts.listTroubledMails, async ({ query, actor }) => {
    allow(actor);
    const [[all], rows, health] = await Promise.all([
      house.db.select({ n: count() }).from(mails).where(TROUBLED),
      house.db
        .select()
        .from(mails)
        .where(TROUBLED)
        .orderBy(desc(mails.createdAt), desc(mails.id))
        .limit(PER_PAGE)
        .offset((query.page - 1) * PER_PAGE),
      outboxHealth(house),
    ]);
    const total = all?.n ?? 0;
    const items = rows.map(({ id, state, kind, subject, to, createdAt, attempts, error }) => ({
      id,
      state,
      kind,
      subject,
      to: masked(to),
      at: createdAt.toISOString(),
      attempts,
      error,
    }));
    const { waiting, oldestSeconds } = health;
    const pages = Math.max(1, Math.ceil(total / PER_PAGE));
    return { items, page: query.page, pages, total, waiting, oldestSeconds };
  });

  const settle = async (actor: Actor, mail: string, set: Partial<typeof mails.$inferInsert>) => {
    allow(actor);
    const [done] = await house.db
      .update(mails)
      .set(set)
      .where(and(eq(mails.id, mail), TROUBLED))
      .returning({ id: mails.id });
    if (!done) throw notFound();
    return { ok: true as const };
  };
  serve(app, contracts.sendMailAgain, async ({ params, actor }) =>
    settle(actor, params.mail, { state: 'queued', attempts: 0, nextAt: house.clock(), error: null }),
  );
  serve(app, contracts.letMailGo, async ({ params, actor }) =>
    settle(actor, params.mail, { state: 'stopped', error: 'let go' }),
  );
}

export function mountMails(app: FastifyInstance, parts: Parts): void {
  stopping(app, parts);
  troubled(app);
}
