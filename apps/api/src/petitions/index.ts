/**
 * Petitions: residents ask their council to do something. Five supporters, a moderator who reads it, and then
 * everybody may sign, each address once; at each threshold the council owes an answer, evidence, a debate.
 */
import type { FastifyInstance } from 'fastify';
import type { LiveTopics } from '../live/socket.ts';
import type { TokenUses } from '../people/index.ts';
import type { Places } from '../places/index.ts';
import { mountAfter } from './after.routes.ts';
import { mountAnsweringDesk } from './answering.routes.ts';
import { pausesOf } from './clocks.ts';
import { mountDoubts } from './doubts.routes.ts';
import { mountIntegrity } from './integrity.routes.ts';
import { anonymise, closePetitions, forgetDrafts, growTrees, lapsePetitions, snapshotWards } from './jobs.ts';
import { joinSigners } from './joining.ts';
import { petitionsAlsoTo, petitionTopics } from './live.ts';
import { signersMailer } from './mailing.ts';
import { mountMaking } from './making.routes.ts';
import { mailMilestones } from './milestones.ts';
import { mountModeratingPetitions } from './moderation.routes.ts';
import { mountOpenData } from './opendata.ts';
import { askRatings } from './rating.ts';
import { mountPetitionRules } from './rules.routes.ts';
import { mountReading } from './reading.routes.ts';
import { mountRecord } from './record.ts';
import { mountScans } from './scans.routes.ts';
import { mountSchemes } from './schemes.ts';
import { mountSharing } from './sharing/index.ts';
import { forgetScans } from './sheets.ts';
import { mountSigning } from './signing.routes.ts';
import { mountPetitionWards } from './wards.ts';
import { mountNamed } from './named.routes.ts';
import { mountTogether } from './together.routes.ts';
import { signersOf } from './who.ts';

export { petitionThings } from './flagging.ts';
export { petitionsNow } from './now.ts';
export { similarPetitions } from './similar.ts';

export type PetitionParts = { places: Places; uses: TokenUses; topics: LiveTopics };

function mountJobs(app: FastifyInstance, places: Places): void {
  const { house } = app;
  const rooms = { house, places };
  const mailer = signersMailer(house);
  // the minute finds what waited for its rate; who asks just now is served as soon as the asking is on disk
  house.jobs.add({ name: 'mail_signers', every: '* * * * *', work: mailer.run });
  house.jobs.add({ name: 'mail_milestones', every: '* * * * *', work: () => mailMilestones(house) });
  house.jobs.add({ name: 'join_signers', every: '* * * * *', work: () => joinSigners(rooms) });
  house.jobs.add({ name: 'close_petitions', every: '* * * * *', work: () => closePetitions(house) });
  house.jobs.add({ name: 'forget_petition_drafts', every: '35 3 * * *', work: () => forgetDrafts(house) });
  house.jobs.add({ name: 'lapse_petitions', every: '50 3 * * *', work: () => lapsePetitions(house) });
  house.jobs.add({ name: 'ask_ratings', every: '10 10 * * *', work: () => askRatings(house) });
  house.jobs.add({ name: 'grow_trees', every: '5 * * * *', work: () => growTrees(house) });
  house.jobs.add({ name: 'snapshot_petition_wards', every: '20 4 * * *', work: () => snapshotWards(house) });
  house.jobs.add({
    name: 'anonymise_signatures',
    every: '40 3 * * *',
    work: async () => {
      await anonymise(house);
      await forgetScans(house);
    },
  });
  if (house.settings.role === 'web') return;
  const mail = () =>
    void mailer.run().catch((error: unknown) => house.log.error({ err: error }, 'mail signers'));
  house.hub.watch((events) => {
    if (events.some((event) => event.type === 'petition.asked')) mail();
  });
  app.addHook('preClose', mailer.stop);
}

export function mountPetitions(app: FastifyInstance, { places, uses, topics }: PetitionParts): void {
  const { house } = app;
  const rooms = { house, places };
  const signers = signersOf(house);
  const paused = pausesOf(house);
  mountReading(app);
  mountPetitionWards(app, places);
  mountRecord(app);
  mountSchemes(app);
  mountMaking(app, { rooms, signers, uses });
  mountTogether(app, rooms);
  mountNamed(app);
  mountSigning(app, { rooms, uses, signers, paused });
  mountModeratingPetitions(app, { ...rooms, paused });
  mountAfter(app, paused);
  mountAnsweringDesk(app, places);
  mountIntegrity(app, { ...rooms, paused });
  mountDoubts(app, rooms);
  mountScans(app);
  mountPetitionRules(app, rooms);
  mountOpenData(app);
  mountSharing(app);
  mountJobs(app, places);
  petitionTopics(house, topics);
  house.hub.alsoTo(petitionsAlsoTo(house));
}
