/** Who may watch what of reports, and where else their events are told. */
import { reportPolicy } from '@folkmoot/core/reports/policy';
import type { House } from '../kit/house.ts';
import type { AlsoTo } from '../live/hub.ts';
import type { LiveTopics } from '../live/socket.ts';
import { findReport, subjectOf } from './store.ts';

/**
 * `report:12` → `reports`, `ward:…:reports`, and the desk of the organisation that deals with it; of both, when it
 * moved. What is private or said among staff goes to `desk:…:reports` only; councillors watch `desk:…:public`.
 */
const reportsAlsoTo: AlsoTo = (event) => {
  if (!event.topic.startsWith('report:')) return [];
  const { fromOrganisation: from } = event.data;
  const desks = [event.organisation, from].filter((id) => typeof id === 'string');
  const desk = desks.map((id) => `desk:${id}:reports`);
  if (event.audience !== 'public') return desk;
  const ward = typeof event.data['ward'] === 'string' ? [`ward:${event.data['ward']}:reports`] : [];
  return ['reports', ...ward, ...desk, ...desks.map((id) => `desk:${id}:public`)];
};

export function reportTopics(house: House, topics: LiveTopics): void {
  house.hub.alsoTo(reportsAlsoTo);
  topics.allow('reports', () => true);
  topics.allow('ward', () => true);
  topics.allow('desk', (actor, rest) => {
    const [organisation = '', part] = rest.split(':');
    return part === 'public'
      ? reportPolicy.seeReportQueue(actor, { organisation })
      : reportPolicy.watchDesk(actor, { organisation });
  });
  topics.allow('report', async (actor, rest) => {
    const report = Number.isInteger(Number(rest)) ? await findReport(house.db, Number(rest)) : null;
    return report !== null && reportPolicy.seeReport(actor, subjectOf(report));
  });
}
