/**
 * Groups of neighbours. An organiser looks after the group's page, hands a link round, and asks others to organise,
 * too; none of it needs a second factor, since a group speaks for nobody but itself. What it says can be put right by
 * the place's administrators, who may do all of this as well.
 */
import type { FastifyInstance } from 'fastify';
import type { Post } from '../mails.ts';
import { mountBelonging } from './belonging.routes.ts';
import { mountPicture } from './picture.routes.ts';
import { mountRunning } from './running.routes.ts';

export function mountGroups(app: FastifyInstance, post: Post): void {
  mountRunning(app, post);
  mountPicture(app);
  mountBelonging(app, post);
}
