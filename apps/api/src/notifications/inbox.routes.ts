import { and, eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { contracts } from '@folkmoot/core/contracts';
import { notifications } from '@folkmoot/db/schema/notifications';
import { notFound } from '../kit/errors.ts';
import { personOf, serve } from '../kit/serve.ts';
import { markRead, readInbox, unreadOf } from './inbox.ts';
import { recordBadge } from './telling.ts';

export function mountInbox(app: FastifyInstance): void {
  const { house } = app;

  /** Marks them, and lets the badge fall on every device. */
  const read = async (person: string, ids?: string[]): Promise<number> => {
    await house.db.transaction(async (tx) => {
      if (await markRead(tx, person, house.clock(), ids)) await recordBadge(tx, house, person);
    });
    house.saved();
    return unreadOf(house.db, person);
  };

  serve(app, contracts.listInbox, async ({ query, actor, reply }) => {
    void reply.header('cache-control', 'no-store');
    return readInbox(house.db, personOf(actor), query.page);
  });

  serve(app, contracts.readAllNotifications, async ({ actor }) => ({
    ok: true as const,
    unread: await read(personOf(actor)),
  }));

  serve(app, contracts.readNotification, async ({ params, actor }) => {
    const person = personOf(actor);
    const [row] = await house.db
      .select()
      .from(notifications)
      .where(and(eq(notifications.id, params.notification), eq(notifications.personId, person)));
    if (!row) throw notFound();
    const report = Number(row.data['report']);
    const to = row.kind === 'report_overdue' ? `/desk/reports/${report}` : `/reports/${report}`;
    return { ok: true as const, unread: await read(person, [row.id]), to };
  });
}
