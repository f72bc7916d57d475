/** Who may watch what of petitions, and where else their events are told. */
import { petitionPolicy } from '@folkmoot/core/petitions/policy';
import type { House } from '../kit/house.ts';
import type { AlsoTo } from '../live/hub.ts';
import type { LiveTopics } from '../live/socket.ts';
import { findPetition, isSupporterKey, subjectOf, supporterKey } from './facts.ts';
import { draftTopic, isDraftWord } from './together.ts';

/** Before it is published its count is told to those who hold the supporters' link: the topic ends in its key. */
const supportersTopic = (house: Pick<House, 'signer'>, petition: number): string =>
  `petition-supporters:${petition}:${supporterKey(house, petition)}`;

/** What those behind it may know before it is published. What is doubted, and who looks at it, is the desk's alone. */
const TOLD_TO_SUPPORTERS = new Set(['petition.supported', 'petition.state_changed']);

/**
 * `petition:12` → `petitions` for everybody, `petition-desk:ORGANISATION` for those who moderate and answer, and
 * while it is not published `petition-supporters:12:KEY`.
 */
export const petitionsAlsoTo =
  (house: Pick<House, 'signer'>): AlsoTo =>
  (event) => {
    if (!event.topic.startsWith('petition:')) return [];
    // who writes where is told to those who write with them, and to nobody else
    if (event.type === 'petition.draft_changed')
      return [draftTopic(house, Number(event.topic.slice('petition:'.length)))];
    const desk = event.organisation ? [`petition-desk:${event.organisation}`] : [];
    // a count that rises a thousand times a second is told on the petition's own page only
    if (event.type === 'petition.signed' || event.type === 'petition.asked') return [];
    if (event.audience === 'public') return ['petitions', ...desk];
    return TOLD_TO_SUPPORTERS.has(event.type)
      ? [...desk, supportersTopic(house, Number(event.topic.slice('petition:'.length)))]
      : desk;
  };

export function petitionTopics(house: House, topics: LiveTopics): void {
  topics.allow('petitions', () => true);
  topics.allow(
    'petition-desk',
    (actor, organisation) =>
      petitionPolicy.seePetitionQueue(actor, { organisation }) ||
      petitionPolicy.respondToPetition(actor, { organisation }),
  );
  topics.allow('petition-draft', (_, rest) => {
    const [petition, word] = rest.split(':');
    return isDraftWord(house, Number(petition), word);
  });
  topics.allow('petition-supporters', (_, rest) => {
    const [petition, key] = rest.split(':');
    return isSupporterKey(house, Number(petition), key);
  });
  topics.allow('petition', async (actor, rest) => {
    const petition = Number.isInteger(Number(rest)) ? await findPetition(house.db, Number(rest)) : null;
    return petition !== null && petitionPolicy.seePetition(actor, subjectOf(petition));
  });
}
