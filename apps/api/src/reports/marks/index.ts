/**
 * "Around here": every public report as numbers in memory, so that any view of the map and any page of the list is
 * answered in milliseconds, however many reports a place has. What is private, hidden or unconfirmed is never here.
 */
import type { FastifyInstance } from 'fastify';
import type { Places } from '../../places/index.ts';
import { Keeping } from './keeping.ts';
import { mountMarks } from './routes.ts';

/** Mounts marks and lists. @returns what begins to fill the arrays; to be called when the hub has started */
export function mountReportMarks(app: FastifyInstance, places: Places): () => void {
  const keeping = new Keeping(app.house);
  mountMarks(app, places, keeping);
  app.addHook('preClose', () => keeping.stop());
  return () => keeping.start();
}
