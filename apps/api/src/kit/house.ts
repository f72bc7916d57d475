/** What every room of the server is handed: no globals, so tests build as many houses as they like. */
import type { Db } from '@folkmoot/db/client';
import type { FastifyBaseLogger } from 'fastify';
import type { Hub } from '../live/hub.ts';
import type { PlaceFacts } from '../places/facts.ts';
import type { Settings } from '../settings.ts';
import type { Batches } from './batch.ts';
import type { KeptForPages } from './caching.ts';
import type { Consumers } from './consumer.ts';
import type { Edge } from './edge.ts';
import type { Files } from './files.ts';
import type { Jobs } from './jobs.ts';
import type { Microcache } from './microcache.ts';
import type { Metrics } from './metrics.ts';
import type { Signer } from './secrets.ts';

export type Clock = () => Date;

export type House = {
  settings: Settings;
  /** the address people see; known only once the port is */
  publicUrl: () => string;
  /** what the place is called and how its council is reached; known once places have been read */
  place: () => PlaceFacts;
  db: Db;
  clock: Clock;
  log: FastifyBaseLogger;
  hub: Hub;
  metrics: Metrics;
  /** what is answered from memory before anything else runs; null until the server is put together */
  front: { cache: Microcache; edge: Edge } | null;
  /** answers that are the same for everybody, for the pages of this process */
  kept: KeptForPages;
  /** where `/metrics` is, once it is open */
  adminPort: number | null;
  files: Files;
  /** acts that many do at once on one thing: `house.batches.writer({ name, write })` while the app is built */
  batches: Batches;
  /** readers of events that miss none: `house.consumers.add({ name, handle })` while the app is built */
  consumers: Consumers;
  /** work for later: `house.jobs.add({ name, every, work })` while the app is built */
  jobs: Jobs;
  signer: Signer;
  /** called after a commit that wrote events: wakes the hub here and, at most 20 times a second, in every process */
  saved: () => void;
};
