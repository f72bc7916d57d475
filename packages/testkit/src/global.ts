/**
 * One embedded PostgreSQL a test run, with a template of Anybridge that every test file clones. The files of the
 * town (base map, photos) are made once and shared.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@folkmoot/db/embedded';
import { migrate } from '@folkmoot/db/migrate';
import { seedDemo } from '@folkmoot/db/seeds/demo';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { executable } from './browser.ts';
import { THURSDAY } from './time.ts';

export type TestServer = { ownerUrl: string; appUrl: string; dataDir: string };
declare module 'vitest' {
  interface ProvidedContext {
    server: TestServer;
  }
}

const FAST = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_wal_size=2GB'];
/** Housekeeping comes at a moment of its own: it held back who reads events, and stood in the way of the next clone. */
const QUIET = ['autovacuum=off'];
/** A town opens up to thirty, and files run side by side. */
const ROOM = ['max_connections=400'];
let shared: Promise<{ server: TestServer; stop: () => Promise<void> }> | null = null;
let users = 0;

/** What housekeeping would have found out about the rows by itself, so that every clone is asked in the same way. */
async function lookOver(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('vacuum analyze');
  await client.end();
}

async function start() {
  const dir = mkdtempSync(join(tmpdir(), 'folkmoot-test-'));
  chmodSync(dir, 0o755);
  const embedded = await startEmbedded({ dir, settings: [...FAST, ...QUIET, ...ROOM] });
  const appRole = new URL(embedded.appUrl).username;
  await migrate({ url: embedded.ownerUrl, appRole });
  await seedDemo({ url: embedded.ownerUrl, filesDir: join(dir, 'files'), size: 'small', now: THURSDAY });
  await lookOver(embedded.ownerUrl);
  const stop = async () => {
    await embedded.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return { server: { ownerUrl: embedded.ownerUrl, appUrl: embedded.appUrl, dataDir: dir }, stop };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  users += 1;
  // the first to ask unpacks it: before several files ask at once
  if (project.name === 'browser') await executable();
  shared ??= start();
  const { server, stop } = await shared;
  project.provide('server', server);
  return async () => {
    users -= 1;
    if (users === 0) await stop();
  };
}
