/**
 * Who looked. A staff answer that shows contact details, a private thing, a list of people or an export leaves a row
 * in the access log, and the person reads it in "what is held about me". An endpoint whose contract says `looks`
 * and that answers without a row is a bug: the answer is held back.
 */
import type { LookedAt, LookedFor } from '@folkmoot/core/people/plain';
import type { Queryable } from '@folkmoot/db/client';
import { accessLog } from '@folkmoot/db/schema/people';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { personOf } from './serve.ts';

export type Look = {
  /** what was shown */
  what: LookedAt;
  /** what for */
  why: LookedFor;
  /** whose it is; null where it was a list of many */
  person: string | null;
  /** the thing it belongs to: `report:12` */
  topic?: string | null;
};

const revealed = new WeakSet<FastifyRequest>();

/**
 * Writes who looked at what, and why. Call it before the answer goes out, with the transaction where there is one.
 * Looking at nothing of anybody (an anonymous report) is said with an empty list.
 */
export async function reveal(
  request: FastifyRequest,
  looks: Look | readonly Look[],
  tx: Queryable = request.server.house.db,
): Promise<void> {
  const who = personOf(await request.actor());
  const at = request.server.house.clock();
  const rows = [looks].flat().map(({ what, why, person, topic = null }) => ({
    who,
    what,
    why,
    personId: person,
    topic,
    at,
  }));
  if (rows.length) await tx.insert(accessLog).values(rows);
  revealed.add(request);
}

/** Holds back every answer that shows private details without a row of who looked. */
export function guardLooks(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    const looks = request.routeOptions.config.contract?.looks;
    if (looks && reply.statusCode < 300 && !revealed.has(request))
      throw new Error(`${looks} showed private details and nobody wrote who looked`);
  });
}
