/** `pnpm start`: settings, database, migrations, the demo town where it is asked for, then the server. */
import { join } from 'node:path';
import { startEmbedded, type Embedded } from '@folkmoot/db/embedded';
import { migrate } from '@folkmoot/db/migrate';
import { seedDemo } from '@folkmoot/db/seeds/demo';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { BadSettings, readSettings, type Settings } from './settings.ts';

const STOP_MS = 30_000;

const say = (line: string) => console.log(line);

async function database(settings: Settings): Promise<{ url: string; embedded: Embedded | null }> {
  if (settings.databaseUrl) {
    if (settings.migrateUrl) {
      await migrate({ url: settings.migrateUrl, appRole: new URL(settings.databaseUrl).username, say });
    }
    return { url: settings.databaseUrl, embedded: null };
  }
  const embedded = await startEmbedded({ dir: settings.dataDir, say });
  await migrate({ url: embedded.ownerUrl, appRole: new URL(embedded.appUrl).username, say });
  if (settings.demo)
    await seedDemo({ url: embedded.ownerUrl, filesDir: join(settings.dataDir, 'files'), say });
  return { url: embedded.appUrl, embedded };
}

/** The port asked for, or the next free one from 3000 on. */
async function listen(app: FastifyInstance, settings: Settings): Promise<void> {
  for (let port = settings.port ?? 3000; ; port++) {
    try {
      await app.listen({ port, host: settings.host });
      return;
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken || settings.port !== null || port > 3100) throw error;
    }
  }
}

function stopWell(app: FastifyInstance, embedded: Embedded | null): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    // requests under way finish; the database goes last. Who hangs for half a minute is not waited for.
    setTimeout(() => process.exit(1), STOP_MS).unref();
    await app.house.front?.edge.drained();
    await app.close();
    await embedded?.stop();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

/** What a council must say of itself before it goes live a person has to have read; and without mail nobody gets in. */
function sayWhatLacks({ house }: FastifyInstance): void {
  const { unread } = house.place();
  if (!house.settings.smtpUrl)
    say('NO SMTP_URL: every mail waits, and nobody can sign in or confirm anything until there is one.\n');
  if (unread.length)
    say(
      `NOT READY FOR THE PUBLIC: nobody of the council has read ${unread.join(', ')}.\n` +
        `Read and save each at ${house.publicUrl()}/admin/pages; until then every page says so, and search engines are sent away.\n`,
    );
}

async function main(): Promise<void> {
  const began = Date.now();
  const settings = readSettings(process.env);
  const { url, embedded } = await database(settings);
  try {
    const quiet = settings.demo && !process.env['LOG_LEVEL'];
    const app = await buildApp({
      settings: quiet ? { ...settings, logLevel: 'warn' } : settings,
      databaseUrl: url,
      site: process.argv.includes('--dev') ? 'dev' : 'built',
    });
    stopWell(app, embedded);
    await listen(app, settings);
    const town = settings.demo ? 'Anybridge is open' : 'Folkmoot is open';
    say(`\n${town}: ${app.house.publicUrl()}   (${((Date.now() - began) / 1000).toFixed(1)} s)\n`);
    if (!settings.demo) sayWhatLacks(app);
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof BadSettings ? `These settings need a look:\n${error.message}` : error);
  process.exit(1);
});
