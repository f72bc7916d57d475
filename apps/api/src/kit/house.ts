/** What every room of the server is handed: no globals, so tests build as many houses as they like. */
import type { Db } from '@folkmoot/db/client';
import type { FastifyBaseLogger } from 'fastify';
import type { Hub } from '../live/hub.ts';
import type { Settings } from '../settings.ts';
import type { Files } from './files.ts';
import type { Signer } from './secrets.ts';

export type Clock = () => Date;

export type House = {
  settings: Settings;
  /** the address people see; known only once the port is */
  publicUrl: () => string;
  db: Db;
  clock: Clock;
  log: FastifyBaseLogger;
  hub: Hub;
  files: Files;
  signer: Signer;
  /** called after a commit that wrote events: wakes the hub here and, at most 20 times a second, in every process */
  saved: () => void;
};
