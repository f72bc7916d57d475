/**
 * Moderation: anybody points at something, a person decides by one of six house rules, the author is told and may
 * ask once for another look, and every decision stands in a public log. What can be flagged, each domain says.
 */
import type { FastifyInstance } from 'fastify';
import { moderationPolicy } from '@folkmoot/core/moderation/policy';
import type { AlsoTo } from '../live/hub.ts';
import type { LiveTopics } from '../live/socket.ts';
import type { Places } from '../places/index.ts';
import { mountModerationDesk } from './desk.routes.ts';
import { mountModerationPublic } from './public.routes.ts';
import { type Moderatable, things } from './things.ts';

export type { Moderatable, Thing } from './things.ts';

/** The desks of the thing's organisation and of the place's own council. */
const desksToo: AlsoTo = (event) =>
  event.topic.startsWith('moderation:') && event.audience === 'staff'
    ? [...new Set([event.organisation, event.data['place']])]
        .filter((id) => typeof id === 'string')
        .map((id) => `flagged:${id}`)
    : [];

/** @param kinds by the first word of a topic, what can be flagged: `{ report: … }` */
export function mountModeration(
  app: FastifyInstance,
  places: Places,
  topics: LiveTopics,
  kinds: Readonly<Record<string, Moderatable>>,
): void {
  const all = things();
  for (const [kind, it] of Object.entries(kinds)) all.register(kind, it);
  mountModerationDesk(app, places, all);
  mountModerationPublic(app, all);
  app.house.hub.alsoTo(desksToo);
  topics.allow('flagged', (actor, organisation) => moderationPolicy.watchFlagged(actor, { organisation }));
}
