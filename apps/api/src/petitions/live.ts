/** Who may watch what of petitions, and where else their events are told. */
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import type { House } from '../kit/house.ts';
import type { AlsoTo } from '../live/hub.ts';
import type { LiveTopics } from '../live/socket.ts';
import { findPetition, subjectOf } from './facts.ts';

/** `petition:12` → `petitions` for everybody, `petition-desk:ORGANISATION` for those who moderate and answer. */
export const petitionsAlsoTo: AlsoTo = (event) => {
  if (!event.topic.startsWith('petition:')) return [];
  const desk = event.organisation ? [`petition-desk:${event.organisation}`] : [];
  // a count that rises a thousand times a second is told on the petition's own page only
  if (event.type === 'petition.signed' || event.type === 'petition.asked') return [];
  return event.audience === 'public' ? ['petitions', ...desk] : desk;
};

export function petitionTopics(house: House, topics: LiveTopics): void {
  topics.allow('petitions', () => true);
  topics.allow('petition-desk', (actor, organisation) =>
    petitionPolicy.seePetitionQueue(actor, { organisation }),
  );
  topics.allow('petition', async (actor, rest) => {
    const petition = Number.isInteger(Number(rest)) ? await findPetition(house.db, Number(rest)) : null;
    return petition !== null && petitionPolicy.seePetition(actor, subjectOf(petition));
  });
}
