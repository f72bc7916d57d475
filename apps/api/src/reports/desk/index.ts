/**
 * The staff desk: what waits, oldest promise first; one report with all that is needed to decide; and each decision
 * with the words that its maker will read. Another organisation's reports are not there.
 */
import type { FastifyInstance } from 'fastify';
import type { Places } from '../../places/index.ts';
import { mountNumbers } from '../numbers.ts';
import { mountCategories } from './categories.ts';
import { mountItem } from './item.routes.ts';
import { mountQueue } from './queue.routes.ts';
import { mountTemplates } from './templates.ts';

export function mountReportDesk(app: FastifyInstance, places: Places): void {
  mountQueue(app, places);
  mountItem(app, places);
  mountTemplates(app);
  mountCategories(app, places);
  mountNumbers(app, places);
}
