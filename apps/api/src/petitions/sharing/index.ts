/** Sharing a petition: the picture that goes with a link, and the frame that other sites show. */
import type { FastifyInstance } from 'fastify';
import { mountFrame } from './frame.routes.ts';
import { mountImage } from './image.routes.ts';
import { shownOf } from './view.ts';

export function mountSharing(app: FastifyInstance): void {
  const shownAt = shownOf(app.house);
  mountImage(app, shownAt);
  mountFrame(app, shownAt);
}
