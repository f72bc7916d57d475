/** Who may watch what of reports, and where else their events are told. */
import { reportPolicy } from '@folkmoot/core/reports/policy';
import type { House } from '../kit/house.ts';
import type { AlsoTo } from '../live/hub.ts';
import type { LiveTopics } from '../live/socket.ts';
import { findReport, subjectOf } from './store.ts';

/** `report:12` → `reports`, `ward:…:reports`, and the desk of the organisation that deals with it. */
export const reportsAlsoTo: AlsoTo = (event) => {
  if (!event.topic.startsWith('report:')) return [];
  const desk = event.organisation ? [`desk:${event.organisation}:reports`] : [];
  if (event.audience !== 'public') return desk;
  const ward = typeof event.data['ward'] === 'string' ? [`ward:${event.data['ward']}:reports`] : [];
  return ['reports', ...ward, ...desk];
};

export function reportTopics(house: House, topics: LiveTopics): void {
  topics.allow('reports', () => true);
  topics.allow('ward', () => true);
  topics.allow('desk', (actor, rest) =>
    reportPolicy.seeReportQueue(actor, { organisation: rest.split(':')[0] ?? '' }),
  );
  topics.allow('report', async (actor, rest) => {
    const report = Number.isInteger(Number(rest)) ? await findReport(house.db, Number(rest)) : null;
    return report !== null && reportPolicy.seeReport(actor, subjectOf(report));
  });
}
